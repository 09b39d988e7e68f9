// What of a request for a response has no place in a chat.

/** Collects it. */
export interface Losses {
  /** It may be done without. */
  warn(message: string): void;
  /** The answer would be wrong without it. */
  refuse(what: string): void;
}
