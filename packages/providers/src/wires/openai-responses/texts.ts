// What the pieces of one item have said, and what the whole texts that follow them add.

import { asObject } from '../decoding/json.ts';
import { SaidSoFar } from '../decoding/said-so-far.ts';

/** What a piece is of. */
export type ItemKind = 'text' | 'reasoning' | 'refusal' | 'arguments' | 'input';

/**
 * By kind and place: a message may have several texts, reasoning several summaries. Pieces without a place are of all texts
 * together, and so is a whole without one.
 */
export class ItemTexts {
  readonly #byPlace = new Map<ItemKind, Map<number | undefined, SaidSoFar>>();

  hasSaid(kind: ItemKind): boolean {
    return this.#byPlace.has(kind);
  }

  /** Whether a piece of this place came. */
  has(kind: ItemKind, at: number): boolean {
    return this.#byPlace.get(kind)?.has(at) === true;
  }

  /** Whether a piece of this kind may be missing, or of any but thoughts, which are not always told whole. */
  isUnsure(kind?: ItemKind): boolean {
    for (const [its, places] of this.#byPlace)
      if (kind === undefined ? its !== 'reasoning' : its === kind)
        for (const said of places.values()) if (said.isUnsure) return true;
    return false;
  }

  /** All texts of this kind have been told whole. */
  tell(kind: ItemKind): void {
    for (const said of this.#byPlace.get(kind)?.values() ?? []) said.tell();
  }

  /** @param piece as {@link SaidSoFar.add} takes it, with `length` and `isAfterGap`. */
  add(
    kind: ItemKind,
    at: number | undefined,
    piece: string,
    length = piece.length,
    isAfterGap = false,
  ): void {
    let places = this.#byPlace.get(kind);
    if (places === undefined) {
      places = new Map();
      this.#byPlace.set(kind, places);
    }
    let said = places.get(at);
    if (said === undefined) {
      said = new SaidSoFar();
      places.set(at, said);
    }
    said.add(piece, length, isAfterGap);
  }

  /**
   * What of the whole text its pieces have not said. Undefined if it is another text.
   * @param isExact whether pieces may be missing before the whole
   */
  restOf(kind: ItemKind, at: number | undefined, whole: string, isExact: boolean): string | undefined {
    const places = this.#byPlace.get(kind);
    if (places === undefined) return whole;
    const [only] = places.size === 1 ? places.values() : [];
    const said = places.get(at) ?? (at === undefined ? only : undefined);
    if (said !== undefined) {
      if (said.contradicts(whole, isExact)) return undefined;
      said.tell();
      return said.restOf(whole);
    }
    const ofAll = places.get(undefined);
    // A whole of all texts, or pieces of all texts: of the first it can be told what is missing, of others not.
    if (at === undefined || ofAll === undefined) return at === undefined ? '' : whole;
    return at === 0 && !ofAll.contradicts(whole) ? ofAll.restOf(whole) : '';
  }
}

/** The text of a part; parts of other types have none. */
export const textIn = (value: unknown): unknown => {
  const part = asObject(value);
  return part === undefined || part.type === undefined ? value : part.text;
};
