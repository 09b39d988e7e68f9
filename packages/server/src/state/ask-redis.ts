// One command of Redis, and what its failure means.
import { RefusedValueError, type StateError, stateError } from './state-error.ts';

/** Of a number that it cannot add. */
const REFUSED = /not an integer|out of range|would overflow/i;

const NO_ENTRY = /WRONGPASS|NOAUTH|invalid password|no password is set/i;
const NO_DATABASE = /DB index/i;

/** How its library calls a connection that it has lost, or has not got yet. */
const UNCONNECTED = /^(?:Stream isn't writeable|Connection is closed)/;

/** Whether it is there, and lets nobody in as it was asked. */
export const isRefusal = (why: string): boolean => NO_ENTRY.test(why) || NO_DATABASE.test(why);

/** What is told of that. */
export const refusedByRedis = (name: string, error: Error): StateError =>
  stateError(
    name,
    NO_DATABASE.test(error.message)
      ? 'it has no database of this number. Use one that it has, such as /0'
      : 'it refuses the user or the password, or needs one. Write it as redis://user:password@host:6379',
    error,
  );

/** What it answers. @param name of the state @throws StateError */
export const askRedis = async <Answer>(name: string, asked: Promise<Answer>): Promise<Answer> => {
  try {
    return await asked;
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    if (REFUSED.test(why)) throw new RefusedValueError(`${name}: ${why}`, { cause: error });
    if (error instanceof Error && isRefusal(why)) throw refusedByRedis(name, error);
    const said = UNCONNECTED.test(why) ? 'there is no connection' : why;
    throw stateError(name, `it does not answer (${said}). Is it there, and is its address right?`, error);
  }
};
