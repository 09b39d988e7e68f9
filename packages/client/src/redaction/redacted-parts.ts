// One request to a provider that is not to see what is private: placeholders on the way there, and the values on the way back.
import { type Batch, type Context, G4FError, type ResponseBatch, type ResponseRequest } from '@g4f/core';
import { isFields } from '../options/plain-value.ts';
import { Placeholders, type Redaction } from './placeholders.ts';
import { redactedRequest } from './redacted-request.ts';
import { RestoredAnswer } from './restored-answer.ts';
import { RestoredResponse } from './restored-response.ts';

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

/** The request with nothing of it that stays with the service: placeholders of another call stand for other values. */
export const checkNothingKept = ({
  previous_response_id: before,
  conversation,
  input,
}: ResponseRequest): void => {
  const kept =
    (before != null && 'previous_response_id') ||
    (conversation != null && 'conversation') ||
    (Array.isArray(input) && input.some(({ type }) => type === 'item_reference') && 'item_reference');
  if (kept === false) return;
  throw new G4FError(
    `withRedaction: ${kept} leads to what the service has kept, whose placeholders are those of another call. Send the conversation as input.`,
    { code: 'invalid-request', scope: 'request' },
  );
};

/** The answer of a chat with the values. */
export const restoredChat = (
  batches: AsyncIterable<Batch>,
  placeholders: Placeholders,
): AsyncGenerator<Batch> => restored(batches, new RestoredAnswer(placeholders));

/** A response with the values. */
export const restoredResponse = (
  batches: AsyncIterable<ResponseBatch>,
  placeholders: Placeholders,
): AsyncGenerator<ResponseBatch> => restored(batches, new RestoredResponse(placeholders));

/** What is told of an answer. */
interface Restored<Events> {
  next(events: Events): Events;
  rest(): Events;
}

/** What was held back comes before a failure, too. */
async function* restored<Events extends readonly unknown[]>(
  batches: AsyncIterable<Events>,
  answer: Restored<Events>,
): AsyncGenerator<Events> {
  const rest = function* (): Generator<Events> {
    const held = answer.rest();
    if (held.length > 0) yield held;
  };
  try {
    for await (const batch of batches) {
      const told = answer.next(batch);
      // An empty one tells the deadlines that content has come.
      if (told.length > 0 || batch.length === 0) yield told;
    }
  } catch (thrown) {
    yield* rest();
    throw thrown;
  }
  yield* rest();
}
