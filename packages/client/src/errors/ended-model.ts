// A maker's refusal of a model that it has ended, with the reason that we know.
import { isG4FError, reworded } from '@g4f/core';

/** The failure, with the reason that we know for it: the maker's refusal of a model that it has ended. */
export const withReason = (thrown: unknown, note: string | undefined): unknown => {
  if (note === undefined || !isG4FError(thrown) || thrown.code !== 'model-not-found') return thrown;
  return reworded(thrown, `${thrown.message.replace(/\.?$/, '.')} ${note}.`);
};
