// Takes reasoning that a model writes as <think>…</think> before its answer out of its text, wherever the stream is cut.

/** What a piece of text turned out to be. */
export interface ThoughtOrText {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';
/**
 * Splits the text of one choice; what may be half a tag is held back until it is clear. Reasoning stands before the answer:
 * once visible text has come, a tag is the model talking about tags (in prose as well as in code), and stays.
 */
export class ThinkSplitter {
  #thinking = false;
  #held = '';
  /** Whether visible text has come. */
  #answers = false;
  /** Whether the beginning is reasoning; undefined once that is settled. */
  #guess: Guess | undefined;

  /**
   * @param guessLength for a model that is known to think first, where the opening tag may be missing because the prompt
   *   wrote it: so many characters are held back until a closing tag tells that they were reasoning.
   */
  constructor(guessLength = 0) {
    if (guessLength > 0) this.#guess = new Guess(guessLength);
  }

  /** Whether text has come that is held back. */
  get holds(): boolean {
    return this.#held !== '';
  }

  /** Takes text that is visible as it stands, and says so; text it does not take must be pushed. */
  passes(text: string): boolean {
    if (this.#answers) return true;
    if (this.#held !== '' || this.#thinking || this.#guess || text.includes('<')) return false;
    this.#answers = /\S/.test(text);
    return true;
  }

  push(text: string): readonly ThoughtOrText[] {
    const said = this.#held + text;
    const end = this.#guess === undefined ? -1 : this.#guess.read(text);
    if (end === undefined) {
      this.#held = said;
      return [];
    }
    this.#guess = undefined;
    if (end === -1) return this.#split(said, false);
    const rest = this.#split(said.slice(end + CLOSE.length), false);
    return end === 0 ? rest : [{ kind: 'reasoning', text: said.slice(0, end) }, ...rest];
  }

  /** What was held back, at the end of the text. */
  flush(): readonly ThoughtOrText[] {
    if (this.#held === '') return [];
    this.#guess = undefined;
    return this.#split(this.#held, true);
  }

  /** Reasoning has come in a field of its own: the text is the answer, and what was held back of it is given. */
  reasonsElsewhere(): readonly ThoughtOrText[] {
    if (this.#guess === undefined) return [];
    this.#guess = undefined;
    return this.#split(this.#held, false);
  }

  #split(text: string, last: boolean): ThoughtOrText[] {
    const parts: ThoughtOrText[] = [];
    const say = (kind: ThoughtOrText['kind'], piece: string): void => {
      if (piece !== '') parts.push({ kind, text: piece });
    };
    let rest = text;
    this.#held = '';
    while (rest !== '' && !this.#answers) {
      if (this.#thinking) rest = this.#think(rest, last, say);
      else rest = this.#begin(rest, last, say);
    }
    say('text', rest);
    return parts;
  }

  /** Inside the tags. @returns what is not done */
  #think(text: string, last: boolean, say: Say): string {
    const at = text.indexOf(CLOSE);
    if (at !== -1) {
      say('reasoning', text.slice(0, at));
      this.#thinking = false;
      return text.slice(at + CLOSE.length);
    }
    const clear = text.length - (last ? 0 : heldLength(text, CLOSE));
    say('reasoning', text.slice(0, clear));
    this.#held = text.slice(clear);
    return '';
  }

  /** Before the answer, or at its beginning. */
  #begin(text: string, last: boolean, say: Say): string {
    const word = text.trimStart();
    const blanks = text.slice(0, text.length - word.length);
    if (word.startsWith(OPEN)) {
      say('text', blanks);
      this.#thinking = true;
      return word.slice(OPEN.length);
    }
    if (OPEN.startsWith(word) && !last) {
      say('text', blanks);
      this.#held = word;
      return '';
    }
    this.#answers = true;
    return text;
  }
}

type Say = (kind: ThoughtOrText['kind'], piece: string) => void;

/** How many characters at the end of the text may be the beginning of the tag. */
function heldLength(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

/**
 * Whether a text begins with reasoning whose opening tag is missing. It comes in pieces, and each is looked at once: to look
 * for the tag in all that was held back would take longer with every piece.
 */
class Guess {
  /** How much of the text is looked at, and not more, whatever comes at once: it is read the same wherever it is cut. */
  readonly #length: number;
  /** The first characters that are not blank. */
  #word = '';
  #came = 0;
  /** What may be the beginning of a tag. */
  #tail = '';
  /** Whether the number of backticks before that is odd. */
  #isInCode = false;

  constructor(length: number) {
    this.#length = length;
  }

  /** Where the closing tag stands that is not between backticks; -1 if it is no such text, undefined if that is not clear yet. */
  read(piece: string): number | undefined {
    if (this.#word.length < OPEN.length) this.#word = (this.#word + piece).trimStart().slice(0, OPEN.length);
    if (this.#word === OPEN) return -1;
    const at = this.#find(piece.slice(0, this.#length - this.#came));
    this.#came += piece.length;
    return at === -1 && this.#came < this.#length ? undefined : at;
  }

  #find(piece: string): number {
    const text = this.#tail + piece;
    const begin = this.#came - this.#tail.length;
    let from = 0;
    for (let at = text.indexOf(CLOSE); at !== -1; at = text.indexOf(CLOSE, at + 1)) {
      this.#count(text.slice(from, at));
      if (!this.#isInCode) return begin + at;
      from = at;
    }
    const to = Math.max(0, text.length - CLOSE.length + 1);
    this.#count(text.slice(from, to));
    this.#tail = text.slice(to);
    return -1;
  }

  #count(text: string): void {
    if (text.split('`').length % 2 === 0) this.#isInCode = !this.#isInCode;
  }
}
