// One command of Redis, and what its failure means.
import { RefusedValueError, stateError } from './state-error.ts';

/** Of a number that it cannot add. */
const REFUSED = /not an integer|out of range|would overflow/i;

/** What it answers. @param name of the state @throws StateError */
export const askRedis = async <Answer>(name: string, asked: Promise<Answer>): Promise<Answer> => {
  try {
    return await asked;
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    if (REFUSED.test(why)) throw new RefusedValueError(`${name}: ${why}`, { cause: error });
    throw stateError(name, `it does not answer (${why}). Is it there, and is its address right?`, error);
  }
};
