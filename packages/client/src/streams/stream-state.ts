// How far a stream is.

/** Whether it has or had a reader, and whether it is over. */
export interface StreamState {
  readonly isTaken: boolean;
  readonly isOver: boolean;
}
