// Server-sent events from the lines of a body.
// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { type Frame, type FrameDecoder, MAX_FRAME_BYTES, tooLong } from './frames.ts';
import { WholeLines } from './whole-lines.ts';

const SPACE = 0x20;
const BYTE_ORDER_MARK = 0xfeff;

/** Reads one event after the other, so that who knows what comes next can read it faster (`repeated`). */
export class SseDecoder implements FrameDecoder {
  readonly #provider: string;
  readonly #maxBytes: number;
  readonly #lines: WholeLines;
  /** Whole lines, and how far they have been read. */
  #text = '';
  #at = 0;
  #atStart = true;
  // The event that has begun.
  #event = '';
  #data: string | undefined;
  /** Where the last event began in `#text`; -1 if it began before, in another read. */
  #from = -1;

  /** @param provider who speaks, for errors. */
  constructor(provider: string, maxBytes = MAX_FRAME_BYTES) {
    this.#provider = provider;
    this.#maxBytes = maxBytes;
    this.#lines = new WholeLines(maxBytes);
  }

  push(bytes: Uint8Array): void {
    this.#add(this.#lines.push(bytes));
  }

  end(): void {
    this.#add(`${this.#lines.end()}\n\n`);
  }

  next(): Frame | undefined {
    this.#from = this.#isBetweenEvents() ? this.#at : -1;
    while (this.#at < this.#text.length) {
      const line = this.#line();
      if (line !== '') {
        this.#field(line);
        continue;
      }
      const frame =
        this.#data === undefined ? undefined : { event: this.#event || 'message', data: this.#data };
      this.#event = '';
      this.#data = undefined;
      if (frame !== undefined) return frame;
      this.#from = this.#at;
    }
    // What many streams hold between two reads is most of what lives.
    this.close();
    if (this.#lines.isTooLong) throw tooLong(this.#provider, 'line', this.#maxBytes);
    return undefined;
  }

  close(): void {
    this.#text = '';
    this.#at = 0;
    this.#from = -1;
  }

  last(): string | undefined {
    return this.#from === -1 ? undefined : this.#text.slice(this.#from, this.#at);
  }

  repeated(before: string, after: string, pattern: RegExp): string | undefined {
    if (!this.#isBetweenEvents()) return undefined;
    const text = this.#text;
    const begins = this.#at + before.length;
    // Compared as slices: startsWith goes character by character and takes four times as long.
    if (text.slice(this.#at, begins) !== before) return undefined;
    const ends = text.indexOf('"', begins);
    if (ends === -1 || text.slice(ends, ends + after.length) !== after) return undefined;
    const piece = text.slice(begins, ends);
    if (!pattern.test(piece)) return undefined;
    this.#at = ends + after.length;
    return piece;
  }

  #isBetweenEvents(): boolean {
    return this.#data === undefined && this.#event === '';
  }

  #add(text: string): void {
    const isNew = this.#at === this.#text.length;
    this.#text = isNew ? text : this.#text.slice(this.#at) + text;
    this.#at = 0;
    if (!this.#atStart || text === '') return;
    this.#atStart = false;
    if (text.charCodeAt(0) === BYTE_ORDER_MARK) this.#at = 1;
  }

  /** The next line, which there is. */
  #line(): string {
    const from = this.#at;
    const to = this.#text.indexOf('\n', from);
    this.#at = to + 1;
    return this.#text.slice(from, to);
  }

  #field(line: string): void {
    if (line.startsWith('data:')) this.#addData(afterColon(line, 5));
    else if (line.startsWith('event:')) this.#event = afterColon(line, 6);
    else if (line === 'data') this.#addData('');
    else if (line === 'event') this.#event = '';
  }

  #addData(value: string): void {
    if (this.#data === undefined) {
      this.#data = value;
      return;
    }
    this.#data += `\n${value}`;
    if (this.#data.length > this.#maxBytes) throw tooLong(this.#provider, 'event', this.#maxBytes);
  }
}

/** What follows the colon; one space after it does not count. */
const afterColon = (line: string, from: number): string =>
  line.slice(line.charCodeAt(from) === SPACE ? from + 1 : from);
