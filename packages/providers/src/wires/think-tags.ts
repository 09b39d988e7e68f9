// Takes reasoning that a model writes as <think>…</think> out of its text, wherever the stream is cut.

/** What a piece of text turned out to be. */
export interface ThoughtOrText {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Splits the text of one choice; what may be half a tag is held back until it is clear. A tag inside code (backticks) is
 * the model talking about tags, and stays.
 */
export class ThinkSplitter {
  #thinking = false;
  #held = '';
  #insideCode = false;

  /** Takes text that is visible as it stands, and says so; text it does not take must be pushed. */
  passes(text: string): boolean {
    if (this.#held !== '' || this.#thinking || text.includes('<')) return false;
    this.#insideCode = endsInsideCode(text, this.#insideCode);
    return true;
  }

  push(text: string): readonly ThoughtOrText[] {
    return this.#split(this.#held + text, false);
  }

  /** What was held back, at the end of the text. */
  flush(): readonly ThoughtOrText[] {
    return this.#held === '' ? [] : this.#split(this.#held, true);
  }

  #split(text: string, last: boolean): ThoughtOrText[] {
    const parts: ThoughtOrText[] = [];
    const say = (piece: string): void => {
      if (piece !== '') parts.push({ kind: this.#thinking ? 'reasoning' : 'text', text: piece });
    };
    let rest = text;
    for (;;) {
      const tag = this.#thinking ? CLOSE : OPEN;
      const at = this.#thinking ? rest.indexOf(tag) : indexOutsideCode(rest, tag, this.#insideCode);
      if (at === -1) break;
      if (!this.#thinking) this.#insideCode = endsInsideCode(rest.slice(0, at), this.#insideCode);
      say(rest.slice(0, at));
      this.#thinking = !this.#thinking;
      rest = rest.slice(at + tag.length);
    }
    const keep = last ? 0 : heldLength(rest, this.#thinking ? CLOSE : OPEN);
    const clear = rest.slice(0, rest.length - keep);
    this.#held = rest.slice(rest.length - keep);
    if (!this.#thinking) this.#insideCode = endsInsideCode(clear, this.#insideCode);
    say(clear);
    return parts;
  }
}

/** How many characters at the end of the text may be the beginning of the tag. */
function heldLength(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

/** Whether the text ends between backticks: an odd number of them has been seen (``` is three, so odd as well). */
function endsInsideCode(text: string, before: boolean): boolean {
  let inside = before;
  for (let at = text.indexOf('`'); at !== -1; at = text.indexOf('`', at + 1)) inside = !inside;
  return inside;
}

function indexOutsideCode(text: string, tag: string, insideCode: boolean): number {
  for (let at = text.indexOf(tag); at !== -1; at = text.indexOf(tag, at + 1)) {
    if (!endsInsideCode(text.slice(0, at), insideCode)) return at;
  }
  return -1;
}
