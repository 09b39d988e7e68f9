// An answer that is a stream of server-sent events, each of them JSON, for operations without a grammar of their own.
import { LIMITS } from '@g4f/core';
import { failureInside, type notTheProtocol, type RequestFacts } from '../failures/failure.ts';
import { readServiceError } from '../failures/service-error.ts';
import { readEventLists } from './event-lists.ts';

/** An answer whose body has not been read. */
interface UnreadAnswer {
  readonly response: Parameters<typeof notTheProtocol>[0];
  readonly asked: RequestFacts;
}

/**
 * The JSON of each event. An answer in one piece of JSON is one event.
 *
 * @param expected what it should be, for errors. @param most bytes of one event, from `LIMITS`.
 * @throws G4FError `bad-response` for what is no stream; what the service reports in it
 */
export async function* readJsonEvents(
  { response, asked }: UnreadAnswer,
  expected: string,
  most: number = LIMITS.frameBytes,
): AsyncGenerator<unknown> {
  for await (const events of readEventLists(response, asked, expected, most))
    for (const { json } of events) {
      const said = readServiceError(json);
      if (said !== undefined) throw failureInside(said, asked, response.headers);
      yield json;
    }
  response.release();
}
