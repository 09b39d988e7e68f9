// Calls that hold a reservation: waited for while others hold what is left, renewed while they run.
import type { Reservation, Reserved, State, Want } from '../state/state.ts';
import { within } from '../state/within.ts';

/** After this long without a sign of life a reservation is nobody's, in ms. */
const LEASE = 30_000;
const RENEWAL = 10_000;
/** How long a call waits for those under way, and between two questions: calls at other gateways give no sign. In ms. */
const PATIENCE = 30_000;
const [SHORTEST, LONGEST] = [20, 500];

/** How reservations are made. */
export interface ReservationTerms {
  readonly state: State;
  /** How long one operation of the state may take, in ms. */
  readonly timeout: number;
  /** How long a call waits for those under way, in ms. */
  readonly patience?: number | undefined;
}

/** The reservations of one gateway. */
export class Reservations {
  readonly #terms: ReservationTerms;
  /** The key of each call. */
  readonly #running = new Map<string, string>();
  readonly #waiting = new Set<() => void>();
  #renewal: ReturnType<typeof setInterval> | undefined;

  constructor(terms: ReservationTerms) {
    this.#terms = terms;
  }

  /** Waits until the call may begin, or may not. @throws StateError; the signal's reason */
  async reserve(call: string, key: string, wants: readonly Want[], signal: AbortSignal): Promise<Reserved> {
    const { state, timeout, patience = PATIENCE } = this.#terms;
    const until = performance.now() + patience;
    const reservation: Reservation = { call, key, wants, lease: LEASE };
    for (let pause = SHORTEST; ; pause = Math.min(2 * pause, LONGEST)) {
      signal.throwIfAborted();
      const reserved = await within(state.reserve(reservation), timeout, state.name);
      if (reserved.isGranted) this.#begin(call, key);
      if (reserved.isGranted || reserved.why !== 'busy' || performance.now() >= until) return reserved;
      await this.#another(pause, signal);
    }
  }

  /** The call is over, and settled. */
  end(call: string): void {
    this.#running.delete(call);
    if (this.#running.size === 0) this.close();
    for (const go of this.#waiting) go();
  }

  close(): void {
    clearInterval(this.#renewal);
    this.#renewal = undefined;
  }

  #begin(call: string, key: string): void {
    this.#running.set(call, key);
    if (this.#renewal !== undefined) return;
    const timer: ReturnType<typeof setInterval> & { unref?: () => void } = setInterval(
      () => this.#renew(),
      RENEWAL,
    );
    timer.unref?.();
    this.#renewal = timer;
  }

  /** One that fails is made good by the next: a lease lasts longer. */
  #renew(): void {
    this.#terms.state.renew(this.#running, LEASE).catch(() => undefined);
  }

  /** Until another call is over, a pause has passed, or this one is given up. */
  #another(pause: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        this.#waiting.delete(go);
        clearTimeout(timer);
        signal.removeEventListener('abort', go);
        resolve();
      };
      const timer = setTimeout(go, pause);
      signal.addEventListener('abort', go);
      this.#waiting.add(go);
    });
  }
}
