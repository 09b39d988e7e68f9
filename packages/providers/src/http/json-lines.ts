// Newline-delimited JSON: one payload a line. Source: https://github.com/ndjson/ndjson-spec
import { type Frame, type FrameDecoder, type Framing, MAX_FRAME_BYTES, tooLong } from './frames.ts';
import { WholeLines } from './whole-lines.ts';

/** Each line that is not blank is a frame. */
export class LineDecoder implements FrameDecoder {
  readonly #provider: string;
  readonly #lines = new WholeLines();
  #frames: Frame[] = [];
  #atStart = true;
  /** JSON that goes on over the next line. */
  #begun: string | undefined;

  /** @param provider who speaks, for errors. */
  constructor(provider: string) {
    this.#provider = provider;
  }

  push(bytes: Uint8Array): void {
    this.#add(this.#lines.push(bytes));
  }

  end(): void {
    this.#add(this.#lines.end());
    if (this.#begun !== undefined) this.#frames.push({ event: 'message', data: this.#begun });
    this.#begun = undefined;
  }

  next(): Frame | undefined {
    const frame = this.#frames.shift();
    if (frame === undefined && this.#lines.isTooLong) throw tooLong(this.#provider, 'line', MAX_FRAME_BYTES);
    return frame;
  }

  close(): void {
    this.#frames = [];
  }

  #add(text: string): void {
    const plain = this.#atStart ? text.replace(/^\uFEFF/, '') : text;
    this.#atStart &&= text === '';
    for (const line of plain.split('\n')) this.#addLine(line);
  }

  /** A failure may be written over several lines, of which the last is not indented, and as server-sent events write it. */
  #addLine(line: string): void {
    const begun = this.#begun;
    if (line.trim() === '') return;
    if (begun === undefined ? /^[{[]\s*$/.test(line) : !/^[}\]]/.test(line)) {
      this.#begun = begun === undefined ? line : `${begun}\n${line}`;
      if (this.#begun.length > MAX_FRAME_BYTES) throw tooLong(this.#provider, 'event', MAX_FRAME_BYTES);
      return;
    }
    this.#begun = undefined;
    const whole = begun === undefined ? line : `${begun}\n${line}`;
    const [, field, data] = /^(data|error): ?(.*)$/s.exec(whole) ?? [];
    this.#frames.push({ event: field === 'error' ? field : 'message', data: data ?? whole });
  }
}

/** A stream of lines. */
export const JSON_LINES: Framing = { begins: '{', decoder: (provider) => new LineDecoder(provider) };
