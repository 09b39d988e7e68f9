// What is typed, with pasted text as one line: a terminal marks where a paste begins and ends (bracketed paste), and Node's
// line editor does not know these marks.
import { Transform, type TransformCallback } from 'node:stream';

const BEGIN = '\u001b[200~';
const END = '\u001b[201~';
/** Stands for the end of a line inside a paste. */
const NEW_LINE = '␤';

/** Asks the terminal to mark pastes. */
export const PASTE_ON = '\u001b[?2004h';
/** Takes that back. */
export const PASTE_OFF = '\u001b[?2004l';

/** The text of a line, its pasted ends of lines as they were. */
export const withNewLines = (line: string): string => line.replaceAll(NEW_LINE, '\n');
/** A text as one line of the editor. */
const asOneLine = (text: string): string => text.replaceAll(/\r\n|\r|\n/g, NEW_LINE);

/** Passes what is typed, and of what is pasted the ends of lines as a sign. */
export class PastedInput extends Transform {
  #held = '';
  #isPaste = false;
  readonly isTTY = true;
  readonly #source: NodeJS.ReadStream;

  constructor(source: NodeJS.ReadStream) {
    super({ decodeStrings: false, encoding: 'utf8' });
    this.#source = source;
  }

  /** The line editor asks for single keys. */
  setRawMode(isRaw: boolean): this {
    this.#source.setRawMode(isRaw);
    return this;
  }

  override _transform(piece: Buffer | string, _: BufferEncoding, done: TransformCallback): void {
    this.#held += piece.toString();
    done(null, this.#take());
  }

  #take(): string {
    let taken = '';
    for (;;) {
      const mark = this.#isPaste ? END : BEGIN;
      const at = this.#held.indexOf(mark);
      // A carriage return may be followed by the other half of its end of line.
      const half = this.#isPaste && this.#held.endsWith('\r') ? 1 : 0;
      const end = at < 0 ? this.#held.length - Math.max(half, begunMark(this.#held, mark)) : at;
      const text = this.#held.slice(0, end);
      taken += this.#isPaste ? asOneLine(text).replaceAll('\t', '    ') : text;
      this.#held = this.#held.slice(at < 0 ? end : at + mark.length);
      if (at < 0) return taken;
      this.#isPaste = !this.#isPaste;
    }
  }
}

/** How much of the text's end may be the beginning of the mark; a single escape is a key. */
function begunMark(text: string, mark: string): number {
  for (let length = mark.length - 1; length > 1; length--)
    if (text.endsWith(mark.slice(0, length))) return length;
  return 0;
}
