// Newline-delimited JSON: one payload a line. Source: https://github.com/ndjson/ndjson-spec
import { LIMITS } from '@g4f/core';
import { openIn } from '../text/json-scan.ts';
import { type Frame, type FrameDecoder, FrameQueue, type Framing, tooLong } from './frames.ts';
import { KEPT_PIECE } from './kept.ts';
import { WholeLines } from './whole-lines.ts';

/** JSON that goes on over the next line. */
interface Begun {
  text: string;
  last: string;
  /** Lists and objects that have not ended. */
  open: number;
  lines: number;
}

/** Each line that is not blank is a frame. */
export class LineDecoder implements FrameDecoder {
  readonly #provider: string;
  readonly #lines = new WholeLines();
  readonly #frames = new FrameQueue();
  #atStart = true;
  #begun: Begun | undefined;

  /** @param provider who speaks, for errors. */
  constructor(provider: string) {
    this.#provider = provider;
  }

  push(bytes: Uint8Array): void {
    this.#add(this.#lines.push(bytes));
  }

  end(): void {
    this.#add(this.#lines.end());
    this.#endBegun();
  }

  next(): Frame | undefined {
    const frame = this.#frames.take();
    if (frame === undefined && this.#lines.isTooLong)
      throw tooLong(this.#provider, 'line', LIMITS.frameBytes);
    return frame;
  }

  close(): void {
    this.#frames.clear();
  }

  #add(text: string): void {
    const plain = this.#atStart ? text.replace(/^\uFEFF/, '') : text;
    this.#atStart &&= text === '';
    for (const line of plain.split('\n')) if (line.trim() !== '') this.#addLine(line);
  }

  /** A failure may be written over several lines, and as server-sent events write it. */
  #addLine(line: string): void {
    if (this.#begun !== undefined && !goesOn(this.#begun.last, line)) this.#endBegun();
    if (this.#begun === undefined) {
      if (/^[{[]\s*$/.test(line)) this.#begun = { text: line, last: line, open: 1, lines: 1 };
      else this.#push(line);
      return;
    }
    this.#begun.text += `\n${line}`;
    this.#begun.last = line;
    this.#begun.lines += 1;
    this.#begun.open += openIn(line);
    if (this.#begun.text.length + this.#begun.lines * KEPT_PIECE > LIMITS.frameBytes)
      throw tooLong(this.#provider, 'event', LIMITS.frameBytes);
    if (this.#begun.open <= 0) this.#endBegun();
  }

  #endBegun(): void {
    if (this.#begun !== undefined) this.#push(this.#begun.text);
    this.#begun = undefined;
  }

  #push(whole: string): void {
    const [, field, data] = /^(data|error): ?(.*)$/s.exec(whole) ?? [];
    this.#frames.push({ event: field === 'error' ? field : 'message', data: data ?? whole });
  }
}

/** Whether the line may be the next of JSON over several lines: a list or an object begins after a comma, a colon or a bracket only. */
const goesOn = (last: string, line: string): boolean =>
  /^\s*(?:["}\]\d-]|true|false|null)/.test(line) || (/^\s*[[{]/.test(line) && /[:,[]$/.test(last.trimEnd()));

/** A stream of lines. */
export const JSON_LINES: Framing = { begins: '{', decoder: (provider) => new LineDecoder(provider) };
