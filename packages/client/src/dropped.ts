// Notices streams that are dropped in the middle, without `break`: until then their service waits for its reader.

/** Streams that end sooner are never handed to the garbage collector's book-keeping, which would be a fifth of their cost. */
const YOUNG_MS = 500;

/** Streams of one kind, each with what is needed to leave it. */
export class DroppedStreams<Held extends WeakKey> {
  readonly #registry: FinalizationRegistry<Held>;
  readonly #young = new Map<Held, WeakKey>();
  #timer: NodeJS.Timeout | undefined;

  /** @param leave is called by a garbage collection after a stream has been dropped, once it is not young any more. */
  constructor(leave: (held: Held) => void) {
    this.#registry = new FinalizationRegistry(leave);
  }

  /** @param held must not hold the stream, which could then never be dropped. */
  watch(stream: WeakKey, held: Held): void {
    this.#young.set(held, stream);
    this.#timer ??= withoutHolding(setTimeout(() => this.#grow(), YOUNG_MS));
  }

  /** It is over. */
  forget(held: Held): void {
    if (!this.#young.delete(held)) this.#registry.unregister(held);
  }

  #grow(): void {
    this.#timer = undefined;
    for (const [held, stream] of this.#young) this.#registry.register(stream, held, held);
    this.#young.clear();
  }
}

/** In browsers a timer is a number, and there is no process. */
const withoutHolding = (timer: NodeJS.Timeout): NodeJS.Timeout => {
  timer.unref?.();
  return timer;
};
