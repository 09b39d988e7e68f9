// A response of a provider that has responses of its own, checked against their grammar.
import {
  LIMITS,
  type ModelResponse,
  type ResponseBatch,
  type ResponseRequest,
  type ResponseStreamEvent,
  tooMany,
} from '@g4f/core';
import { sizeOf } from '@g4f/core/internal';
import { readParts } from '../attempt/read-parts.ts';
import type { RequestScope } from '../attempt/request-scope.ts';
import type { Candidate } from '../routing/candidate.ts';
import { isResponseState } from '../streams/response-stream.ts';
import { createResponseGrammar, isResponseContent } from './response-grammar.ts';
import { toChatUsage, withRequest } from './response-object.ts';

/**
 * The events as they came, in lists of those of one read. Those before the first content are held: until then another provider may
 * answer.
 *
 * @throws G4FError whatever went wrong; `bad-response` for events out of order, `stream-truncated` without the last.
 */
export async function* nativeParts(
  asked: ResponseRequest,
  candidate: Candidate,
  scope: RequestScope,
): AsyncGenerator<ResponseBatch, undefined> {
  const { backend, model } = candidate;
  const request = { ...asked, model };
  const grammar = createResponseGrammar(backend.id, asked.stream);
  const stamp = createStamp(candidate, scope, asked);
  let held: ResponseStreamEvent[] | undefined = [];
  let heldCharacters = 0;
  const check = {
    accept(part: ResponseBatch): void {
      for (const event of part) grammar.accept(event);
      if (held !== undefined && asked.stream) heldCharacters += sizeOf(part);
      if (heldCharacters > LIMITS.keptCharacters)
        throw tooMany('characters before its first content', LIMITS.keptCharacters, {
          provider: backend.id,
          model,
        });
    },
    end: () => grammar.end(),
  };
  const isContent = (part: ResponseBatch): boolean => !asked.stream || part.some(isResponseContent);
  for await (const part of readParts('respond', candidate, request, scope, check, isContent)) {
    // Only the deadlines hear of it.
    if (part.length === 0) continue;
    const stamped = part.map(stamp);
    if (held === undefined) yield stamped;
    else {
      held.push(...stamped);
      if (!isContent(part)) continue;
      yield held;
      held = undefined;
    }
  }
  return undefined;
}

/** What tells how the response stands gets what its service left out, the provider's name, its warnings, and what it cost. */
function createStamp(
  { backend, insteadOf }: Candidate,
  { warnings, bill }: RequestScope,
  request: ResponseRequest,
) {
  const stamped = (response: ModelResponse): ModelResponse => {
    const whole = withRequest(response, request);
    return {
      ...whole,
      ...(whole.usage != null &&
        bill !== undefined && { usage: bill.told(whole.usage, toChatUsage(whole.usage)) }),
      provider: backend.id,
      ...(insteadOf !== undefined && { requested_model: insteadOf }),
      ...(warnings.length > 0 && { warnings: [...warnings] }),
    };
  };
  return (event: ResponseStreamEvent): ResponseStreamEvent =>
    isResponseState(event) ? { ...event, response: stamped(event.response) } : event;
}
