// A deadline for the state.
import { stateError } from './state-error.ts';

/** What an operation of the state gives, within this time. @throws StateError when it has passed */
export const within = async <Result>(
  operation: Promise<Result>,
  ms: number,
  name: string,
): Promise<Result> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stateError(name, `it did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([operation, late]);
  } finally {
    clearTimeout(timer);
  }
};
