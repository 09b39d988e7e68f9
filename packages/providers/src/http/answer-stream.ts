// Reads an answer that comes in pieces, and knows when it is complete, cut, or waits for nothing more.
import { type Batch, G4FError, type HttpResponse, type StreamEvent, truncated } from '@g4f/core';
import { joinBytes, toText } from './bytes.ts';
import { excerpt } from './excerpt.ts';
import { type Asked, failureInside, notTheProtocol, requestIdOf } from './failure.ts';
import type { Frame, FrameDecoder } from './frames.ts';
import { parseJson } from './json-text.ts';
import { createRepeatParser } from './repeated-json.ts';
import { readServiceError } from './service-error.ts';
import type { WireDecoder } from './wire-decoder.ts';

/** After every finish reason, for how long what still belongs to the answer (its usage) is awaited, in ms. */
const SILENCE_MS = 2000;
/** How long such waits may be in all, in ms: a service that goes on sending pings ends here. */
const LAST_WAITS_MS = 5 * SILENCE_MS;
/** How much of what is no stream is shown, in bytes. */
const SHOWN_BYTES = 512;

/** A body that has begun, and what it is read with. */
export interface AnswerStream {
  readonly bytes: AsyncIterator<Uint8Array>;
  /** What has been read of it: not empty. */
  readonly head: Uint8Array;
  readonly frames: FrameDecoder;
  readonly decoder: WireDecoder;
  readonly response: HttpResponse;
  readonly asked: Asked;
  /** Called at the end, good or bad, before the reader hears of it. */
  over(isComplete: boolean): void;
}

type Read = IteratorResult<Batch, undefined>;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Reads a stream. A class and no async generator, because it stands between the socket and every chunk: what is read is
 * made into events in one synchronous step.
 */
export class StreamReader {
  readonly #bytes: AsyncIterator<Uint8Array>;
  readonly #decoder: WireDecoder;
  readonly #payloads: PayloadReader;
  readonly #over: AnswerStream['over'];
  readonly #patience = new Patience();
  /** What has been read and not looked at. */
  #unread: Uint8Array | undefined;
  #isOver = false;
  #failure: { readonly thrown: unknown } | undefined;

  constructor(stream: AnswerStream) {
    this.#bytes = stream.bytes;
    this.#decoder = stream.decoder;
    this.#payloads = new PayloadReader(stream);
    this.#over = (isComplete) => stream.over(isComplete);
    this.#unread = stream.head;
  }

  /**
   * The events of as many reads as it takes to have one; done at the good end.
   * @throws G4FError `bad-response`, `stream-truncated`, or what the service reports; what came before it has been returned.
   */
  async next(): Promise<Read> {
    while (!this.#isOver) {
      const events: StreamEvent[] = [];
      try {
        const unread = this.#unread;
        this.#unread = undefined;
        if (unread !== undefined) this.#take(unread, events);
        else {
          const { done, value } = await this.#read();
          this.#take(done ? undefined : value, events);
        }
      } catch (thrown) {
        this.#isOver = true;
        this.#failure = { thrown };
        this.#decoder.abandon(events);
      }
      if (events.length > 0) return { done: false, value: events };
    }
    const failure = this.#failure;
    this.#failure = undefined;
    this.#over(failure === undefined);
    if (failure !== undefined) throw failure.thrown;
    return DONE;
  }

  #read(): Promise<IteratorResult<Uint8Array>> {
    return this.#decoder.finished() ? this.#patience.next(this.#bytes) : this.#bytes.next();
  }

  /** @param chunk undefined at the end of the body. */
  #take(chunk: Uint8Array | undefined, events: StreamEvent[]): void {
    if (chunk === undefined) this.#payloads.end(events);
    else if (this.#payloads.push(chunk, events)) this.#patience.renew(this.#decoder.patienceMs?.());
    if (chunk !== undefined && !this.#payloads.isComplete) return;
    this.#isOver = true;
    this.#decoder.close(events);
  }
}

/** Cuts what was read into payloads, and has them decoded. */
class PayloadReader {
  readonly #stream: AnswerStream;
  readonly #parse: (data: string) => unknown;
  #ended = false;
  /** What came while no event has been heard: shown if it turns out to be no stream at all. */
  #unheard: Uint8Array | undefined = new Uint8Array();

  constructor(stream: AnswerStream) {
    const { textIn } = stream.decoder;
    this.#stream = stream;
    this.#parse = textIn === undefined ? parseJson : createRepeatParser(textIn);
  }

  /** Whether the wire's own end mark came. */
  get isComplete(): boolean {
    return this.#ended;
  }

  /** Adds the events in these bytes; whether there was any payload in them. @throws G4FError */
  push(chunk: Uint8Array, events: StreamEvent[]): boolean {
    if (this.#unheard !== undefined && this.#unheard.length < SHOWN_BYTES)
      this.#unheard = joinBytes([this.#unheard, chunk]);
    const payloads: Frame[] = [];
    try {
      this.#stream.frames.push(chunk, payloads);
    } catch (failure) {
      this.#readAll(payloads, events, false);
      throw failure;
    }
    return this.#readAll(payloads, events, false);
  }

  /** Adds what the end of the body completes. @throws G4FError when the answer is not complete */
  end(events: StreamEvent[]): void {
    const { frames, decoder, response, asked } = this.#stream;
    const payloads: Frame[] = [];
    frames.end(payloads);
    this.#readAll(payloads, events, true);
    if (this.#ended || decoder.finished()) return;
    if (this.#unheard !== undefined && isNoise(this.#unheard))
      throw notTheProtocol(response, toText(this.#unheard), asked, decoder.expected);
    const { status, headers } = response;
    throw truncated(asked.provider, { model: asked.model, status, requestId: requestIdOf(headers) });
  }

  #readAll(payloads: readonly Frame[], events: StreamEvent[], atEnd: boolean): boolean {
    let heard = false;
    for (const { event, data } of payloads) {
      this.#unheard = undefined;
      if (this.#readOne(event, data, events, atEnd)) heard = true;
      if (this.#ended) break;
    }
    return heard;
  }

  /** Whether it was a payload. A malformed one is half of the last one if the body ended in it: then it is passed over. */
  #readOne(event: string, data: string, events: StreamEvent[], atEnd: boolean): boolean {
    const { decoder, asked, response } = this.#stream;
    if (decoder.isEnd?.(data)) {
      this.#ended = true;
      return true;
    }
    const json = event === decoder.textEvent ? data : this.#parse(data);
    if (json === undefined && data.trim() === '') return false;
    if (event === 'error') throw reported(json, data, asked, response);
    if (json !== undefined) this.#ended = decoder.payload(json, event, events);
    else if (!atEnd) throw malformed(data, asked);
    return true;
  }
}

/** Whether there is anything but comments and fields of a stream in it. */
const isNoise = (bytes: Uint8Array): boolean =>
  toText(bytes)
    .split(/\r\n|\r|\n/)
    .some(
      (line) => line !== '' && !/^\uFEFF?(?:(?:data|event|id|retry)?:|(?:data|event|id|retry)$)/.test(line),
    );

const reported = (json: unknown, data: string, asked: Asked, { headers }: HttpResponse): G4FError =>
  failureInside(readServiceError(json) ?? { message: data, labels: '' }, asked, headers);

const malformed = (data: string, { provider, model, key }: Asked): G4FError =>
  new G4FError(
    `${provider}: a malformed event in the stream: "${excerpt(data, [key])}" is not JSON. Try again or choose another provider.`,
    { code: 'bad-response', provider, model },
  );

/** Waits after the finish. Only time spent in waiting counts: a slow reader must not cost the answer its usage. */
class Patience {
  #silence = SILENCE_MS;
  #inAll = LAST_WAITS_MS;

  /** A payload came: the silence begins anew, and may last `ms`. */
  renew(ms = SILENCE_MS): void {
    this.#silence = ms;
  }

  /** The next read; done at the end of the body, when it breaks, or when the silence has been long enough. */
  async next(bytes: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    const since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<IteratorReturnResult<undefined>>((resolve) => {
      const ms = Math.max(0, Math.min(this.#silence, this.#inAll));
      timer = setTimeout(resolve, ms, DONE);
    });
    try {
      return await Promise.race([bytes.next(), enough]);
    } catch {
      // Every answer has finished: a connection that breaks now takes nothing from them.
      return DONE;
    } finally {
      clearTimeout(timer);
      const waited = performance.now() - since;
      this.#silence -= waited;
      this.#inAll -= waited;
    }
  }
}
