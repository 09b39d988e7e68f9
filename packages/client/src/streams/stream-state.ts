// How far a stream is.

/** How far a stream is. */
export interface StreamState {
  readonly isTaken: boolean;
  readonly isOver: boolean;
  readonly isLeft: boolean;
}
