// Reads the body of an answer, streamed or whole, through a wire's decoder.
import { type Batch, type BatchResult, type HttpResponse, LIMITS, type StreamEvent } from '@g4f/core';
import { notTheProtocol, type RequestFacts } from '../failures/failure.ts';
import { joinBytes, toText } from '../text/bytes.ts';
import { parseJson } from '../text/json-text.ts';
import type { ByteReader } from '../transport/body.ts';
import { type AnswerStream, StreamReader } from './answer-stream.ts';
import type { FrameDecoder } from './frames.ts';
import { checkAmount } from './limits.ts';
import { Mutex } from './mutex.ts';
import { DONE } from './patience.ts';
import { PayloadReader } from './payload-reader.ts';
import { SseDecoder } from './sse.ts';
import { readWholeBody, tooLarge } from './whole-body.ts';
import type { WireDecoder } from './wire-decoder.ts';

/** The batches of a body whose beginning told what it is. */
type BodyReader = Pick<StreamReader, 'next'>;

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
  readonly #asked: RequestFacts;
  readonly #bytes: ByteReader;
  readonly #turns = new Mutex();
  #reader: BodyReader | undefined;
  #isOver = false;

  constructor(response: HttpResponse, decoder: WireDecoder, asked: RequestFacts) {
    this.#response = response;
    this.#decoder = decoder;
    this.#asked = asked;
    this.#bytes = response.body[Symbol.asyncIterator]();
  }

  next(): Promise<BatchResult> {
    if (this.#isOver) return Promise.resolve(DONE);
    return this.#reader?.next() ?? this.#first();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#leave();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #first(): Promise<BatchResult> {
    const turn = this.#turns.enter();
    if (turn !== undefined) await turn;
    try {
      if (!this.#isOver) this.#reader ??= await this.#open();
    } catch (failure) {
      this.#over(false);
      throw failure;
    } finally {
      this.#turns.leave();
    }
    // Awaited, because a promise that is returned as it is takes two turns more.
    return this.#isOver || this.#reader === undefined ? DONE : await this.#reader.next();
  }

  async #open(): Promise<BodyReader> {
    const bytes = this.#bytes;
    const response = this.#response;
    const decoder = this.#decoder;
    const asked = this.#asked;
    const over = (isComplete: boolean): void => this.#over(isComplete);
    let head: Uint8Array = NOTHING;
    /** What it may still be long: blanks that are passed over count. */
    let room: number = LIMITS.answerBytes;
    for (;;) {
      const read = bytes.nextNow?.() ?? (await bytes.next());
      if (read.done) break;
      head = withoutLeadingBlanks(head.length === 0 ? read.value : joinBytes([head, read.value]));
      if (isEnough(head)) break;
      room -= read.value.length;
      if (room < 0) throw tooLarge(asked, LIMITS.answerBytes);
    }
    const frames = framesOf(head, response.headers['content-type'], decoder, asked.provider);
    if (frames !== undefined)
      return new StreamReader({ bytes, frames, response, decoder, asked, over }, head);
    return new WholeReader({
      body: await readWholeBody(bytes, asked, head, room),
      response,
      decoder,
      asked,
      over,
    });
  }

  #over(isComplete: boolean): void {
    if (isComplete) this.#response.release();
    this.#leave();
  }

  #leave(): void {
    this.#isOver = true;
    // Not awaited: where the stream was complete before its body ended, a read of it may be pending for ever.
    this.#bytes.return?.().catch(() => undefined);
  }
}

const NOTHING: Uint8Array = new Uint8Array();
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
const BLANKS: ReadonlySet<number | undefined> = new Set([0x09, 0x0a, 0x0d, 0x20]);

/** Some services send blanks to keep a connection alive, and some a byte order mark. */
function withoutLeadingBlanks(head: Uint8Array): Uint8Array {
  let from = BYTE_ORDER_MARK.every((byte, at) => head[at] === byte) ? BYTE_ORDER_MARK.length : 0;
  while (BLANKS.has(head[from])) from++;
  return from === 0 ? head : head.subarray(from);
}

/** By so many bytes it is told what a body is. */
const OPENING_BYTES = 256;

const opening = (head: Uint8Array): string => toText(head, Math.min(head.length, OPENING_BYTES)).trimStart();

/** Whether these first bytes are enough to tell what follows. */
const isEnough = (head: Uint8Array): boolean =>
  beginsWithBrace(head) ||
  beginsWithData(head) ||
  head.length >= OPENING_BYTES ||
  /^(?:[[{<:]|.{6}|.+[\r\n])/.test(opening(head));

const BRACE = 0x7b;

/** Most bodies that are no stream do, and their text need not be looked at. */
const beginsWithBrace = (head: Uint8Array): boolean => head[0] === BRACE;

const DATA = [0x64, 0x61, 0x74, 0x61, 0x3a] as const;

/** Most streams do. */
const beginsWithData = (head: Uint8Array): boolean => DATA.every((byte, at) => head[at] === byte);

/** What cuts the body into payloads, or undefined if it is no stream. */
function framesOf(
  head: Uint8Array,
  contentType: string | undefined,
  { framing }: WireDecoder,
  provider: string,
): FrameDecoder | undefined {
  if (framing === undefined && beginsWithBrace(head)) return undefined;
  if (beginsWithData(head)) return new SseDecoder(provider);
  const text = opening(head);
  if (framing !== undefined && text.startsWith(framing.begins)) return framing.decoder(provider);
  if (/^[[{<]/.test(text)) return undefined;
  const isStream =
    contentType?.includes('event-stream') === true
      ? head.length > 0
      : /^(?:data|event|id|retry)?:/.test(text);
  return isStream ? new SseDecoder(provider) : undefined;
}

/**
 * A list of payloads, lines of them, or an answer with the end mark of a stream behind it:
 * https://github.com/decolua/9router/issues/3492
 */
const SEVERAL = /^([[]\s*{|{.*}\s*(data:|[[{]))/s;

interface WholeAnswer extends Pick<AnswerStream, 'response' | 'decoder' | 'asked' | 'over'> {
  readonly body: string;
}

/** A body that is one JSON value: one batch, and then its end. */
class WholeReader implements BodyReader {
  readonly #answer: WholeAnswer;
  #isRead = false;
  #failure: { readonly thrown: unknown } | undefined;

  constructor(answer: WholeAnswer) {
    this.#answer = answer;
  }

  async next(): Promise<BatchResult> {
    const events: StreamEvent[] = [];
    try {
      if (!this.#isRead) this.#read(events);
    } catch (thrown) {
      this.#failure = { thrown };
      this.#answer.decoder.abandon(events);
    }
    if (events.length > 0) return { done: false, value: events };
    this.#answer.over(this.#failure === undefined);
    if (this.#failure !== undefined) throw this.#failure.thrown;
    return DONE;
  }

  #read(events: StreamEvent[]): void {
    const { body, response, decoder, asked } = this.#answer;
    this.#isRead = true;
    const json = parseJson(body);
    if (json === undefined) checkAmount(body, asked);
    if (json === undefined || !decoder.whole(json, events, body)) {
      if (!SEVERAL.test(body)) throw notTheProtocol(response, body, asked, decoder.expected);
      new PayloadReader({ ...this.#answer, frames: new SseDecoder(asked.provider) }).body(body, events);
    }
    decoder.close(events);
  }
}
