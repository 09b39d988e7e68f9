// How much of a text its pieces have said, so that a whole one that follows them adds only what they lack.
import { LIMITS } from '@g4f/core';

/**
 * Keeps no text but two pieces, because an answer may have no end: a whole text is taken for the same one if it begins with
 * the first piece and has the last one where that ended. Once a piece may be missing, it keeps what follows: the whole must
 * have all of that, and nothing between.
 */
export class SaidSoFar {
  #length = 0;
  #first = '';
  #last = '';
  /** What follows the first gap, and where it begins. */
  #behind: string | undefined;
  #gapAt = 0;
  #isTold = false;

  /** Whether a piece of it may be missing that no whole text has shown to be there. */
  get isUnsure(): boolean {
    return this.#behind !== undefined && !this.#isTold;
  }

  /**
   * @param length of this piece and those before it that have not been told of.
   * @param isAfterGap whether another piece may be missing before it
   */
  add(piece: string, length = piece.length, isAfterGap = false): void {
    if (length === 0) return;
    if (isAfterGap && this.#behind === undefined) {
      this.#behind = '';
      this.#gapAt = this.#length;
    }
    if (this.#behind !== undefined && this.#behind.length < LIMITS.comparedCharacters) this.#behind += piece;
    if (this.#length === 0) this.#first = piece;
    this.#last = piece;
    this.#length += length;
  }

  /** A whole text has told what it is. */
  tell(): void {
    this.#isTold = true;
  }

  /** What of the whole text has not been said; nothing if it is another text, because what has been said stays said. */
  restOf(whole: string): string {
    return this.#agrees(whole) ? whole.slice(this.#length) : '';
  }

  /**
   * Whether the whole is another text. Blanks around it are not told apart, and it may be less than was said.
   * @param isExact it may not be less, as where a piece may be missing or have come twice
   */
  contradicts(whole: string, isExact = false): boolean {
    if (this.#agrees(whole)) return false;
    const text = whole.trim();
    const first = this.#first.slice(
      blanksBefore(this.#first),
      this.#first.length - blanksBehind(this.#first),
    );
    if (isExact || this.#behind !== undefined) return !this.#agrees(this.#withBlanks(text), true);
    return text.length > this.#length || !(text.startsWith(first) || first.startsWith(text));
  }

  #agrees(whole: string, isAll = false): boolean {
    return (
      (isAll ? whole.length === this.#length : whole.length >= this.#length) &&
      whole.startsWith(this.#first) &&
      whole.startsWith(this.#last, this.#length - this.#last.length) &&
      (this.#behind === undefined || whole.startsWith(this.#behind, this.#gapAt))
    );
  }

  /** The text between the blanks that stood around what was said. */
  #withBlanks(text: string): string {
    const first = this.#first;
    const last = this.#last;
    return first.slice(0, blanksBefore(first)) + text + last.slice(last.length - blanksBehind(last));
  }
}

/** So many blanks around a text may be left out of a whole one: they are counted again for each that comes. */
const MOST_BLANKS = 1000;

const blanksBefore = (text: string): number => {
  const begin = text.slice(0, MOST_BLANKS);
  return begin.length - begin.trimStart().length;
};

const blanksBehind = (text: string): number => {
  const end = text.slice(-MOST_BLANKS);
  return end.length - end.trimEnd().length;
};
