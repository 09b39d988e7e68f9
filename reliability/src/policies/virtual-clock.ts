// A clock that stands still until everything that can go on without it has gone on: hours pass in seconds, and the same twice.

/** A timer of the simulation. */
interface Timer {
  readonly dueAt: number;
  /** Of two at the same time the older one is first. */
  readonly place: number;
  readonly run: () => void;
  isOff: boolean;
}

/** What of the platform asks what time it is, or leaves something to chance. */
interface Replaced {
  readonly setTimeout: typeof globalThis.setTimeout;
  readonly clearTimeout: typeof globalThis.clearTimeout;
  readonly now: typeof performance.now;
  readonly date: typeof Date.now;
  readonly random: typeof Math.random;
}

/** The clock in ms from 0. */
export class VirtualClock {
  #now = 0;
  #place = 0;
  /** A heap: the next one is first. */
  readonly #timers: Timer[] = [];
  readonly #before: Replaced = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    now: performance.now,
    date: Date.now,
    random: Math.random,
  };

  get now(): number {
    return this.#now;
  }

  /** From here on the whole process goes by it. @param random stands for `Math.random`. */
  install(random: () => number): void {
    const set = (run: () => void, ms = 0): object => {
      const timer = this.at(this.#now + Math.max(0, ms), run);
      const handle: object = { timer, ref: () => handle, unref: () => handle, hasRef: () => true };
      return handle;
    };
    const clear = (handle?: { readonly timer?: Timer }): void => {
      if (handle?.timer !== undefined) handle.timer.isOff = true;
    };
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
    performance.now = () => this.#now;
    Date.now = () => 1_700_000_000_000 + this.#now;
    Math.random = random;
  }

  /** The platform's own clock is back. */
  uninstall(): void {
    const { setTimeout, clearTimeout, now, date, random } = this.#before;
    Object.assign(globalThis, { setTimeout, clearTimeout });
    performance.now = now;
    Date.now = date;
    Math.random = random;
  }

  at(dueAt: number, run: () => void): Timer {
    const timer = { dueAt, place: this.#place++, run, isOff: false };
    let at = this.#timers.push(timer) - 1;
    for (let up = (at - 1) >> 1; at > 0 && this.#isBefore(at, up); up = (at - 1) >> 1)
      at = this.#swap(at, up);
    return timer;
  }

  /** Lets time pass until it is over, or nothing is left to wait for. */
  async runUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const timer = this.#take();
      if (timer === undefined) return;
      if (timer.isOff) continue;
      this.#now = Math.max(this.#now, timer.dueAt);
      timer.run();
      // All promises are settled that can be.
      await new Promise(setImmediate);
    }
  }

  #take(): Timer | undefined {
    const [first] = this.#timers;
    const last = this.#timers.pop();
    if (last === undefined || first === last) return first;
    this.#timers[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const next = right < this.#timers.length && this.#isBefore(right, left) ? right : left;
      if (next >= this.#timers.length || !this.#isBefore(next, at)) return first;
      at = this.#swap(at, next);
    }
  }

  #isBefore(at: number, other: number): boolean {
    const [one, two] = [this.#timers[at], this.#timers[other]];
    if (one === undefined || two === undefined) return false;
    return one.dueAt === two.dueAt ? one.place < two.place : one.dueAt < two.dueAt;
  }

  #swap(at: number, other: number): number {
    const [one, two] = [this.#timers[at], this.#timers[other]];
    if (one !== undefined && two !== undefined) [this.#timers[at], this.#timers[other]] = [two, one];
    return other;
  }
}
