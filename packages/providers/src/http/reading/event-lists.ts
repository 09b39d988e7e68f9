// A body of server-sent events that hold JSON, for answers whose events are handed on as they came.
import { G4FError, type HttpResponse, LIMITS } from '@g4f/core';
import { excerpt } from '../failures/excerpt.ts';
import { failureInside, notTheProtocol, type RequestFacts } from '../failures/failure.ts';
import { readServiceError } from '../failures/service-error.ts';
import { joinBytes, toText } from '../text/bytes.ts';
import { parseJson } from '../text/json-text.ts';
import type { ByteReader } from '../transport/body.ts';
import { type Frame, MOST_SILENT_BYTES, tooLong } from './frames.ts';
import { checkAmount } from './limits.ts';
import { isEndMark, SseDecoder } from './sse.ts';

/** One event: its name (`message` where it has none), and what it holds. */
export interface JsonEvent {
  readonly event: string;
  readonly json: unknown;
  /** Whether it stood outside the stream's own framing: a failure, or an answer that is no stream. */
  readonly isStray: boolean;
}

/** So much of what is no stream is shown, in bytes. */
const SHOWN_BYTES = 512;

/**
 * The events of a body, in lists of those that one read completed. The body may end anywhere: whether the answer was whole is for
 * the reader to say. Leaving closes the connection.
 *
 * @param expected what it should be, for errors. @param most bytes of one event, from `LIMITS`.
 * @throws G4FError `bad-response` for what is no such stream; what the service reports in an event named `error`.
 */
export async function* readEventLists(
  response: HttpResponse,
  asked: RequestFacts,
  expected: string,
  most: number = LIMITS.frameBytes,
): AsyncGenerator<readonly JsonEvent[], undefined> {
  const bytes: ByteReader = response.body[Symbol.asyncIterator]();
  const frames = new SseDecoder(asked.provider, most);
  const unheard = new Unheard();
  let silentBytes = 0;
  try {
    for (;;) {
      const read = bytes.nextNow?.() ?? (await bytes.next());
      if (read.done) frames.end();
      else {
        unheard.add(read.value);
        frames.push(read.value);
      }
      const events: JsonEvent[] = [];
      let failure: { readonly thrown: unknown } | undefined;
      let hasEnd = false;
      try {
        for (let frame = frames.next(); frame !== undefined && !hasEnd; frame = frames.next()) {
          unheard.clear();
          if (isEndMark(frame.data)) hasEnd = true;
          else if (frame.data.trim() !== '')
            events.push(...readFrame(frame, response, asked, read.done === true));
        }
      } catch (thrown) {
        failure = { thrown };
      }
      silentBytes = events.length > 0 ? 0 : silentBytes + (read.value?.length ?? 0);
      // What came before the failure has been said.
      if (events.length > 0) yield events;
      if (silentBytes > MOST_SILENT_BYTES + most)
        throw tooLong(asked.provider, 'stretch without content', MOST_SILENT_BYTES + most);
      if (failure !== undefined) throw failure.thrown;
      if (read.done || hasEnd) break;
    }
    if (unheard.isNoise) throw notTheProtocol(response, unheard.text, asked, expected);
    return undefined;
  } finally {
    bytes.return?.().catch(() => undefined);
  }
}

/** Half an event, in which the body ended, is none. */
function readFrame(
  { event, data, isStray }: Frame,
  response: HttpResponse,
  asked: RequestFacts,
  atEnd: boolean,
): readonly JsonEvent[] {
  const json = parseJson(data);
  if (event === 'error')
    throw failureInside(readServiceError(json) ?? { message: data, labels: '' }, asked, response.headers);
  if (json !== undefined) return [{ event, json, isStray: isStray === true }];
  checkAmount(data, asked);
  if (atEnd) return [];
  const { provider, model } = asked;
  throw new G4FError(
    `${provider}: a malformed event in the stream: "${excerpt(data, asked)}" is not JSON. Try again or choose another provider.`,
    { code: 'bad-response', provider, model },
  );
}

/** What came while no event has been heard. */
class Unheard {
  #pieces: Uint8Array[] | undefined = [];
  #bytes = 0;

  add(piece: Uint8Array): void {
    if (this.#pieces === undefined || this.#bytes >= SHOWN_BYTES) return;
    this.#pieces.push(piece);
    this.#bytes += piece.length;
  }

  clear(): void {
    this.#pieces = undefined;
  }

  get text(): string {
    return toText(joinBytes(this.#pieces ?? [])).slice(0, SHOWN_BYTES);
  }

  /** Whether something came that is no stream, or nothing at all. */
  get isNoise(): boolean {
    return this.#pieces !== undefined;
  }
}

/** Blanks, and the bytes of a byte order mark: neither JSON nor an event begins with one. */
const IGNORED: ReadonlySet<number | undefined> = new Set([0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);

/** The first bytes that say something: services send blanks to keep a connection alive. @throws G4FError `bad-response` for blanks without end */
export async function readHead(bytes: ByteReader, provider: string): Promise<Uint8Array> {
  for (let passed = 0; passed <= LIMITS.frameBytes; ) {
    const read = bytes.nextNow?.() ?? (await bytes.next());
    if (read.done) return NOTHING;
    const chunk = read.value;
    let from = 0;
    while (IGNORED.has(chunk[from])) from++;
    if (from < chunk.length) return from === 0 ? chunk : chunk.subarray(from);
    passed += from;
  }
  throw tooLong(provider, 'event', LIMITS.frameBytes);
}

const NOTHING: Uint8Array = new Uint8Array();
