// The placeholders of one call: which stands for what. The same value has the same one, and none is a text that is there already.
import { apart, type Find } from './place.ts';

/** A text that looks like a placeholder. */
const LOOKS_LIKE = /\[[A-Z][A-Z0-9_]{0,40}_\d{1,9}\]/g;

/** What is looked for. */
export interface Redaction {
  readonly find: Find;
  readonly hidesKeys: boolean;
}

/** Puts placeholders into texts: `[EMAIL_1]`. */
export class Placeholders {
  readonly #find: Find;
  readonly #taken = new Set<string>();
  readonly #byValue = new Map<string, string>();
  readonly #values = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  /** Whether keys are among what is looked for. */
  readonly hidesKeys: boolean;
  #longest = 0;

  constructor({ find, hidesKeys }: Redaction) {
    this.#find = find;
    this.hidesKeys = hidesKeys;
  }

  /** How many there are. */
  get size(): number {
    return this.#values.size;
  }

  /** How long the longest is. */
  get longest(): number {
    return this.#longest;
  }

  /** Keeps free of ambiguity: what stands in this text becomes no placeholder. */
  avoid(text: string): void {
    for (const [found] of text.matchAll(LOOKS_LIKE)) this.#taken.add(found);
  }

  /** The text with placeholders. */
  hide(text: string): string {
    let hidden = '';
    let from = 0;
    for (const { label, start, end } of apart(this.#find(text))) {
      hidden += text.slice(from, start) + this.placeholderOf(label, text.slice(start, end));
      from = end;
    }
    return from === 0 ? text : hidden + text.slice(from);
  }

  /** What stands for this value. */
  placeholderOf(label: string, value: string): string {
    const before = this.#byValue.get(value);
    if (before !== undefined) return before;
    let count = this.#counts.get(label) ?? 0;
    let placeholder: string;
    do {
      count += 1;
      placeholder = `[${label}_${count}]`;
    } while (this.#taken.has(placeholder));
    this.#counts.set(label, count);
    this.#byValue.set(value, placeholder);
    this.#values.set(placeholder, value);
    this.#longest = Math.max(this.#longest, placeholder.length);
    return placeholder;
  }

  /** What a placeholder stands for; undefined for what is none. */
  valueOf(text: string): string | undefined {
    return this.#values.get(text);
  }

  /** Whether a text may become a placeholder when more of it comes. */
  mayBecome(text: string): boolean {
    if (text.length >= this.#longest) return false;
    for (const label of this.#counts.keys()) {
      const beginning = `[${label}_`;
      if (text.length <= beginning.length ? beginning.startsWith(text) : isNumbered(text, beginning))
        return true;
    }
    return false;
  }
}

const isNumbered = (text: string, beginning: string): boolean =>
  text.startsWith(beginning) && /^\d+$/.test(text.slice(beginning.length));
