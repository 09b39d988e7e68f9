// Places in a text that a service counts in bytes of UTF-8, as places in a JavaScript string.

/** Between two places that are known, in UTF-16 units: so many are counted for each question. */
const STEP = 1024;
/** A text of which more is said is not kept: places in it are not told. */
const MOST = 1_000_000;

/** The text said so far. Its bytes are counted when somebody asks, once. */
export class Utf8Places {
  #text = '';
  #isKept = true;
  /** How many bytes stand before every STEP units. */
  readonly #bytesBefore: number[] = [0];

  add(piece: string): void {
    if (this.#isKept) this.#text += piece;
    if (this.#text.length > MOST) this.#forget();
  }

  /** What stands from one byte up to another, and where; undefined if there are no such places in the text. */
  find(
    from: number,
    to: number,
  ): { readonly start: number; readonly end: number; readonly text: string } | undefined {
    const start = this.#unitAt(from);
    const end = this.#unitAt(to);
    if (start === undefined || end === undefined || end < start) return undefined;
    return { start, end, text: this.#text.slice(start, end) };
  }

  #forget(): void {
    this.#text = '';
    this.#isKept = false;
    this.#bytesBefore.length = 1;
  }

  #unitAt(byte: number): number | undefined {
    const known = this.#bytesBefore;
    while (known.length * STEP <= this.#text.length)
      known.push((known.at(-1) ?? 0) + this.#bytesIn((known.length - 1) * STEP, known.length * STEP));
    const at = lastUpTo(known, byte);
    let bytes = known[at] ?? 0;
    let unit = at * STEP;
    while (bytes < byte && unit < this.#text.length) bytes += bytesOf(this.#text.charCodeAt(unit++));
    return bytes === byte ? unit : undefined;
  }

  #bytesIn(from: number, to: number): number {
    let bytes = 0;
    for (let unit = from; unit < to; unit++) bytes += bytesOf(this.#text.charCodeAt(unit));
    return bytes;
  }
}

/** Of one UTF-16 unit. The halves of a pair have four bytes together. */
const bytesOf = (unit: number): number =>
  unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;

/** The place of the last number in an ascending list that is not above `most`; 0 if all are. */
function lastUpTo(list: readonly number[], most: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((list[middle] ?? 0) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
