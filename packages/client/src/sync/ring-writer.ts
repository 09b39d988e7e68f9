// The writing end of a ring: puts records in, and waits by promise while the ring is full.
/// <reference lib="es2024.sharedmemory" />
import { PREFIX_BYTES, type RingView, Slot, viewRing } from './ring.ts';

/** UTF-8 needs at most this many bytes for one unit of a JavaScript string. */
const MOST_BYTES_PER_UNIT = 3;

/**
 * Writes records: a kind (0–255) and a text without lone surrogates. It never blocks its thread, so that the
 * connections of other calls go on; and as it pulls nothing while it waits, a slow reader slows the service down.
 */
export class RingWriter {
  readonly #slots: Int32Array;
  readonly #bytes: Buffer;
  #head: number;
  #tail: number;
  #closed = false;

  constructor(ring: SharedArrayBuffer) {
    const view: RingView = viewRing(ring);
    this.#slots = view.slots;
    this.#bytes = view.bytes;
    this.#head = Atomics.load(view.slots, Slot.Head);
    this.#tail = Atomics.load(view.slots, Slot.Tail);
  }

  /** Puts a record in if it surely fits in one piece, unseen by the reader until {@link publish}; else says false. */
  tryWrite(kind: number, text: string): boolean {
    const start = this.#head & (this.#bytes.length - 1);
    const most = PREFIX_BYTES + text.length * MOST_BYTES_PER_UNIT;
    if (most > this.#bytes.length - start || !this.#hasRoom(most)) return false;
    const length = this.#bytes.write(text, start + PREFIX_BYTES);
    this.#bytes.writeUInt32LE(length, start);
    this.#bytes[start + 4] = kind;
    this.#head = (this.#head + PREFIX_BYTES + length) | 0;
    return true;
  }

  /** Puts a record of any length in and publishes it; fulfils when all of it is in, or the writer was closed. */
  async write(kind: number, text: string): Promise<void> {
    if (this.tryWrite(kind, text)) return this.publish();
    await this.writeBytes(kind, Buffer.from(text));
  }

  /** The same with bytes. */
  async writeBytes(kind: number, bytes: Uint8Array): Promise<void> {
    const prefix = Buffer.alloc(PREFIX_BYTES);
    prefix.writeUInt32LE(bytes.length);
    prefix[4] = kind;
    const record = Buffer.concat([prefix, bytes]);
    for (let at = 0; at < record.length; ) {
      const free = await this.#someRoom();
      if (free === 0) return;
      const start = this.#head & (this.#bytes.length - 1);
      const length = Math.min(free, this.#bytes.length - start, record.length - at);
      record.copy(this.#bytes, start, at, at + length);
      this.#head = (this.#head + length) | 0;
      at += length;
    }
    this.publish();
  }

  /** Whether the reader has left. */
  get isLeft(): boolean {
    return Atomics.load(this.#slots, Slot.ReaderLeft) !== 0;
  }

  /** Lets the reader see what was written, and wakes it if it sleeps. */
  publish(): void {
    Atomics.store(this.#slots, Slot.Head, this.#head);
    if (Atomics.load(this.#slots, Slot.ReaderSleeps) !== 0) this.wakeReader();
  }

  /** Wakes the reader though there may be nothing to read, so that it looks whether this thread still lives. */
  wakeReader(): void {
    Atomics.notify(this.#slots, Slot.Head);
  }

  /** Ends a wait for room: nobody reads any more. */
  close(): void {
    this.#closed = true;
    Atomics.notify(this.#slots, Slot.Tail);
  }

  #free(): number {
    return this.#bytes.length - ((this.#head - this.#tail) >>> 0);
  }

  #hasRoom(bytes: number): boolean {
    if (this.#free() >= bytes) return true;
    this.#tail = Atomics.load(this.#slots, Slot.Tail);
    return this.#free() >= bytes;
  }

  /** Waits until there is room; says how much, or 0 once closed. */
  async #someRoom(): Promise<number> {
    while (!this.#closed && !this.#hasRoom(1)) {
      this.publish();
      Atomics.store(this.#slots, Slot.WriterSleeps, 1);
      await Atomics.waitAsync(this.#slots, Slot.Tail, this.#tail).value;
      Atomics.store(this.#slots, Slot.WriterSleeps, 0);
    }
    return this.#closed ? 0 : this.#free();
  }
}
