// A streamed transcription: server-sent events, of which the last one is the whole text.
import { type TranscriptionEvent, truncated } from '@g4f/core';
import { failureInside, notTheProtocol } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import { readHead } from '../../http/reading/event-lists.ts';
import { SseDecoder } from '../../http/reading/sse.ts';
import { readWholeBody } from '../../http/reading/whole-body.ts';
import { toText } from '../../http/text/bytes.ts';
import { parseJson } from '../../http/text/json-text.ts';
import type { ByteReader } from '../../http/transport/body.ts';
import type { EndpointReply } from '../endpoint.ts';

/** What an event says; undefined for one that says nothing to the reader. */
export type ReadEvent = (json: unknown) => TranscriptionEvent | undefined;

/**
 * The events, or what a service answers that does not stream.
 *
 * @param whole makes events of a body that is no stream. @param read makes one of an event.
 * @throws G4FError `stream-truncated` where no event says that it is done, the service's own failure where it reports one.
 */
export async function* readEvents(
  { response, asked }: EndpointReply,
  read: ReadEvent,
  whole: (body: string) => Iterable<TranscriptionEvent>,
): AsyncGenerator<TranscriptionEvent> {
  const bytes: ByteReader = response.body[Symbol.asyncIterator]();
  try {
    const head = await readHead(bytes, asked.provider);
    if (/^[{[<]/.test(toText(head, 1)) || head.length === 0) {
      const body = await readWholeBody(bytes, asked, head);
      response.release();
      yield* whole(body);
      return;
    }
    const frames = new SseDecoder(asked.provider);
    let hasSpoken = false;
    for (let chunk: Uint8Array | undefined = head; ; ) {
      if (chunk === undefined) frames.end();
      else frames.push(chunk);
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        const json = parseJson(frame.data);
        const said =
          frame.event === 'error' || frame.isStray
            ? (readServiceError(json) ?? words(frame.data))
            : readServiceError(json);
        if (said !== undefined) throw failureInside(said, asked, response.headers);
        const event = read(json);
        if (event === undefined) continue;
        hasSpoken = true;
        yield event;
        if (event.type !== 'transcript.text.done') continue;
        response.release();
        return;
      }
      if (chunk === undefined) break;
      const step = bytes.nextNow?.() ?? (await bytes.next());
      chunk = step.done ? undefined : step.value;
    }
    if (!hasSpoken && !/^(?:data|event|id|retry)?:/m.test(toText(head)))
      throw notTheProtocol(response, toText(head), asked, 'a transcription');
    const { status, headers } = response;
    throw truncated(asked.provider, { model: asked.model, status, requestId: requestIdOf(headers) });
  } finally {
    bytes.return?.().catch(() => undefined);
  }
}

const words = (message: string) => ({ message, labels: '' });
