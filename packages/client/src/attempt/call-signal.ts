// What can end a whole call before its answer is complete: the caller's own signal, the reader's leave, the client's end, the total deadline.
import type { Abortable } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { toAbortError } from '../errors/abort-error.ts';
import type { Closing } from '../errors/client-closing.ts';
import type { Settings } from '../options/settings.ts';
import { MAX_TIMER_MS, timeoutError } from './deadlines.ts';
import { onAbort } from './on-abort.ts';

/** The signal of a whole call: the caller's own, the reader's leave, and the total deadline. */
export class CallSignal {
  readonly #call = new LightAbort();
  #stops: readonly (() => void)[] = [];
  readonly #timer: NodeJS.Timeout | undefined;
  /** When the total deadline passes, on the clock of `performance.now()`. */
  readonly endsAt: number;

  /**
   * @param startedAt when the call was made, on the clock of `performance.now()`: a synchronous call has waited for its
   * worker by now, and its deadline counts that.
   * @param closing the end of the client.
   * @throws G4FError if it is over before it begins.
   */
  constructor(
    { signal, limits }: Pick<Settings, 'signal' | 'limits'>,
    left: Abortable | undefined,
    startedAt: number = performance.now(),
    closing?: Closing,
  ) {
    closing?.check();
    if (signal?.aborted) throw toAbortError(signal);
    if (left?.aborted) throw toAbortError(left);
    if (signal !== undefined) this.#follow(signal);
    if (left !== undefined) this.#follow(left);
    if (closing !== undefined) this.#follow(closing);
    const { total } = limits;
    this.endsAt = startedAt + total;
    const ms = this.endsAt - performance.now();
    if (ms <= MAX_TIMER_MS)
      this.#timer = setTimeout(() => this.#call.abort(timeoutError('the call', 'total', total)), ms);
  }

  get signal(): Abortable {
    return this.#call;
  }

  /** Lets go of timers and listeners. */
  release(): void {
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  #follow(outer: Abortable): void {
    // Not pushed: that leaves room for sixteen more, in every stream that is open.
    this.#stops = this.#stops.concat(onAbort(outer, () => this.#call.abort(outer.reason)));
  }
}
