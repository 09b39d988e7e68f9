// Server-sent events from the lines of a body.
// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { LIMITS } from '@g4f/core';
import { parseJson } from '../text/json-text.ts';
import { type Frame, type FrameDecoder, tooLong } from './frames.ts';
import { KEPT_PIECE } from './kept.ts';
import { WholeLines } from './whole-lines.ts';

const SPACE = 0x20;
const BYTE_ORDER_MARK = 0xfeff;

/** Whether it is OpenAI's end mark, which proxies add to other wires as well. Payloads of content are long: only a short one is looked at. */
export const isEndMark = (data: string): boolean => data.length < 16 && data.trim() === '[DONE]';

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
  /** Lines of the event, or of the JSON, that were joined to its first. */
  #lineCount = 0;
  /** A line of JSON that belongs to no field, or the beginning of one. */
  #stray: string | undefined;
  /** How long it was when it last was no JSON yet: it is parsed again at twice the length, so that all takes linear time. */
  #strayTried = 0;
  /** Where the last event began in `#text`; -1 if it began before, in another read. */
  #from = -1;

  /** @param provider who speaks, for errors. */
  constructor(provider: string, maxBytes = LIMITS.frameBytes) {
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
      const at = this.#at;
      const line = this.#line();
      if (line !== '' && this.#field(line)) continue;
      if (line !== '' || this.#stray !== undefined) {
        const frame = this.#outside(line, at);
        if (frame !== undefined) return frame;
        continue;
      }
      const frame = this.#takeEvent();
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
    return this.#data === undefined && this.#event === '' && this.#stray === undefined;
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

  /** The event that a blank line ends. */
  #takeEvent(): Frame | undefined {
    const frame =
      this.#data === undefined ? undefined : { event: this.#event || 'message', data: this.#data };
    this.#event = '';
    this.#data = undefined;
    return frame;
  }

  /** Takes a line of an event; false if it is none, or stands after JSON that is none. */
  #field(line: string): boolean {
    if (this.#stray !== undefined) return false;
    if (line.startsWith('data:')) this.#addData(afterColon(line, 5));
    else if (line.startsWith('event:')) this.#event = afterColon(line, 6);
    else if (line === 'data') this.#addData('');
    else if (line === 'event') this.#event = '';
    else return !isOutside(line);
    return true;
  }

  /**
   * A failure that is no event: servers that fail in mid-answer write their JSON as it is (Gemini's over several lines), or
   * as a field `error` (llama.cpp). What is no JSON is passed over, as the specification has it.
   *
   * @param at where the line begins: it is read again if something else ends with it.
   */
  #outside(line: string, at: number): Frame | undefined {
    this.#from = -1;
    if (this.#data !== undefined) {
      this.#at = at;
      return this.#takeEvent();
    }
    if (this.#stray === undefined && line.startsWith(ERROR))
      return { event: 'error', data: afterColon(line, ERROR.length) };
    if (line === '' || FIELD.test(line)) {
      this.#at = at;
      return this.#takeStray();
    }
    if (this.#stray === undefined) this.#lineCount = 0;
    this.#stray = this.#stray === undefined ? line : `${this.#stray}\n${line}`;
    this.#checkSize(this.#stray);
    if (!endsJson(line) || this.#stray.length < 2 * this.#strayTried) return undefined;
    if (parseJson(this.#stray) !== undefined) return this.#takeStray();
    this.#strayTried = this.#stray.length;
    return undefined;
  }

  #takeStray(): Frame | undefined {
    const data = this.#stray ?? '';
    this.#stray = undefined;
    this.#strayTried = 0;
    return parseJson(data) === undefined ? undefined : { event: 'message', data, isStray: true };
  }

  /** Called for each line but the first. */
  #checkSize(event: string): void {
    this.#lineCount += 1;
    if (event.length + this.#lineCount * KEPT_PIECE > this.#maxBytes)
      throw tooLong(this.#provider, 'event', this.#maxBytes);
  }

  #addData(value: string): void {
    if (this.#data === undefined) {
      this.#data = value;
      this.#lineCount = 0;
      return;
    }
    this.#data += `\n${value}`;
    this.#checkSize(this.#data);
  }
}

const ERROR = 'error:';
/** A line of an event, which no line of JSON looks like. */
const FIELD = /^(?:data|event|id|retry|error)?:|^(?:data|event)$/;

/** What a line end cut off its `data:` is such a line as well: https://github.com/0xPlaygrounds/rig/issues/534 */
const isOutside = (line: string): boolean => /^ ?[[{]/.test(line) || line.startsWith(ERROR);

/** Whether JSON may end with this line: written over several lines, its last is not indented. Parsing each would take square time. */
const endsJson = (line: string): boolean => /^ ?[{}[\]]/.test(line) && /[}\]]\s*$/.test(line);

/** What follows the colon; one space after it does not count. */
const afterColon = (line: string, from: number): string =>
  line.slice(line.charCodeAt(from) === SPACE ? from + 1 : from);
