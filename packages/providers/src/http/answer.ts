// Reads the body of an answer, streamed or whole, through a wire's decoder, and knows when it is complete.
import { type Batch, G4FError, type HttpResponse, type StreamEvent, truncated } from '@g4f/core';
import { type Asked, failureInside, notTheProtocol, requestIdOf } from './failure.ts';
import { excerpt } from './redact.ts';
import { readServiceError } from './service-error.ts';
import { createSseDecoder, type SseEvent } from './sse.ts';

/** What a wire knows: how its payloads become events, and which of them end the answer. */
export interface WireDecoder {
  /** What is expected, for the error when something else comes: "a chat completion". */
  readonly expected: string;
  /** Adds the events of one streamed payload. @throws G4FError what the service reports. */
  payload(json: unknown, event: string, events: StreamEvent[]): void;
  /** Adds the events of a body that is one JSON value; false if it is no answer. @throws G4FError */
  whole(json: unknown, events: StreamEvent[]): boolean;
  /** Whether this payload is the wire's own end mark, before it is parsed as JSON. */
  isEnd(data: string): boolean;
  /** Whether every answer that was asked for has its finish reason. */
  finished(): boolean;
  /** Adds what was held back until the good end: the token counts, finishes that the service left out. */
  close(events: StreamEvent[]): void;
}

/** After every finish reason, how long what still belongs to the answer (its usage) is awaited, in ms. */
const SILENCE_MS = 2000;
/** Most bytes of a body that is not a stream. */
const MAX_WHOLE_BYTES = 64 * 1024 * 1024;

/**
 * The events of an answer, one batch for each read.
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
    if (isStream(head, response.headers['content-type'])) {
      yield* readStream(bytes, head, response, decoder, asked);
    } else {
      yield readWhole(await readRest(bytes, head, asked), response, decoder, asked);
    }
    response.release();
  } finally {
    await bytes.return?.();
  }
}

/** The first bytes: enough of them, blanks apart, to tell a stream from a page or a JSON body. */
async function readHead(bytes: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  for (;;) {
    const { done, value } = await bytes.next();
    if (done) return head;
    head =
      head.length === 0
        ? Buffer.from(value.buffer, value.byteOffset, value.length)
        : Buffer.concat([head, value]);
    if (/^(?:[[{<:]|.{6}|.+[\r\n])/.test(opening(head))) return head;
  }
}

const opening = (head: Buffer): string =>
  head
    .toString('utf8', 0, 256)
    .replace(/^\uFEFF/, '')
    .trimStart();

function isStream(head: Buffer, contentType: string | undefined): boolean {
  const text = opening(head);
  if (/^[[{<]/.test(text)) return false;
  return contentType?.includes('event-stream') === true
    ? text !== ''
    : /^(?::|(?:data|event|id|retry)\b)/.test(text);
}

async function readRest(bytes: AsyncIterator<Uint8Array>, head: Buffer, asked: Asked): Promise<string> {
  const chunks: Uint8Array[] = [head];
  let length = head.length;
  for (let read = await bytes.next(); !read.done; read = await bytes.next()) {
    chunks.push(read.value);
    length += read.value.length;
    if (length > MAX_WHOLE_BYTES) {
      throw new G4FError(
        `${asked.provider}: the answer is larger than the limit of ${MAX_WHOLE_BYTES / 1024 / 1024} MiB.`,
        { code: 'bad-response', provider: asked.provider, model: asked.model },
      );
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readWhole(body: string, response: HttpResponse, decoder: WireDecoder, asked: Asked): Batch {
  const events: StreamEvent[] = [];
  const json = parse(body.replace(/^\uFEFF/, ''));
  if (json === undefined || !decoder.whole(json, events))
    throw notTheProtocol(response, body, asked, decoder.expected);
  decoder.close(events);
  return events;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

async function* readStream(
  bytes: AsyncIterator<Uint8Array>,
  head: Buffer,
  response: HttpResponse,
  decoder: WireDecoder,
  asked: Asked,
): AsyncGenerator<Batch> {
  const sse = createSseDecoder(asked.provider);
  const state: ReadState = { heard: false, ended: false, lastPayload: 0 };
  const read = (payloads: readonly SseEvent[], atEnd: boolean): [Batch, unknown] =>
    readPayloads(payloads, decoder, asked, response.headers, state, atEnd);
  for (let chunk: Uint8Array | undefined = head; chunk !== undefined && !state.ended; ) {
    const [events, failure] = read(sse.push(chunk), false);
    if (events.length > 0) yield events;
    if (failure !== undefined) throw failure;
    if (!state.ended)
      chunk = await nextChunk(bytes, decoder.finished() ? state.lastPayload + SILENCE_MS : undefined);
  }
  const [rest, failure] = state.ended ? [[], undefined] : read(sse.end(), true);
  const closing = [...rest];
  const complete = state.ended || decoder.finished();
  if (complete && failure === undefined) decoder.close(closing);
  if (closing.length > 0) yield closing;
  if (failure !== undefined) throw failure;
  if (complete) return;
  if (!state.heard && isNoise(head))
    throw notTheProtocol(response, head.toString('utf8'), asked, decoder.expected);
  throw truncated(asked.provider, {
    model: asked.model,
    status: response.status,
    requestId: requestIdOf(response.headers),
  });
}

interface ReadState {
  /** Whether any event came at all. */
  heard: boolean;
  /** Whether the wire's own end mark came. */
  ended: boolean;
  /** When the last event came, in ms since 1970. */
  lastPayload: number;
}

/** The events of some payloads, and the failure that stopped the reading, if any: what came before it still counts. */
function readPayloads(
  payloads: readonly SseEvent[],
  decoder: WireDecoder,
  asked: Asked,
  headers: HttpResponse['headers'],
  state: ReadState,
  atEnd: boolean,
): [Batch, unknown] {
  const events: StreamEvent[] = [];
  if (payloads.length > 0) state.lastPayload = Date.now();
  for (const { event, data } of payloads) {
    state.heard = true;
    if (decoder.isEnd(data)) {
      state.ended = true;
      break;
    }
    if (data.trim() === '') continue;
    try {
      const json = parse(data);
      if (event === 'error')
        throw failureInside(readServiceError(json) ?? { message: data, labels: '' }, asked, headers);
      // The last event of a body that was cut is half a payload: that is a truncation, not a malformed answer.
      if (json === undefined && atEnd) break;
      if (json === undefined) throw malformed(data, asked);
      decoder.payload(json, event, events);
    } catch (failure) {
      return [events, failure];
    }
  }
  return [events, undefined];
}

const malformed = (data: string, asked: Asked): G4FError =>
  new G4FError(
    `${asked.provider}: a malformed event in the stream: "${excerpt(data, [asked.key])}" is not JSON. Try again or choose another provider.`,
    { code: 'bad-response', provider: asked.provider, model: asked.model },
  );

/** The next read, or undefined at the end of the body or when `deadline` (ms since 1970) passes first. */
async function nextChunk(
  bytes: AsyncIterator<Uint8Array>,
  deadline: number | undefined,
): Promise<Uint8Array | undefined> {
  if (deadline === undefined) {
    const { done, value } = await bytes.next();
    return done ? undefined : value;
  }
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, deadline - Date.now()), undefined);
  });
  try {
    const read = await Promise.race([bytes.next(), silence]);
    return read === undefined || read.done ? undefined : read.value;
  } catch {
    // Every answer has finished: a connection that breaks now takes nothing from them.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the first read holds anything but comments and fields of a stream. */
const isNoise = (head: Buffer): boolean =>
  head
    .toString('utf8')
    .split(/\r\n|\r|\n/)
    .some((line) => line !== '' && !/^\uFEFF?(?::|(?:data|event|id|retry)\b)/.test(line));
