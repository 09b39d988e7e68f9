// What one of two readers has read and the other has not.
import { G4FError, LIMITS } from '@g4f/core';

/** An item, and the one after it once it is there. What both have taken, nobody holds any more. */
interface Node<Item> {
  readonly item: Item | undefined;
  /** The size of all up to here, this one included. */
  readonly total: number;
  next: Node<Item> | undefined;
}

/** The items of one source, for two readers. */
export class Backlog<Item> {
  #tail: Node<Item> = { item: undefined, total: 0, next: undefined };
  readonly readers: readonly [BacklogReader<Item>, BacklogReader<Item>];

  constructor() {
    this.readers = [new BacklogReader(this.#tail), new BacklogReader(this.#tail)];
  }

  /** Whether neither gets anything more. */
  get isLeft(): boolean {
    return this.readers.every(({ isOut }) => isOut);
  }

  /** @param size in characters. */
  append(item: Item, size: number): void {
    const node = { item, total: this.#tail.total + size, next: undefined };
    this.#tail.next = node;
    this.#tail = node;
    for (const reader of this.readers) reader.dropIfBehind(node.total);
  }
}

/** One of the two. */
class BacklogReader<Item> {
  /** What it has taken last; nothing once it is out. */
  #at: Node<Item> | undefined;
  #isLate = false;

  constructor(at: Node<Item>) {
    this.#at = at;
  }

  /** Whether it gets nothing more: it was left, or is too far behind. */
  get isOut(): boolean {
    return this.#at === undefined;
  }

  /** Whether it has taken all that is there. */
  get isUpToDate(): boolean {
    return this.#at !== undefined && this.#at.next === undefined;
  }

  /** The next item, if there is one. @throws G4FError `invalid-request` for one that is too far behind */
  take(): Item | undefined {
    if (this.#isLate) throw tooFarBehind();
    const next = this.#at?.next;
    if (next !== undefined) this.#at = next;
    return next?.item;
  }

  leave(): void {
    this.#at = undefined;
  }

  /** The other one reads on, because its reader has done nothing wrong. @param total what there is in all */
  dropIfBehind(total: number): void {
    if (this.#at === undefined || total - this.#at.total <= LIMITS.teedCharacters) return;
    // A single item may be longer than the limit: a reader that waits for it is not behind.
    if (this.#at.next?.next === undefined) return;
    this.#isLate = true;
    this.#at = undefined;
  }
}

const tooFarBehind = (): G4FError =>
  new G4FError(
    `this stream of tee() is more than ${LIMITS.teedCharacters} characters behind the other one. Read both at once, or ask for a whole answer.`,
    { code: 'invalid-request' },
  );
