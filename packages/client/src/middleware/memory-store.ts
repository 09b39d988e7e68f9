// Texts in memory, bounded by their number and by their characters: what was used longest ago goes first.
import type { CacheStore } from '../surface/middleware.ts';

/** How much is kept at most. */
interface StoreBounds {
  readonly maxEntries: number;
  readonly maxCharacters: number;
}

/** A store of this process. How long a text is good is known by who reads it. */
export class MemoryStore implements CacheStore {
  readonly #bounds: StoreBounds;
  readonly #texts = new Map<string, string>();
  #characters = 0;

  constructor(bounds: StoreBounds) {
    this.#bounds = bounds;
  }

  get(key: string): string | undefined {
    const text = this.#texts.get(key);
    if (text === undefined) return undefined;
    this.#texts.delete(key);
    this.#texts.set(key, text);
    return text;
  }

  set(key: string, text: string): void {
    this.#forget(key);
    this.#texts.set(key, text);
    this.#characters += text.length;
    const { maxEntries, maxCharacters } = this.#bounds;
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= maxEntries && this.#characters <= maxCharacters) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#characters -= this.#texts.get(key)?.length ?? 0;
    this.#texts.delete(key);
  }
}
