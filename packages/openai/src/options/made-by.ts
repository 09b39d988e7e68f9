// What a function of the caller's makes for each call.
import { OpenAIError } from '../errors/errors.ts';

/** The key or token. @throws OpenAIError where it is none, or the function throws, which is the cause */
export const madeBy = async (make: () => PromiseLike<string> | string, option: string): Promise<string> => {
  let made: unknown;
  try {
    made = await make();
  } catch (cause) {
    throw new OpenAIError(`The function ${option} failed, so nothing was sent. Its error is the cause.`, {
      cause,
    });
  }
  if (typeof made === 'string' && made !== '') return made;
  throw new OpenAIError(`The function ${option} must give a text that is not empty; it gave ${typeof made}.`);
};
