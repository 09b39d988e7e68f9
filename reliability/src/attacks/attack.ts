// One attack: what somebody tries, and the promise of docs/security.md that must hold all the same.

/** Numbers from 0 up to 1, the same for the same seed. */
export type Random = () => number;

/** Tries one thing, with other inputs for every seed. */
export interface Attack {
  /** What is tried, in a few words. */
  readonly name: string;
  /** The promise that must hold, as docs/security.md words it. */
  readonly promise: string;
  /** @throws when the promise is broken, saying how. */
  run(random: Random): Promise<void> | void;
}
