// Notices streams that are dropped in the middle, without `break`: until then their service waits for its reader.

/** Streams that end sooner are never handed to the garbage collector's book-keeping, which would be a fifth of their cost. */
export const YOUNG_MS = 500;

/** A stream under watch. */
export interface Watched<Held> {
  readonly stream: WeakKey;
  readonly held: Held;
  /** Its place among the young; -1 once it is none of them. */
  at: number;
}

/** Streams of one kind, each with what is needed to leave it. */
export class AbandonedStreams<Held> {
  readonly #registry: FinalizationRegistry<Held>;
  /** A list whose members know their places, because to enter and leave a map costs a stream a microsecond. */
  #young: Watched<Held>[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param leave is called by a garbage collection after a stream has been dropped, once it is not young any more. */
  constructor(leave: (held: Held) => void) {
    this.#registry = new FinalizationRegistry(leave);
  }

  /** @param held must not hold the stream, which could then never be dropped. @returns what `forget` takes; it holds the stream. */
  watch(stream: WeakKey, held: Held): Watched<Held> {
    const watched = { stream, held, at: this.#young.length };
    this.#young.push(watched);
    this.#timer ??= withoutHolding(setTimeout(() => this.#grow(), YOUNG_MS));
    return watched;
  }

  /** It is over. */
  forget(watched: Watched<Held>): void {
    const { at } = watched;
    if (at === -1) {
      this.#registry.unregister(watched);
      return;
    }
    watched.at = -1;
    const last = this.#young.pop();
    if (last === undefined || last === watched) return;
    this.#young[at] = last;
    last.at = at;
  }

  #grow(): void {
    const grown = this.#young;
    this.#timer = undefined;
    this.#young = [];
    for (const watched of grown) {
      watched.at = -1;
      this.#registry.register(watched.stream, watched.held, watched);
    }
  }
}

/** In browsers a timer is a number, and there is no process. */
const withoutHolding = (timer: NodeJS.Timeout): NodeJS.Timeout => {
  timer.unref?.();
  return timer;
};
