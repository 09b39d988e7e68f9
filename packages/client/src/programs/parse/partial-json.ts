// Reads JSON while it is being written: what can be known by now, in time that grows with the text alone.
import { define } from '../../options/define-field.ts';

/** A text of JSON that comes in pieces. */
export interface PartialJson {
  /** Takes the next piece, and gives what {@link value} is now. What comes after something that is not JSON is not read. */
  write(piece: string): unknown;
  /**
   * What has been said so far: fields whose names are complete, texts that may grow, numbers and words when they are complete. Undefined
   * before the first. Objects and lists are the same ones each time, and grow: copy what you keep.
   */
  readonly value: unknown;
  /** Whether one whole value has been read; a number at the very end may still grow. */
  readonly isComplete: boolean;
  /** Where the text stopped being JSON, in UTF-16 units; undefined if it is JSON so far. */
  readonly wrongAt: number | undefined;
}

/** A reader. A field called `__proto__` becomes a field like any other, never the prototype. */
export const partialJson = (): PartialJson => new Reader();

type Container = { readonly list: unknown[] } | { readonly fields: Record<string, unknown>; key: string };

/** What may come next. */
type Expecting = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const SPACE = /[\t\n\r ]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** A longer number is none that a program could hold. */
const LONGEST_NUMBER = 400;

class Reader implements PartialJson {
  value: unknown;
  wrongAt: number | undefined;
  readonly #open: Container[] = [];
  #expecting: Expecting = 'value';
  #at = 0;
  /** A text that has been begun; `#escape` is what came of an escape after its backslash. */
  #text: string | undefined;
  #escape: string | undefined;
  #isKey = false;
  /** A number or word that has been begun. */
  #word = '';

  get isComplete(): boolean {
    if (this.wrongAt !== undefined) return false;
    return this.#expecting === 'nothing' || (this.#open.length === 0 && NUMBER.test(this.#word));
  }

  write(piece: string): unknown {
    let at = 0;
    while (at < piece.length && this.wrongAt === undefined) {
      const from = at;
      at = this.#text !== undefined ? this.#readText(piece, at) : this.#readOne(piece, at);
      this.#at += at - from;
    }
    if (this.#text !== undefined && !this.#isKey) this.#grow(this.#text);
    return this.value;
  }

  /** One character outside a text. */
  #readOne(piece: string, at: number): number {
    const char = piece[at] ?? '';
    if (/[-+.\w]/.test(char)) this.#addToWord(char);
    else {
      if (this.#word !== '') this.#endWord();
      if (!SPACE.test(char) && this.wrongAt === undefined) this.#readMark(char);
    }
    return at + 1;
  }

  #addToWord(char: string): void {
    const isFirst = this.#word === '';
    if ((isFirst && !this.#expectsValue()) || this.#word.length > LONGEST_NUMBER) {
      this.#fail();
      return;
    }
    this.#word += char;
    const isNumber = /[-\d]/.test(this.#word[0] ?? '');
    // A word is complete with its last letter; a number only with what follows it.
    if (WORDS.has(this.#word)) this.#endWord();
    else if (!isNumber && ![...WORDS.keys()].some((word) => word.startsWith(this.#word))) this.#fail();
    // Nothing follows a number that is all there is.
    else if (isNumber && this.#open.length === 0 && NUMBER.test(this.#word)) this.value = Number(this.#word);
  }

  #endWord(): void {
    const word = this.#word;
    this.#word = '';
    const isKnown = WORDS.has(word);
    if (isKnown || NUMBER.test(word)) {
      this.#put(isKnown ? WORDS.get(word) : Number(word));
      this.#afterValue();
    } else this.#fail();
  }

  #readMark(char: string): void {
    const open = this.#open.at(-1);
    if (char === '"' && (this.#expectsValue() || this.#expectsKey())) {
      this.#isKey = this.#expectsKey();
      this.#text = '';
      if (!this.#isKey) this.#put('');
    } else if (char === '{' && this.#expectsValue()) this.#enter({ fields: {}, key: '' }, 'key-or-end');
    else if (char === '[' && this.#expectsValue()) this.#enter({ list: [] }, 'value-or-end');
    else if (char === ':' && this.#expecting === 'colon') this.#expecting = 'value';
    else if (char === ',' && this.#expecting === 'comma-or-end')
      this.#expecting = open !== undefined && 'list' in open ? 'value' : 'key';
    else if (this.#isEnd(char, open)) {
      this.#open.pop();
      this.#afterValue();
    } else this.#fail();
  }

  #isEnd(char: string, open: Container | undefined): boolean {
    if (open === undefined) return false;
    if ('list' in open)
      return char === ']' && (this.#expecting === 'value-or-end' || this.#expecting === 'comma-or-end');
    return char === '}' && (this.#expecting === 'key-or-end' || this.#expecting === 'comma-or-end');
  }

  #enter(container: Container, expecting: Expecting): void {
    this.#put('list' in container ? container.list : container.fields);
    this.#open.push(container);
    this.#expecting = expecting;
  }

  /** Up to the end of the text, of an escape, or of the piece. */
  #readText(piece: string, at: number): number {
    if (this.#escape !== undefined) return this.#readEscape(piece, at);
    let end = at;
    while (end < piece.length && piece[end] !== '"' && piece[end] !== '\\' && piece.charCodeAt(end) >= 0x20)
      end += 1;
    this.#text += piece.slice(at, end);
    if (end === piece.length) return end;
    if (piece[end] === '"') this.#endText();
    else if (piece[end] === '\\') this.#escape = '';
    else this.#fail();
    return end + 1;
  }

  #readEscape(piece: string, at: number): number {
    const written = this.#escape + (piece[at] ?? '');
    this.#escape = written;
    if (written[0] !== 'u') {
      const char = ESCAPES[written];
      if (char === undefined) this.#fail();
      this.#text += char ?? '';
      this.#escape = undefined;
    } else if (!/^u[\da-fA-F]*$/.test(written)) this.#fail();
    else if (written.length === 5) {
      this.#text += String.fromCharCode(Number.parseInt(written.slice(1), 16));
      this.#escape = undefined;
    }
    return at + 1;
  }

  #endText(): void {
    const text = this.#text ?? '';
    this.#text = undefined;
    const open = this.#open.at(-1);
    if (this.#isKey && open !== undefined && 'fields' in open) {
      open.key = text;
      this.#expecting = 'colon';
      return;
    }
    this.#grow(text);
    this.#afterValue();
  }

  /** A new value, where one belongs. */
  #put(value: unknown): void {
    const open = this.#open.at(-1);
    if (open !== undefined && 'list' in open) open.list.push(value);
    else this.#set(open, value);
  }

  /** More of the text that was put last. */
  #grow(text: string): void {
    const open = this.#open.at(-1);
    if (open !== undefined && 'list' in open) open.list[open.list.length - 1] = text;
    else this.#set(open, text);
  }

  #set(open: Exclude<Container, { readonly list: unknown[] }> | undefined, value: unknown): void {
    if (open === undefined) this.value = value;
    else define(open.fields, open.key, value);
  }

  #afterValue(): void {
    this.#expecting = this.#open.length === 0 ? 'nothing' : 'comma-or-end';
  }

  #expectsValue(): boolean {
    return this.#expecting === 'value' || this.#expecting === 'value-or-end';
  }

  #expectsKey(): boolean {
    return this.#expecting === 'key' || this.#expecting === 'key-or-end';
  }

  #fail(): void {
    this.wrongAt ??= this.#at;
  }
}
