// The texts of an answer while it comes, each by itself, and what of them has not been checked yet.
import type { Operation, Operations } from '@g4f/core';
import { textsIn } from '../texts/texts-in.ts';

interface Growing {
  text: string;
  checked: number;
}

/** What a model writes: texts, refusals, the arguments and inputs of calls. */
const WRITTEN: ReadonlySet<string> = new Set([
  'text',
  'transcript',
  'refusal',
  'arguments',
  'input',
  'code',
  'revised_prompt',
]);
/** The same, where it comes in pieces: elsewhere these fields are settings. */
const IN_PIECES: ReadonlySet<string> = new Set([...WRITTEN, 'delta', 'summary']);

/** Of one answer. */
export class AnswerTexts {
  readonly #every: number;
  readonly #growsOnly: boolean;
  readonly #texts = new Map<string, Growing>();
  #isDue = false;

  /** @param every after how many characters of a text it is due again */
  constructor(operation: Operation, every: number) {
    this.#every = every;
    this.#growsOnly = operation === 'chat' || operation === 'complete';
  }

  /** Whether one of them is to be checked. */
  get areDue(): boolean {
    return this.#isDue;
  }

  /** More of texts, or whole texts: of these, those that have not come in pieces. */
  add(part: Operations[Operation]['part']): void {
    for (const { text, field, continues } of textsIn(part)) {
      if (continues !== undefined) {
        if (IN_PIECES.has(field)) this.#grow(continues, text);
      } else if (
        !this.#growsOnly &&
        WRITTEN.has(field) &&
        ![...this.#texts.values()].some((known) => known.text === text)
      )
        this.#grow(`whole ${this.#texts.size}`, text);
    }
  }

  /** What is to be checked of each, with as much before it as is checked at a time. @param all also of those that are not due */
  unchecked(all: boolean): readonly string[] {
    this.#isDue = false;
    const found = new Set<string>();
    for (const growing of this.#texts.values()) {
      const { text, checked } = growing;
      if (text.length === checked || !(all || text.length - checked >= this.#every)) continue;
      found.add(text.slice(startOf(text, checked - this.#every)));
      // Where nothing repeats the whole of it, what has been checked is let go of: an answer may have no end.
      if (this.#growsOnly) growing.text = text.slice(startOf(text, text.length - this.#every));
      growing.checked = growing.text.length;
    }
    return [...found];
  }

  #grow(name: string, more: string): void {
    if (more === '') return;
    const growing = this.#texts.get(name) ?? { text: '', checked: 0 };
    growing.text += more;
    this.#texts.set(name, growing);
    this.#isDue ||= growing.text.length - growing.checked >= this.#every;
  }
}

/** Not between the halves of a character. */
function startOf(text: string, at: number): number {
  if (at <= 0) return 0;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}
