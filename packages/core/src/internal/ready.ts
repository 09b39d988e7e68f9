// How a stream of this project hands out what it has without a promise.

/** The method of a stream that gives the next part if it has been read already. It may be called while no read is under way. */
export const READY = Symbol.for('g4f.ready');

/** A stream that may have it. */
export interface MayBeReady<Part> {
  [READY]?(): IteratorResult<Part, undefined> | undefined;
}
