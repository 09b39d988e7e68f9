// A response of a provider that has only chat: its chat, checked as every chat is, told as a response.
import { G4FError, type ResponseRequest, type ResponseStreamEvent } from '@g4f/core';
import { withFields } from '@g4f/core/internal';
import type { RequestScope } from '../attempt/request-scope.ts';
import { CheckedStream } from '../chat/checked-stream.ts';
import type { Candidate } from '../routing/candidate.ts';
import { ResponseWriter } from './response-writer.ts';
import type { Translation } from './to-chat-request.ts';

/**
 * The events of the response, in lists of those of one read; of a response that is not to be streamed, the last alone.
 * @throws G4FError whatever went wrong; `invalid-request` for what the answer would be wrong without.
 */
export async function* translatedParts(
  request: ResponseRequest,
  { request: asked, warnings, refusals }: Translation,
  candidate: Candidate,
  scope: RequestScope,
): AsyncGenerator<readonly ResponseStreamEvent[], undefined> {
  const { id } = candidate.backend;
  if (refusals.length > 0) {
    scope.abandon();
    throw new G4FError(
      `${id}: it has no responses of its own, only chat, which has no place for ${refusals.join(', ')}. Send the conversation as input, or choose a provider that has responses.`,
      { code: 'invalid-request', scope: 'provider', provider: id, model: candidate.model },
    );
  }
  for (const warning of warnings) scope.context.warn(`${id}: ${warning}.`);
  const chat = new CheckedStream(candidate, withFields(asked, { model: candidate.model }), scope);
  const writer = new ResponseWriter(request, id);
  try {
    for (;;) {
      const read = await chat.next();
      if (read.done) break;
      const events = writer.write(read.value);
      if (request.stream && events.length > 0) yield events;
    }
    const ending = writer.end();
    yield request.stream ? ending : ending.slice(-1);
    return undefined;
  } finally {
    await chat.return();
  }
}
