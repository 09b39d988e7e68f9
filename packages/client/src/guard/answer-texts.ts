// The texts of an answer while it comes, each by itself, and what of them has not been checked yet.
import type { Batch, Operation, Operations } from '@g4f/core';
import { isFields, isPlainObject } from '../options/plain-value.ts';

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

/** Of one answer. */
export class AnswerTexts {
  readonly #operation: Operation;
  readonly #every: number;
  readonly #growsOnly: boolean;
  readonly #texts = new Map<string, Growing>();
  #isDue = false;

  /** @param every after how many characters of a text it is due again */
  constructor(operation: Operation, every: number) {
    this.#operation = operation;
    this.#every = every;
    this.#growsOnly = operation === 'chat' || operation === 'complete';
  }

  /** Whether one of them is to be checked. */
  get areDue(): boolean {
    return this.#isDue;
  }

  add(part: Operations[Operation]['part']): void {
    if (this.#operation === 'chat') this.#addBatch(part as Batch);
    else for (const event of Array.isArray(part) ? part : [part]) this.#addOther(event);
  }

  /** What is to be checked of each, with as much before it as is checked at a time. @param all also of those that are not due */
  unchecked(all: boolean): readonly string[] {
    this.#isDue = false;
    const found: string[] = [];
    for (const growing of this.#texts.values()) {
      const { text, checked } = growing;
      if (text.length === checked || !(all || text.length - checked >= this.#every)) continue;
      found.push(text.slice(startOf(text, checked - this.#every)));
      // Where nothing repeats the whole of it, what has been checked is let go of: an answer may have no end.
      if (this.#growsOnly) growing.text = text.slice(startOf(text, text.length - this.#every));
      growing.checked = growing.text.length;
    }
    return found;
  }

  #addBatch(batch: Batch): void {
    for (const event of batch) {
      const { choice = 0 } = event;
      if (event.type === 'text-delta' || event.type === 'reasoning-delta')
        this.#grow(`${event.type} ${choice}`, event.text);
      else if (event.type === 'tool-call-delta') this.#grow(`${choice} ${event.key}`, event.arguments ?? '');
      const refusal = event.extra?.delta?.refusal;
      if (typeof refusal === 'string') this.#grow(`refusal ${choice}`, refusal);
    }
  }

  /** More of a text, or whole texts: of these, those that have not come in pieces. */
  #addOther(event: unknown): void {
    if (!isFields(event)) return;
    if (typeof event.delta === 'string') {
      this.#grow(`${event.type} ${event.item_id} ${event.content_index ?? event.summary_index}`, event.delta);
      return;
    }
    // A chunk of a completion is told from a whole one by nothing: each text grows.
    if (this.#operation === 'complete' && Array.isArray(event.choices)) {
      for (const choice of event.choices.filter(isFields))
        if (typeof choice.text === 'string') this.#grow(`text ${choice.index}`, choice.text);
      return;
    }
    for (const text of writtenIn(event))
      if (![...this.#texts.values()].some((known) => known.text === text))
        this.#grow(`whole ${this.#texts.size}`, text);
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

function writtenIn(value: unknown, field = ''): readonly string[] {
  if (typeof value === 'string') return WRITTEN.has(field) && value !== '' ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => writtenIn(item, field));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([name, held]) => writtenIn(held, name));
}
