// The elements of one JSON list, each as soon as it has come: how Gemini streams when it is not asked for events.
import { LIMITS } from '@g4f/core';
import { joinBytes, toText } from '../text/bytes.ts';
import { type Frame, type FrameDecoder, FrameQueue, type Framing, tooLong } from './frames.ts';

const QUOTE = 0x22;
const BRACE = 0x7b;
const BACKSLASH = 0x5c;
const OPEN: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSE: ReadonlySet<number> = new Set([0x5d, 0x7d]);
/** The list itself is the first level, its elements begin on the second. */
const ELEMENT = 2;

/** Each element is a frame. */
export class ElementDecoder implements FrameDecoder {
  readonly #provider: string;
  readonly #maxBytes: number;
  readonly #frames = new FrameQueue();
  /** The element that has begun. */
  #pieces: Uint8Array[] = [];
  #bytesHeld = 0;
  #depth = 0;
  #isOutside = false;
  #inString = false;
  #isEscaped = false;

  /** @param provider who speaks, for errors. */
  constructor(provider: string, maxBytes = LIMITS.frameBytes) {
    this.#provider = provider;
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): void {
    let from = this.#depth < ELEMENT ? -1 : 0;
    for (let at = 0; at < bytes.length; at++) {
      const before = this.#depth;
      const ends = this.#endsElement(bytes[at] ?? 0);
      if (ends) this.#take(bytes.subarray(Math.max(from, 0), at + 1));
      if (ends) from = -1;
      else if (before < ELEMENT && this.#depth === ELEMENT) from = at;
    }
    if (from === -1) return;
    this.#pieces.push(bytes.subarray(from));
    this.#bytesHeld += bytes.length - from;
  }

  end(): void {
    if (this.#pieces.length > 0) this.#take(new Uint8Array());
  }

  next(): Frame | undefined {
    const frame = this.#frames.take();
    if (frame === undefined && this.#bytesHeld > this.#maxBytes)
      throw tooLong(this.#provider, 'event', this.#maxBytes);
    return frame;
  }

  close(): void {
    this.#frames.clear();
  }

  /** Whether this byte ends an element. What is no bracket and no quote changes nothing: brackets are never part of a character. */
  #endsElement(byte: number): boolean {
    if (this.#inString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (OPEN.has(byte)) this.#open(byte);
    else if (CLOSE.has(byte)) return this.#close();
    return false;
  }

  /** An object after the list, as failures are sent, is an element by itself. */
  #open(byte: number): void {
    this.#isOutside ||= this.#depth === 0 && byte === BRACE;
    this.#depth += this.#depth === 0 && this.#isOutside ? ELEMENT : 1;
  }

  #close(): boolean {
    const ends = this.#depth === ELEMENT;
    this.#depth = ends && this.#isOutside ? 0 : this.#depth - 1;
    if (ends) this.#isOutside = false;
    return ends;
  }

  #take(last: Uint8Array): void {
    this.#pieces.push(last);
    this.#frames.push({ event: 'message', data: toText(joinBytes(this.#pieces)) });
    this.#pieces = [];
    this.#bytesHeld = 0;
  }
}

/** A stream that is one list. */
export const JSON_ELEMENTS: Framing = { begins: '[', decoder: (provider) => new ElementDecoder(provider) };
