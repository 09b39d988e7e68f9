// A whole answer as it crosses between threads.

/** JSON, and apart from it the bytes that would be long in it. */
export interface Packed {
  readonly json: unknown;
  readonly bytes: Iterable<Uint8Array>;
}
