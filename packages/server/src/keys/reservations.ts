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

/** Calls of one key that wait for others: one of them asks from time to time, the others are told. */
interface Queue {
  readonly waiting: Set<() => void>;
  isPolled: boolean;
}

/** The reservations of one gateway. */
export class Reservations {
  readonly #terms: ReservationTerms;
  /** The key of each call. */
  readonly #running = new Map<string, string>();
  readonly #queues = new Map<string, Queue>();
  #renewal: ReturnType<typeof setInterval> | undefined;
  /** By the clock of the process and by that of the machine: either may jump. */
  #renewedAt = { process: 0, machine: 0 };

  constructor(terms: ReservationTerms) {
    this.#terms = terms;
  }

  /** Waits until the call may begin, or may not. @throws StateError; the signal's reason */
  async reserve(call: string, key: string, wants: readonly Want[], signal: AbortSignal): Promise<Reserved> {
    const { state, timeout, patience = PATIENCE } = this.#terms;
    const until = performance.now() + patience;
    const reservation: Reservation = { call, key, wants, lease: LEASE };
    try {
      for (let pause = SHORTEST; ; pause = Math.min(2 * pause, LONGEST)) {
        signal.throwIfAborted();
        if (this.#isLate()) await within(this.#renew(), timeout, state.name);
        const reserved = await within(state.reserve(reservation), timeout, state.name);
        if (reserved.isGranted) this.#begin(call, key);
        const left = until - performance.now();
        if (reserved.isGranted || reserved.why !== 'busy' || left <= 0) return reserved;
        await this.#turn(key, pause, left, signal);
      }
    } finally {
      // There may be room for more than one.
      this.#wake(key);
    }
  }

  /** The call is over, and settled. */
  end(call: string): void {
    const key = this.#running.get(call);
    this.#running.delete(call);
    if (this.#running.size === 0) this.close();
    if (key !== undefined) this.#wake(key);
  }

  close(): void {
    clearInterval(this.#renewal);
    this.#renewal = undefined;
  }

  #begin(call: string, key: string): void {
    if (this.#running.size === 0) this.#renewedAt = times();
    this.#running.set(call, key);
    if (this.#renewal !== undefined) return;
    const timer: ReturnType<typeof setInterval> & { unref?: () => void } = setInterval(
      () => this.#renew().catch(() => undefined),
      RENEWAL,
    );
    timer.unref?.();
    this.#renewal = timer;
  }

  /** One that fails is made good by the next: a lease lasts longer. */
  async #renew(): Promise<void> {
    const renewedAt = times();
    await this.#terms.state.renew(this.#running, LEASE);
    this.#renewedAt = renewedAt;
  }

  /** Whether a clock has jumped or the process stood still: calls that run may have lost their leases, which nobody has ended yet. */
  #isLate(): boolean {
    if (this.#running.size === 0) return false;
    const { process, machine } = times();
    const passed = [process - this.#renewedAt.process, Math.abs(machine - this.#renewedAt.machine)];
    return Math.max(...passed) > LEASE / 2;
  }

  /** One at a time, so that many that wait do not ask all at once. */
  #wake(key: string): void {
    const [go] = this.#queues.get(key)?.waiting ?? [];
    go?.();
  }

  /** Until another call is over, this one is given up, or a pause has passed: for one of each key, for the others all their patience. */
  #turn(key: string, pause: number, left: number, signal: AbortSignal): Promise<void> {
    const queue = this.#queues.get(key) ?? { waiting: new Set(), isPolled: false };
    this.#queues.set(key, queue);
    const polls = !queue.isPolled;
    queue.isPolled = true;
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', go);
        queue.waiting.delete(go);
        if (polls) queue.isPolled = false;
        if (queue.waiting.size === 0) this.#queues.delete(key);
        resolve();
      };
      const timer = setTimeout(go, polls ? Math.min(pause, left) : left);
      signal.addEventListener('abort', go);
      queue.waiting.add(go);
      // It was given up while the state was asked.
      if (signal.aborted) go();
    });
  }
}

const times = () => ({ process: performance.now(), machine: Date.now() });
