// Reads the body of an answer, streamed or whole, through a wire's decoder.
import type { Batch, HttpResponse, StreamEvent } from '@g4f/core';
import { StreamReader } from './answer-stream.ts';
import { joinBytes, toText } from './bytes.ts';
import { type Asked, notTheProtocol } from './failure.ts';
import type { FrameDecoder } from './frames.ts';
import { createElementDecoder } from './json-elements.ts';
import { createLineDecoder } from './json-lines.ts';
import { parseJson } from './json-text.ts';
import { createSseDecoder } from './sse.ts';
import { readWholeBody } from './whole-body.ts';
import type { WireDecoder } from './wire-decoder.ts';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * The events of an answer, one batch for each read. What the body is, is told by its first bytes: services send
 * streams as `text/plain` and errors as `text/event-stream`.
 *
 * `next` throws G4FError `bad-response` when it is not the wire, `stream-truncated` when it ends too early, and what the
 * service reports inside the stream. What came before the failure has been handed out.
 */
export class Answer implements AsyncIterableIterator<Batch> {
  readonly #response: HttpResponse;
  readonly #decoder: WireDecoder;
  readonly #asked: Asked;
  readonly #bytes: AsyncIterator<Uint8Array>;
  #stream: Pick<StreamReader, 'next'> | undefined;
  #isOver = false;

  constructor(response: HttpResponse, decoder: WireDecoder, asked: Asked) {
    this.#response = response;
    this.#decoder = decoder;
    this.#asked = asked;
    this.#bytes = response.body[Symbol.asyncIterator]();
  }

  async next(): Promise<IteratorResult<Batch, undefined>> {
    if (this.#isOver) return DONE;
    try {
      this.#stream ??= await this.#open();
      const value = await this.#stream.next();
      if (value !== undefined) return { done: false, value };
      this.#response.release();
    } catch (failure) {
      this.#leave();
      throw failure;
    }
    this.#leave();
    return DONE;
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#leave();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #open(): Promise<Pick<StreamReader, 'next'>> {
    const [bytes, response, decoder, asked] = [this.#bytes, this.#response, this.#decoder, this.#asked];
    const head = await readHead(bytes);
    const frames = framesOf(head, response.headers['content-type'], decoder, asked.provider);
    if (frames !== undefined) return new StreamReader({ bytes, head, frames, response, decoder, asked });
    return new WholeReader(await readWholeBody(bytes, asked, head), response, decoder, asked);
  }

  #leave(): void {
    this.#isOver = true;
    // Not awaited: where the stream was complete before its body ended, a read of it may be pending for ever.
    this.#bytes.return?.().catch(() => undefined);
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

/** A body that is one JSON value: one batch, and then its end. */
class WholeReader {
  readonly #body: string;
  readonly #response: HttpResponse;
  readonly #decoder: WireDecoder;
  readonly #asked: Asked;
  #isRead = false;
  #failure: { readonly thrown: unknown } | undefined;

  constructor(body: string, response: HttpResponse, decoder: WireDecoder, asked: Asked) {
    this.#body = body;
    this.#response = response;
    this.#decoder = decoder;
    this.#asked = asked;
  }

  async next(): Promise<Batch | undefined> {
    if (this.#failure !== undefined) throw this.#failure.thrown;
    if (this.#isRead) return undefined;
    this.#isRead = true;
    const events: StreamEvent[] = [];
    try {
      this.#read(events);
    } catch (thrown) {
      if (events.length === 0) throw thrown;
      this.#failure = { thrown };
    }
    return events;
  }

  #read(events: StreamEvent[]): void {
    const json = parseJson(this.#body);
    if (json === undefined || !this.#decoder.whole(json, events))
      throw notTheProtocol(this.#response, this.#body, this.#asked, this.#decoder.expected);
    this.#decoder.close(events);
  }
}
