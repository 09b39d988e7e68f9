// What a model takes besides its messages, where that differs from model to model of one service.

/** Which parameters a model takes. */
export interface ChatTakes {
  /** Levels of `reasoning_effort`, least first; none if it takes no level. */
  readonly efforts: readonly string[];
  /** The level without one of the caller's. */
  readonly unasked: string;
  /** Parameters that it always refuses. */
  readonly refused: readonly string[];
  /** Parameters that it refuses while it reasons. */
  readonly refusedReasoning: readonly string[];
}
