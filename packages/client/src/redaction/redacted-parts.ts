// One request to a provider that is not to see what is private: placeholders on the way there, and the values on the way back.
import type { Batch, Context } from '@g4f/core';
import { isFields } from '../options/plain-value.ts';
import { Placeholders, type Redaction } from './placeholders.ts';
import { redactedRequest } from './redacted-request.ts';
import { RestoredAnswer } from './restored-answer.ts';

/** What the provider is given. */
export interface RedactedCall<Request> {
  readonly request: Request;
  readonly context: Context;
  readonly placeholders: Placeholders;
}

/** The request and the context with placeholders. */
export const redactedCall = <Request>(
  request: Request,
  context: Context,
  redaction: Redaction,
): RedactedCall<Request> => {
  const placeholders = new Placeholders(redaction);
  if (isFields(request) && isTokens(request.input))
    context.warn('withRedaction cannot look into tokens: they are sent as they are. Give texts.');
  // Both at once, so that a placeholder of one is no text of the other.
  const { extraBody } = context;
  const hidden = redactedRequest({ request, extraBody }, placeholders, (message) => context.warn(message));
  return {
    request: hidden.request,
    context: hidden.extraBody === extraBody ? context : { ...context, extraBody: hidden.extraBody },
    placeholders,
  };
};

const isTokens = (input: unknown): boolean => Array.isArray(input) && Array.isArray(input[0]);

/** The answer of a chat with the values. What was held back comes before a failure, too. */
export async function* restored(
  batches: AsyncIterable<Batch>,
  placeholders: Placeholders,
): AsyncGenerator<Batch> {
  const answer = new RestoredAnswer(placeholders);
  const rest = function* (): Generator<Batch> {
    const held = answer.rest();
    if (held.length > 0) yield held;
  };
  try {
    for await (const batch of batches) {
      const told = answer.next(batch);
      if (told.length > 0) yield told;
    }
  } catch (thrown) {
    yield* rest();
    throw thrown;
  }
  yield* rest();
}
