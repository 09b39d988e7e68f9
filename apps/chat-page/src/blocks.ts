// Markdown as it streams, in blocks: what is settled is rendered once, and only the last block again.
import { marked, type Token } from 'marked';

/** What has changed: blocks that are settled now, and the one that may still grow. */
export interface BlockChange {
  readonly settled: readonly string[];
  readonly open: string;
}

/** Cuts a growing text into its blocks. */
export class Blocks {
  #open = '';

  /** Takes the next piece. */
  write(piece: string): BlockChange {
    this.#open = (this.#open + piece).replaceAll('\r\n', '\n');
    const tokens: readonly Token[] = marked.lexer(this.#open);
    const last = tokens.findLastIndex(({ type }) => type !== 'space');
    if (last <= 0) return { settled: [], open: this.#open };
    const settled = tokens.slice(0, last).map(({ raw }) => raw);
    const text = settled.join('');
    // Where the lexer has left out something of its input, it is not known where the rest begins.
    if (!this.#open.startsWith(text)) return { settled: [], open: this.#open };
    this.#open = this.#open.slice(text.length);
    return { settled: settled.filter((raw) => raw.trim() !== ''), open: this.#open };
  }
}
