// Newline-delimited JSON: one payload a line. Source: https://github.com/ndjson/ndjson-spec
import { type Frame, type FrameDecoder, type Framing, MAX_FRAME_BYTES, tooLong } from './frames.ts';
import { WholeLines } from './whole-lines.ts';

/** Each line that is not blank is a frame. */
export class LineDecoder implements FrameDecoder {
  readonly #provider: string;
  readonly #lines = new WholeLines();
  #frames: Frame[] = [];
  #atStart = true;

  /** @param provider who speaks, for errors. */
  constructor(provider: string) {
    this.#provider = provider;
  }

  push(bytes: Uint8Array): void {
    this.#add(this.#lines.push(bytes));
  }

  end(): void {
    this.#add(this.#lines.end());
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
    for (const line of plain.split('\n')) {
      if (line.trim() !== '') this.#frames.push({ event: 'message', data: line });
    }
  }
}

/** A stream of lines. */
export const JSON_LINES: Framing = { begins: '{', decoder: (provider) => new LineDecoder(provider) };
