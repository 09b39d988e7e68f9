// The reading end of a ring: takes records out one by one, and leaves the waiting to its owner.
import { FIRST_KIND_OF_BYTES, PREFIX_BYTES, Slot, viewRing } from './ring.ts';

const NOTHING = new Uint8Array();

/** A record that comes in pieces: first its prefix is filled, then its body. */
interface Partial {
  readonly prefix: Buffer;
  body: Buffer | undefined;
  filled: number;
}

/**
 * Reads what a RingWriter wrote. All records that one look at the ring showed are read without another look; the
 * room they took is given back when they are read, or a quarter of the ring is.
 */
export class RingReader {
  /** The text of the text record read last. */
  text = '';
  /** The bytes of the record of bytes read last. */
  bytes: Uint8Array = NOTHING;
  readonly #slots: Int32Array;
  readonly #ring: Buffer;
  #cursor: number;
  #known: number;
  #givenBack: number;
  #partial: Partial | undefined;

  constructor(ring: SharedArrayBuffer) {
    const view = viewRing(ring);
    this.#slots = view.slots;
    this.#ring = view.bytes;
    this.#cursor = Atomics.load(view.slots, Slot.Tail);
    this.#known = this.#cursor;
    this.#givenBack = this.#cursor;
  }

  /** The next record: its kind is returned, what it holds is in `text` or `bytes`. Undefined while it is not all there. */
  tryRead(): number | undefined {
    if (this.#here() === 0 && !this.#lookAgain()) return undefined;
    if (this.#partial !== undefined) return this.#readPart(this.#partial);
    return (
      this.#readWhole() ?? this.#readPart({ prefix: Buffer.alloc(PREFIX_BYTES), body: undefined, filled: 0 })
    );
  }

  /** Whether there is something that was not looked at yet. */
  look(): boolean {
    this.#known = Atomics.load(this.#slots, Slot.Head);
    return this.#known !== this.#cursor;
  }

  /** Blocks this thread until the writer publishes, it is woken, or `ms` have passed. */
  sleep(ms: number): 'ok' | 'not-equal' | 'timed-out' {
    Atomics.store(this.#slots, Slot.ReaderSleeps, 1);
    const outcome = Atomics.wait(this.#slots, Slot.Head, this.#known, ms);
    Atomics.store(this.#slots, Slot.ReaderSleeps, 0);
    return outcome;
  }

  /** Lets the writer have the room of all that was read. */
  giveBack(): void {
    this.#givenBack = this.#cursor;
    Atomics.store(this.#slots, Slot.Tail, this.#cursor);
    if (Atomics.load(this.#slots, Slot.WriterSleeps) !== 0) Atomics.notify(this.#slots, Slot.Tail);
  }

  /** Tells the writer that nobody reads any more: it sees this sooner than a message, which waits for its turn. */
  leave(): void {
    Atomics.store(this.#slots, Slot.ReaderLeft, 1);
  }

  /** A record that lies in the ring in one piece, as nearly all do. */
  #readWhole(): number | undefined {
    const start = this.#cursor & (this.#ring.length - 1);
    const from = start + PREFIX_BYTES;
    if (this.#here() < PREFIX_BYTES || from > this.#ring.length) return undefined;
    const length = this.#ring.readUInt32LE(start);
    if (this.#here() < PREFIX_BYTES + length || from + length > this.#ring.length) return undefined;
    const kind = this.#ring[start + PREFIX_BYTES - 1] ?? 0;
    if (kind < FIRST_KIND_OF_BYTES) this.text = this.#ring.toString('utf8', from, from + length);
    else this.bytes = Uint8Array.from(this.#ring.subarray(from, from + length));
    this.#advance(PREFIX_BYTES + length);
    return kind;
  }

  /** A record that bends around the ring's end, or is not all here, or is longer than the ring. */
  #readPart(part: Partial): number | undefined {
    this.#partial = part;
    if (part.body === undefined) {
      if (!this.#fill(part, part.prefix)) return undefined;
      part.body = Buffer.allocUnsafe(part.prefix.readUInt32LE());
      part.filled = 0;
    }
    if (!this.#fill(part, part.body)) return undefined;
    this.#partial = undefined;
    const kind = part.prefix[PREFIX_BYTES - 1] ?? 0;
    if (kind < FIRST_KIND_OF_BYTES) this.text = part.body.toString('utf8');
    else this.bytes = new Uint8Array(part.body);
    return kind;
  }

  #fill(part: Partial, target: Buffer): boolean {
    while (part.filled < target.length) {
      if (this.#here() === 0 && !this.#lookAgain()) return false;
      const start = this.#cursor & (this.#ring.length - 1);
      const length = Math.min(this.#here(), this.#ring.length - start, target.length - part.filled);
      this.#ring.copy(target, part.filled, start, start + length);
      this.#advance(length);
      part.filled += length;
    }
    return true;
  }

  #here(): number {
    return (this.#known - this.#cursor) >>> 0;
  }

  #advance(bytes: number): void {
    this.#cursor = (this.#cursor + bytes) | 0;
    if ((this.#cursor - this.#givenBack) >>> 0 >= this.#ring.length / 4) this.giveBack();
  }

  #lookAgain(): boolean {
    this.giveBack();
    return this.look();
  }
}
