// Cuts what was read of a body into payloads, and has them decoded.
import { G4FError, type HttpResponse, type StreamEvent, truncated } from '@g4f/core';
import { joinBytes, toText } from './bytes.ts';
import { excerpt } from './excerpt.ts';
import { type Asked, failureInside, notTheProtocol, requestIdOf } from './failure.ts';
import type { Frame, FrameDecoder } from './frames.ts';
import { parseJson } from './json-text.ts';
import { RepeatedText } from './repeated-text.ts';
import { readServiceError } from './service-error.ts';
import type { WireDecoder } from './wire-decoder.ts';

/** How much of what is no stream is shown, in bytes. */
const SHOWN_BYTES = 512;

/** What the payloads of a body are read with. */
export interface PayloadSource {
  readonly frames: FrameDecoder;
  readonly decoder: WireDecoder;
  readonly response: HttpResponse;
  readonly asked: Asked;
}

/** The payloads of one body. */
export class PayloadReader {
  readonly #source: PayloadSource;
  readonly #repeated: RepeatedText | undefined;
  #isComplete = false;
  /** What came while no event has been heard: shown if it turns out to be no stream at all. */
  #unheard: Uint8Array[] | undefined = [];
  #unheardBytes = 0;

  constructor(source: PayloadSource) {
    const { frames, decoder } = source;
    this.#source = source;
    this.#repeated = decoder.textIn && new RepeatedText(frames, decoder.textIn);
  }

  /** Whether the wire's own end mark came. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Adds the events in these bytes; whether there was any payload in them. @throws G4FError */
  push(chunk: Uint8Array, events: StreamEvent[]): boolean {
    if (this.#unheard !== undefined && this.#unheardBytes < SHOWN_BYTES) {
      this.#unheard.push(chunk);
      this.#unheardBytes += chunk.length;
    }
    this.#source.frames.push(chunk);
    return this.#readAll(events, false);
  }

  /** Adds what the end of the body completes. @throws G4FError when the answer is not complete */
  end(events: StreamEvent[]): void {
    const { frames, decoder, response, asked } = this.#source;
    frames.end();
    this.#readAll(events, true);
    if (this.#isComplete || decoder.finished()) return;
    const unheard = this.#unheard === undefined ? '' : toText(joinBytes(this.#unheard));
    if (isNoise(unheard)) throw notTheProtocol(response, unheard, asked, decoder.expected);
    const { status, headers } = response;
    throw truncated(asked.provider, { model: asked.model, status, requestId: requestIdOf(headers) });
  }

  #readAll(events: StreamEvent[], atEnd: boolean): boolean {
    const { frames } = this.#source;
    let heard = false;
    while (!this.#isComplete) {
      if (this.#repeated?.read(events)) heard = true;
      const frame = frames.next();
      if (frame === undefined) break;
      this.#unheard = undefined;
      if (this.#readOne(frame, events, atEnd)) heard = true;
    }
    if (this.#isComplete) frames.close();
    return heard;
  }

  /** Whether it was a payload. A malformed one is half of the last one if the body ended in it: then it is passed over. */
  #readOne(frame: Frame, events: StreamEvent[], atEnd: boolean): boolean {
    const { decoder, asked, response } = this.#source;
    const { event, data } = frame;
    if (decoder.isEnd?.(data)) {
      this.#isComplete = true;
      return true;
    }
    const json = event === decoder.textEvent ? data : parseJson(data);
    if (json === undefined && data.trim() === '') return false;
    if (event === 'error') throw reported(json, data, asked, response);
    if (json === undefined) {
      if (!atEnd) throw malformed(data, asked);
      return true;
    }
    const from = events.length;
    this.#isComplete = decoder.payload(json, event, events, data);
    this.#repeated?.learn({ frame, json, events, from });
    return true;
  }
}

/** Whether there is anything but comments and fields of a stream in it. */
const isNoise = (text: string): boolean =>
  text
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
