// Reads the body of an answer, streamed or whole, through a wire's decoder.
import type { Batch, HttpResponse, StreamEvent } from '@g4f/core';
import { readStream } from './answer-stream.ts';
import { joinBytes, toText } from './bytes.ts';
import { type Asked, notTheProtocol } from './failure.ts';
import type { FrameDecoder } from './frames.ts';
import { createElementDecoder } from './json-elements.ts';
import { createLineDecoder } from './json-lines.ts';
import { parseJson } from './json-text.ts';
import { createSseDecoder } from './sse.ts';
import { readWholeBody } from './whole-body.ts';
import type { WireDecoder } from './wire-decoder.ts';

/**
 * The events of an answer, one batch for each read. What the body is, is told by its first bytes: services send
 * streams as `text/plain` and errors as `text/event-stream`.
 *
 * @throws G4FError `bad-response` when it is not the wire, `stream-truncated` when it ends too early, and what
 *   the service reports inside the stream. What came before the failure has been yielded.
 */
export async function* readAnswer(
  response: HttpResponse,
  decoder: WireDecoder,
  asked: Asked,
): AsyncGenerator<Batch> {
  const bytes = response.body[Symbol.asyncIterator]();
  try {
    const head = await readHead(bytes);
    const frames = framesOf(head, response.headers['content-type'], decoder, asked.provider);
    if (frames !== undefined) {
      yield* readStream({ bytes, head, frames, response, decoder, asked });
    } else {
      yield* readWhole(await readWholeBody(bytes, asked, head), response, decoder, asked);
    }
    response.release();
  } finally {
    // Not awaited: where the stream was complete before its body ended, a read of it may be pending for ever.
    bytes.return?.().catch(() => undefined);
  }
}

/** The first bytes after leading blanks (some services send them to keep a connection alive): enough to tell what follows. */
async function readHead(bytes: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  for (;;) {
    const { done, value } = await bytes.next();
    if (done) return head;
    head = withoutLeadingBlanks(head.length === 0 ? value : joinBytes([head, value]));
    if (/^\s*(?:[[{<:]|.{6}|.+[\r\n])/.test(opening(head))) return head;
  }
}

const BLANKS: ReadonlySet<number | undefined> = new Set([0x09, 0x0a, 0x0d, 0x20]);

function withoutLeadingBlanks(head: Uint8Array): Uint8Array {
  let from = 0;
  while (BLANKS.has(head[from])) from++;
  return head.subarray(from);
}

const opening = (head: Uint8Array): string => toText(head.subarray(0, 256)).replace(/^\uFEFF/, '');

/** What cuts the body into payloads, or undefined if it is no stream. */
function framesOf(
  head: Uint8Array,
  contentType: string | undefined,
  { framing }: WireDecoder,
  provider: string,
): FrameDecoder | undefined {
  const text = opening(head).trimStart();
  if (framing === 'lines' && text.startsWith('{')) return createLineDecoder(provider);
  if (framing === 'elements' && text.startsWith('[')) return createElementDecoder(provider);
  if (/^[[{<]/.test(text)) return undefined;
  const isStream =
    contentType?.includes('event-stream') === true ? text !== '' : /^(?:data|event|id|retry)?:/.test(text);
  return isStream ? createSseDecoder(provider) : undefined;
}

function* readWhole(
  body: string,
  response: HttpResponse,
  decoder: WireDecoder,
  asked: Asked,
): Generator<Batch> {
  const events: StreamEvent[] = [];
  const json = parseJson(body);
  if (json === undefined) throw notTheProtocol(response, body, asked, decoder.expected);
  try {
    if (!decoder.whole(json, events)) throw notTheProtocol(response, body, asked, decoder.expected);
    decoder.close(events);
  } catch (failure) {
    if (events.length > 0) yield events;
    throw failure;
  }
  yield events;
}
