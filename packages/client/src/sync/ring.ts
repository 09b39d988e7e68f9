// The memory two threads share for one call: a ring of bytes, and the numbers by which writer and reader agree.

/** Bytes a ring holds by default; a longer record flows through in pieces. */
const RING_BYTES = 256 * 1024;

/** Bytes before what a record holds: its length (4, little endian) and its kind (1). */
export const PREFIX_BYTES = 5;

/** Records of this kind and above hold bytes, the others text in UTF-8. */
export const FIRST_KIND_OF_BYTES = 128;

/** Where the shared numbers stand, as indices of an Int32Array; what changes often stands 64 bytes apart, so that two cores do not fight over one line. */
export const Slot = {
  /** Bytes ever written, modulo 2^32. */
  Head: 0,
  ReaderSleeps: 16,
  /** Bytes ever read, modulo 2^32. */
  Tail: 32,
  WriterSleeps: 48,
  /** 1 once nobody reads any more; such a ring is not used again. */
  ReaderLeft: 49,
} as const;

const HEADER_BYTES = 256;

/** A ring as a thread sees it. */
export interface RingView {
  readonly slots: Int32Array;
  readonly bytes: Buffer;
}

/** A new ring. @param bytes how much it holds; a power of two. */
export const createRing = (bytes = RING_BYTES): SharedArrayBuffer =>
  new SharedArrayBuffer(HEADER_BYTES + bytes);

/** This thread's view of a ring. */
export const viewRing = (ring: SharedArrayBuffer): RingView => ({
  slots: new Int32Array(ring, 0, HEADER_BYTES / 4),
  bytes: Buffer.from(ring, HEADER_BYTES),
});

const spare: SharedArrayBuffer[] = [];
const MOST_SPARE = 8;

/** A ring for a new call: one that came back, or a new one. */
export const takeRing = (): SharedArrayBuffer => spare.pop() ?? createRing();

/** Gives back a ring whose last record was read; one whose writer may still write must not come back. */
export const giveBackRing = (ring: SharedArrayBuffer): void => {
  if (spare.length < MOST_SPARE) spare.push(ring);
};
