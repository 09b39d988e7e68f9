// The items of a streamed response, for services whose last event has an empty output though they told items before:
// https://github.com/QuantumNous/new-api/issues/4362 and https://github.com/BerriAI/litellm/pull/32724
import { LIMITS } from '@g4f/core';
import { sizeOf } from '@g4f/core/internal';
import { asIndex, asObject, type Json } from '../decoding/json.ts';

/** What `response.output_item.done` told, up to the characters of a whole answer: an endless stream is not kept. */
export class DoneItems {
  readonly #items = new Map<number, Json>();
  #room: number = LIMITS.foldedCharacters;

  add(type: string, { item, output_index }: Json): void {
    const done = type === 'response.output_item.done' ? asObject(item) : undefined;
    if (done === undefined || typeof done.type !== 'string' || this.#room < 0) return;
    this.#room -= sizeOf(done) + 1;
    if (this.#room < 0) this.#items.clear();
    else this.#items.set(asIndex(output_index) ?? this.#items.size, done);
  }

  /** In the order of the output; empty where none was told. */
  get all(): readonly Json[] {
    return [...this.#items].sort(([a], [b]) => a - b).map(([, item]) => item);
  }
}
