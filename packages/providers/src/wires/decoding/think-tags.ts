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
  /** How much of a beginning that may be reasoning is looked at; 0 once that is settled. */
  #guessLength: number;

  /**
   * @param guessLength for a model that is known to think first, where the opening tag may be missing because the prompt
   *   wrote it: so many characters are held back until a closing tag tells that they were reasoning.
   */
  constructor(guessLength = 0) {
    this.#guessLength = guessLength;
  }

  /** Whether text has come that is held back. */
  get holds(): boolean {
    return this.#held !== '';
  }

  /** Takes text that is visible as it stands, and says so; text it does not take must be pushed. */
  passes(text: string): boolean {
    if (this.#answers) return true;
    if (this.#held !== '' || this.#thinking || this.#guessLength > 0 || text.includes('<')) return false;
    this.#answers = /\S/.test(text);
    return true;
  }

  push(text: string): readonly ThoughtOrText[] {
    return this.#split(this.#held + text, false);
  }

  /** What was held back, at the end of the text. */
  flush(): readonly ThoughtOrText[] {
    return this.#held === '' ? [] : this.#split(this.#held, true);
  }

  /** Reasoning has come in a field of its own: the text is the answer, and what was held back of it is given. */
  reasonsElsewhere(): readonly ThoughtOrText[] {
    if (this.#guessLength === 0) return [];
    this.#guessLength = 0;
    return this.#held === '' ? [] : this.#split(this.#held, false);
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
      else if (this.#guessLength > 0) rest = this.#guess(rest, last, say);
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

  /** Where the opening tag may be missing. */
  #guess(text: string, last: boolean, say: Say): string {
    // Not beyond the limit, whatever has come at once: the same answer is read the same wherever it is cut.
    const at = indexOutsideCode(text.slice(0, this.#guessLength), CLOSE);
    const begins = text.trimStart().startsWith(OPEN);
    if (at === -1 && !begins && !last && text.length < this.#guessLength) {
      this.#held = text;
      return '';
    }
    this.#guessLength = 0;
    if (at === -1 || begins) return text;
    say('reasoning', text.slice(0, at));
    return text.slice(at + CLOSE.length);
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

/** Where the tag stands first that is not between backticks (an odd number of them before it). */
function indexOutsideCode(text: string, tag: string): number {
  for (let at = text.indexOf(tag); at !== -1; at = text.indexOf(tag, at + 1)) {
    if (text.slice(0, at).split('`').length % 2 === 1) return at;
  }
  return -1;
}
