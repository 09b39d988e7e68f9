// Readers of one source who came at the same time, each in its turn: what an async generator does for its own.

/** Turns without a promise where nobody waits. */
export class Mutex {
  #isTaken = false;
  /** Made when somebody waits, which is seldom. */
  #waiting: (() => void)[] | undefined;

  /** Takes the turn: at once, or when the promise is resolved. `leave` must follow. */
  enter(): Promise<void> | undefined {
    if (this.#isTaken) {
      this.#waiting ??= [];
      const waiting = this.#waiting;
      return new Promise((resolve) => waiting.push(resolve));
    }
    this.#isTaken = true;
    return undefined;
  }

  /** Hands the turn to whoever has waited longest. */
  leave(): void {
    const next = this.#waiting?.shift();
    if (next === undefined) this.#isTaken = false;
    else next();
  }
}
