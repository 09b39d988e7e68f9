// A text that comes in pieces, with the values in the place of their placeholders, wherever these are cut.
import type { Placeholders } from './placeholders.ts';

/** How a value is written into the text. */
export type Write = (value: string) => string;

/** As it is. */
export const asText: Write = (value) => value;

/** Inside a string of JSON. */
export const asJSON: Write = (value) => JSON.stringify(value).slice(1, -1);

/** Changes of the length that are remembered, so that an answer without an end fills no memory: of what came before, the last is known. */
const MOST_SHIFTS = 100_000;

/** Hears the pieces of one text in order. What it holds back is shorter than a placeholder. */
export class RestoredText {
  readonly #placeholders: Placeholders;
  readonly #write: Write;
  #held = '';
  /** How much of the text has been told, as it came, and where its length has changed: after so much, by so much in all. */
  #read = 0;
  #shift = 0;
  readonly #shifts: (readonly [after: number, by: number])[] = [];
  #forgotten = 0;

  constructor(placeholders: Placeholders, write: Write) {
    this.#placeholders = placeholders;
    this.#write = write;
  }

  /** What of the text can be told after this piece. */
  next(piece: string): string {
    const text = this.#held + piece;
    this.#held = '';
    let told = '';
    let from = 0;
    for (let at = text.indexOf('['); at !== -1; at = text.indexOf('[', at + 1)) {
      const seen = text.slice(at, at + this.#placeholders.longest);
      const length = seen.indexOf(']') + 1;
      if (length === 0 && this.#placeholders.mayBecome(seen)) {
        this.#held = seen;
        break;
      }
      const value = this.#valueOf(seen.slice(0, length));
      if (value === undefined) continue;
      const end = at + length - 1;
      told += text.slice(from, at) + value;
      from = end + 1;
      this.#shift += value.length - (from - at);
      this.#remember(this.#read + from);
    }
    this.#read += text.length - this.#held.length;
    return told + text.slice(from, text.length - this.#held.length);
  }

  /** What was held back, when nothing more comes. */
  rest(): string {
    const held = this.#held;
    this.#held = '';
    this.#read += held.length;
    return held;
  }

  /** Where a place of the text as it came is in the text as it is told. */
  placeOf(place: number): number {
    let [low, high] = [0, this.#shifts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#shifts[middle]?.[0] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return place + (this.#shifts[low - 1]?.[1] ?? this.#forgotten);
  }

  #remember(after: number): void {
    this.#shifts.push([after, this.#shift]);
    if (this.#shifts.length <= MOST_SHIFTS) return;
    const old = this.#shifts.splice(0, MOST_SHIFTS / 2);
    this.#forgotten = old.at(-1)?.[1] ?? 0;
  }

  #valueOf(text: string): string | undefined {
    const value = this.#placeholders.valueOf(text);
    return value === undefined ? undefined : this.#write(value);
  }
}
