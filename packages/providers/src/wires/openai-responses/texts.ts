// What the pieces of one item have said, and what the whole texts that follow them add.
import { LIMITS, tooMany } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { asObject } from '../decoding/json.ts';
import { SaidSoFar } from '../decoding/said-so-far.ts';

/** What a piece is of. */
export type ItemKind = 'text' | 'reasoning' | 'refusal' | 'arguments' | 'input';

/** What the texts of one answer share. */
export interface TextsContext {
  readonly asked: RequestFacts;
  /** How many places its texts have. */
  places: number;
}

/**
 * By kind and place: a message may have several texts, reasoning several summaries. Pieces without a place are of all texts
 * together, and so is a whole without one.
 */
export class ItemTexts {
  readonly #context: TextsContext;
  readonly #byPlace = new Map<ItemKind, Map<number | undefined, SaidSoFar>>();
  /** How many of a kind are unsure. */
  readonly #unsure = new Map<ItemKind, number>();

  constructor(context: TextsContext) {
    this.#context = context;
  }

  hasSaid(kind: ItemKind): boolean {
    return this.#byPlace.has(kind);
  }

  /** Whether a piece of this place came. */
  has(kind: ItemKind, at: number): boolean {
    return this.#byPlace.get(kind)?.has(at) === true;
  }

  /** Whether a piece of this kind may be missing, or of any but thoughts, which are not always told whole. */
  isUnsure(kind?: ItemKind): boolean {
    if (kind !== undefined) return (this.#unsure.get(kind) ?? 0) > 0;
    return [...this.#unsure].some(([its, count]) => its !== 'reasoning' && count > 0);
  }

  /** All texts of this kind have been told whole. */
  tell(kind: ItemKind): void {
    for (const said of this.#byPlace.get(kind)?.values() ?? []) this.#tell(kind, said);
  }

  /**
   * @param piece as {@link SaidSoFar.add} takes it, with `length` and `isAfterGap`.
   * @throws G4FError `bad-response` for more texts than an answer may have
   */
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
      this.#count();
      said = new SaidSoFar();
      places.set(at, said);
    }
    const wasUnsure = said.isUnsure;
    said.add(piece, length, isAfterGap);
    if (!wasUnsure && said.isUnsure) this.#unsure.set(kind, (this.#unsure.get(kind) ?? 0) + 1);
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
      this.#tell(kind, said);
      return said.restOf(whole);
    }
    const ofAll = places.get(undefined);
    // A whole of all texts, or pieces of all texts: of the first it can be told what is missing, of others not.
    if (at === undefined || ofAll === undefined) return at === undefined ? '' : whole;
    return at === 0 && !ofAll.contradicts(whole) ? ofAll.restOf(whole) : '';
  }

  #tell(kind: ItemKind, said: SaidSoFar): void {
    if (said.isUnsure) this.#unsure.set(kind, (this.#unsure.get(kind) ?? 0) - 1);
    said.tell();
  }

  #count(): void {
    if (this.#context.places === LIMITS.items) throw tooMany('texts', LIMITS.items, this.#context.asked);
    this.#context.places += 1;
  }
}

/** The text of a part; parts of other types have none. */
export const textIn = (value: unknown): unknown => {
  const part = asObject(value);
  return part === undefined || part.type === undefined ? value : part.text;
};
