// Cuts what was read of a body into payloads, and has them decoded.
import { G4FError, type HttpResponse, isContent, LIMITS, type StreamEvent, truncated } from '@g4f/core';
import { excerpt } from '../failures/excerpt.ts';
import { failureInside, notTheProtocol, type RequestFacts } from '../failures/failure.ts';
import { requestIdOf } from '../failures/request-id.ts';
import { readServiceError } from '../failures/service-error.ts';
import { joinBytes, toText } from '../text/bytes.ts';
import { openIn } from '../text/json-scan.ts';
import { parseExactly, parseJson, writeJson } from '../text/json-text.ts';
import { type Frame, type FrameDecoder, MOST_SILENT_BYTES, tooLong } from './frames.ts';
import { payloadsIn } from './joined-payloads.ts';
import { KEPT_PIECE, tooMuchToKeep } from './kept.ts';
import { checkAmount } from './limits.ts';
import { RepeatedText } from './repeated-text.ts';
import { isEndMark } from './sse.ts';
import type { WireDecoder } from './wire-decoder.ts';

/** How much of what is no stream is shown, in bytes. */
const SHOWN_BYTES = 512;

/** Events that say only that the connection stands; what they hold is nobody's business. */
const KEEPS_ALIVE = /^(?:ping|heart-?beat|keep-?alive)$/i;

/** What the payloads of a body are read with. */
export interface PayloadSource {
  readonly frames: FrameDecoder;
  readonly decoder: WireDecoder;
  readonly response: HttpResponse;
  readonly asked: RequestFacts;
}

/** The payloads of one body. */
export class PayloadReader {
  readonly #source: PayloadSource;
  readonly #repeated: RepeatedText | undefined;
  #isComplete = false;
  /** What came while no event has been heard: shown if it turns out to be no stream at all. */
  #unheard: Uint8Array[] | undefined = [];
  #unheardBytes = 0;
  /** Since something was said. */
  #silentBytes = 0;
  #hasSpoken = false;
  /** Whether every finish has come that was asked for, and nothing may follow. */
  #isFinished = false;
  #finishedTooSoon = false;
  /** Characters that the wire may have to keep. */
  #kept = 0;

  constructor(source: PayloadSource) {
    const { frames, decoder } = source;
    this.#source = source;
    this.#repeated =
      decoder.textIn &&
      new RepeatedText(frames, decoder.textIn, (last, length) => decoder.repeated?.(last, length));
  }

  /** Whether the wire's own end mark came. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /**
   * Whether nothing but its usage is missing: content came, and every finish after it. While nothing has been said a finish is
   * no end, and where one was followed by content once, only the end mark or the end of the body is.
   */
  get mayBeOver(): boolean {
    return this.#hasSpoken && !this.#finishedTooSoon && this.#source.decoder.finished();
  }

  /** Adds the events in these bytes. @throws G4FError */
  push(chunk: Uint8Array, events: StreamEvent[]): void {
    if (this.#unheard !== undefined && this.#unheardBytes < SHOWN_BYTES) {
      this.#unheard.push(chunk);
      this.#unheardBytes += chunk.length;
    }
    const from = events.length;
    this.#source.frames.push(chunk);
    this.#readAll(events, false);
    this.#silentBytes = events.length > from ? 0 : this.#silentBytes + chunk.length;
    if (this.#silentBytes > MOST_SILENT_BYTES)
      throw tooLong(this.#source.asked.provider, 'stretch without content', MOST_SILENT_BYTES);
  }

  /** Adds the events of a whole body that may hold several payloads. @throws G4FError when it does not, or not all of the answer */
  body(data: string, events: StreamEvent[]): void {
    this.#unheard = undefined;
    this.#readOne({ event: 'message', data, isStray: true }, events, true);
    this.end(events, this.#hasSpoken ? '' : data);
  }

  /**
   * Adds what the end of the body completes.
   *
   * @param body all of it, where it came whole and nothing was heard in it. @throws G4FError when the answer is not complete
   */
  end(events: StreamEvent[], body = ''): void {
    const { frames, decoder, response, asked } = this.#source;
    frames.end();
    this.#readAll(events, true);
    if (this.#isComplete || decoder.finished()) return;
    const unheard = this.#unheard === undefined ? body : toText(joinBytes(this.#unheard));
    if (isNoise(unheard)) throw notTheProtocol(response, unheard, asked, decoder.expected);
    const { status, headers } = response;
    throw truncated(asked.provider, { model: asked.model, status, requestId: requestIdOf(headers) });
  }

  #readAll(events: StreamEvent[], atEnd: boolean): void {
    const { frames } = this.#source;
    while (!this.#isComplete) {
      this.#repeated?.read(events);
      const frame = frames.next();
      if (frame === undefined) break;
      this.#unheard = undefined;
      this.#readOne(frame, events, atEnd);
    }
    if (this.#isComplete) frames.close();
  }

  #readOne(frame: Frame, events: StreamEvent[], atEnd: boolean): void {
    const { decoder, asked, response } = this.#source;
    const { event, data } = frame;
    if (decoder.isEnd?.(data)) {
      this.#isComplete = true;
      return;
    }
    const json = event === decoder.textEvent ? data : parseJson(data);
    if (json === undefined) this.#readOdd(frame, events, atEnd);
    else if (event === 'error') throw reported(json, data, asked, response);
    else if (Array.isArray(json)) this.#readList(json, event, events, textsIn(data));
    else if (frame.isStray) this.#readList([json], event, events, [data]);
    else {
      const from = events.length;
      this.#decode(json, event, events, data);
      this.#repeated?.learn({ frame, json, events, from });
    }
  }

  /** Payloads in a list, or outside the framing: each may be a failure, which not every wire expects there. */
  #readList(list: readonly unknown[], event: string, events: StreamEvent[], texts: readonly string[]): void {
    const { asked, response } = this.#source;
    for (const [at, item] of list.entries()) {
      const said = readServiceError(item);
      if (said !== undefined) throw failureInside(said, asked, response.headers);
      if (!this.#isComplete) this.#decode(item, event, events, texts[at] ?? '');
    }
  }

  /** Data that is no JSON. Half of a payload is passed over where the body ended in it. */
  #readOdd({ event, data }: Frame, events: StreamEvent[], atEnd: boolean): void {
    const { decoder, asked, response } = this.#source;
    const text = data.trim();
    if (text === '' || KEEPS_ALIVE.test(event)) return;
    if (isEndMark(text)) {
      // Proxies add it to wires that have no such mark: there it ends what is finished.
      this.#isComplete = decoder.finished();
      return;
    }
    checkAmount(text, asked);
    const payloads = payloadsIn(data);
    if (payloads[0] !== text) {
      for (const [at, data] of payloads.entries()) {
        // The name is that of the last.
        const name = at === payloads.length - 1 ? event : 'message';
        const frame = { event: name, data, isStray: true } as const;
        if (!this.#isComplete) this.#readOne(frame, events, atEnd);
      }
    } else if (event === 'error') throw reported(undefined, data, asked, response);
    else if (!atEnd || hasItsEnd(text)) throw malformed(data, asked);
  }

  /** @param text what `json` was parsed from. */
  #decode(json: unknown, event: string, events: StreamEvent[], text: string): void {
    const { decoder, asked } = this.#source;
    const from = events.length;
    this.#isComplete = decoder.payload(json, event, events, text);
    this.#kept += keptOf(events, from);
    if (this.#kept > LIMITS.keptCharacters) throw tooMuchToKeep(asked);
    if (!this.#hasSpoken || this.#isFinished) {
      const hasContent = hasContentFrom(events, from);
      this.#hasSpoken ||= hasContent || decoder.holds?.() === true;
      this.#finishedTooSoon ||= this.#isFinished && hasContent;
    }
    // Where the wire knows how long another message may take to follow, it is no surprise.
    this.#isFinished = decoder.finished() && decoder.patienceMs?.() === undefined;
  }
}

/** What a wire may keep of what it said: reasoning that is signed at its end, and arguments. */
function keptOf(events: readonly StreamEvent[], from: number): number {
  let kept = 0;
  for (let at = from; at < events.length; at++) {
    const event = events[at];
    if (event?.type === 'reasoning-delta') kept += event.text.length + KEPT_PIECE;
    else if (event?.type === 'tool-call-delta') kept += (event.arguments?.length ?? 0) + KEPT_PIECE;
  }
  return kept;
}

function hasContentFrom(events: readonly StreamEvent[], from: number): boolean {
  for (let at = from; at < events.length; at++) {
    const event = events[at];
    if (event !== undefined && isContent(event)) return true;
  }
  return false;
}

/** Whether there is anything but comments and fields of a stream in it. */
const isNoise = (text: string): boolean =>
  text
    .split(/\r\n|\r|\n/)
    .some(
      (line) => line !== '' && !/^\uFEFF?(?:(?:data|event|id|retry)?:|(?:data|event|id|retry)$)/.test(line),
    );

/** Whether its last bracket came: what is no JSON then was not cut, but is wrong, or too deep. */
const hasItsEnd = (text: string): boolean => /^[{[]/.test(text) && openIn(text) <= 0;

/** The text of each payload in a list, with its numbers as they were written. */
const textsIn = (list: string): readonly string[] => {
  const exact = parseExactly(list);
  return Array.isArray(exact) ? exact.map(writeJson) : [];
};

const reported = (json: unknown, data: string, asked: RequestFacts, { headers }: HttpResponse): G4FError =>
  failureInside(readServiceError(json) ?? { message: data, labels: '' }, asked, headers);

const malformed = (data: string, asked: RequestFacts): G4FError =>
  new G4FError(
    `${asked.provider}: a malformed event in the stream: "${excerpt(data, asked)}" is not JSON. Try again or choose another provider.`,
    { code: 'bad-response', provider: asked.provider, model: asked.model },
  );
