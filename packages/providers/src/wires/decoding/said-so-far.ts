// How much of a text its pieces have said, so that a whole one that follows them adds only what they lack.

/**
 * Keeps no text but two pieces, because an answer may have no end: a whole text is taken for the same one if it begins with
 * the first piece and has the last one where that ended.
 */
export class SaidSoFar {
  #length = 0;
  #first = '';
  #last = '';

  /** @param length of this piece and those before it that have not been told of. */
  add(piece: string, length = piece.length): void {
    if (length === 0) return;
    if (this.#length === 0) this.#first = piece;
    this.#last = piece;
    this.#length += length;
  }

  /** What of the whole text has not been said; nothing if it is another text, because what has been said stays said. */
  restOf(whole: string): string {
    return this.#agrees(whole) ? whole.slice(this.#length) : '';
  }

  /** Whether the whole is another text. Blanks around it are not told apart, and it may be less than was said. */
  contradicts(whole: string): boolean {
    if (this.#agrees(whole)) return false;
    const text = whole.trim();
    const first = this.#first.trim();
    return text.length > this.#length || !(text.startsWith(first) || first.startsWith(text));
  }

  #agrees(whole: string): boolean {
    return (
      whole.length >= this.#length &&
      whole.startsWith(this.#first) &&
      whole.startsWith(this.#last, this.#length - this.#last.length)
    );
  }
}
