// The errors that `parse` has besides those of all calls.
import { isG4FError } from '@g4f/core';
import { ContentFilterFinishReasonError, LengthFinishReasonError } from './errors.ts';

/** What the promise gives; its failure for an answer that is not whole as OpenAI's error for that. */
export const toParseError = async <T>(promise: Promise<T>): Promise<T> => {
  try {
    return await promise;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    // An answer was there, and is not what was asked for.
    if (isG4FError(cause) && cause.answerText !== undefined) {
      if (cause.code === 'content-filter') throw new ContentFilterFinishReasonError(cause.message, { cause });
      if (cause.scope === 'request') throw new LengthFinishReasonError(cause.message, { cause });
    }
    throw error;
  }
};
