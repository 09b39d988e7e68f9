// When to give up: every deadline of a call, in one place and with no timer per chunk.
import { G4FError, type TimeoutPhase, type WaitPhase } from '@g4f/core';
import type { Limits } from '../options/deadline-limits.ts';

const MISSED: Readonly<Record<TimeoutPhase, string>> = {
  connect: 'no connection',
  headers: 'no answer',
  'first-content': 'no content after the headers',
  idle: 'silence in mid-answer',
  total: 'the answer was not complete',
};

const OPTION: Readonly<Record<TimeoutPhase, keyof Limits>> = {
  connect: 'connect',
  headers: 'headers',
  'first-content': 'firstContent',
  idle: 'idle',
  total: 'total',
};

/** The error for a deadline that has passed. */
export const timeoutError = (who: string, phase: TimeoutPhase, ms: number, provider?: string): G4FError =>
  new G4FError(
    `${who}: ${MISSED[phase]} within ${ms} ms. Try again, raise timeout.${OPTION[phase]}, or choose another provider.`,
    { code: 'timeout', phase, provider },
  );

/** The longest time setTimeout can count, in ms (24.8 days); longer deadlines are none. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The deadlines of one attempt at one provider. They share one timer, which is not moved by phases and content: when it
 * fires too early, it is set again for what is left.
 */
export class Deadlines {
  readonly #provider: string;
  readonly #limits: Limits;
  readonly #expire: (error: G4FError) => void;
  #phase: WaitPhase | 'idle' = 'first-content';
  #timer: NodeJS.Timeout | undefined;
  /** The same, where there is a process that it may keep alive: in browsers a timer is a number. */
  #hold: Hold | undefined;
  #firesAt = Number.POSITIVE_INFINITY;
  // How long the provider has been silent, over all waits since the last content, and since when it is now.
  #silentMs = 0;
  #waitingSince: number | undefined;
  #isWatched = false;
  #missed: ((error: Error) => void) | undefined;
  #cancelled: Error | undefined;
  #isStopped = false;

  /** @param expire is told when a deadline passes; it must abort the attempt. */
  constructor(provider: string, limits: Limits, expire: (error: G4FError) => void) {
    this.#provider = provider;
    this.#limits = limits;
    this.#expire = expire;
  }

  /** What is waited for now. */
  enter(phase: WaitPhase): void {
    this.#phase = phase;
    this.#silentMs = 0;
    if (this.#waitingSince === undefined) return;
    this.#waitingSince = performance.now();
    if (this.#isWatched) this.#arm(this.#limit(), this.#waitingSince);
  }

  /**
   * The wait for the provider begins, and with it what only counts while somebody waits: `idle` is no time the reader takes.
   * It is asked next, and then `watch` follows: what it enters at once would otherwise set one timer after the other.
   *
   * @param missed is told when a deadline passes or `cancel` is called.
   */
  begin(missed: (error: Error) => void): void {
    this.#waitingSince = performance.now();
    this.#missed = missed;
    if (this.#cancelled !== undefined) missed(this.#cancelled);
  }

  /** From now on the wait may be too long, unless it is over already. */
  watch(): void {
    if (this.#waitingSince === undefined) return;
    this.#isWatched = true;
    this.#arm(this.#limit() - this.#silentMs, this.#waitingSince);
    this.#holdProcess(true);
  }

  /** The wait is over: something came that is no content. */
  end(): void {
    if (this.#waitingSince !== undefined) this.#silentMs += performance.now() - this.#waitingSince;
    this.#waitEnds();
  }

  /** The wait is over: content came. From now on the waits are `idle`, and silence begins anew. */
  contentCame(): void {
    this.#phase = 'idle';
    this.#silentMs = 0;
    this.#waitEnds();
  }

  /** Waits for a promise, which is left when a deadline passes or `cancel` is called, whether or not the provider takes notice. */
  wait<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.begin(reject);
      this.watch();
      promise.then(
        (value) => {
          this.end();
          resolve(value);
        },
        (error: unknown) => {
          this.end();
          reject(error);
        },
      );
    });
  }

  /** Ends the current wait and those to come. */
  cancel(error: Error): void {
    this.#cancelled ??= error;
    this.#missed?.(this.#cancelled);
  }

  /** Stops the timer for good: what the provider says afterwards sets none again. */
  stop(): void {
    this.#isStopped = true;
    this.#disarm();
  }

  /** How long until the deadline of what is waited for passes if nothing comes, in ms. */
  leftMs(): number {
    const since = this.#waitingSince;
    return this.#limit() - this.#silentMs - (since === undefined ? 0 : performance.now() - since);
  }

  #limit(): number {
    return this.#phase === 'prepare' ? Number.POSITIVE_INFINITY : this.#limits[OPTION[this.#phase]];
  }

  #waitEnds(): void {
    this.#waitingSince = undefined;
    this.#isWatched = false;
    this.#missed = undefined;
    this.#holdProcess(false);
  }

  /** The timer stays set between waits, but then nobody waits for it. */
  #holdProcess(isHeld: boolean): void {
    if (isHeld) this.#hold?.ref();
    else this.#hold?.unref();
  }

  /** Sees to it that the timer fires no later than the deadline; a second wait most often finds it set. */
  #arm(left: number, now: number): void {
    // Where there is no deadline, a timer that is set again when it fires holds the process while somebody waits.
    const ms = Math.min(left, MAX_TIMER_MS);
    const dueAt = now + ms;
    if (this.#isStopped || this.#firesAt <= dueAt) return;
    this.#disarm();
    this.#firesAt = dueAt;
    this.#timer = setTimeout(() => this.#check(), Math.ceil(ms));
    this.#hold = asNodeTimer(this.#timer);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#hold = undefined;
    this.#firesAt = Number.POSITIVE_INFINITY;
  }

  #check(): void {
    this.#disarm();
    if (this.#waitingSince === undefined) return;
    const phase = this.#phase;
    const left = this.leftMs();
    if (left > 0 || phase === 'prepare') {
      this.#arm(left, performance.now());
      return;
    }
    const error = timeoutError(this.#provider, phase, this.#limit(), this.#provider);
    // The provider first, so that its signal says why; whoever waits then gives it up.
    this.#expire(error);
    this.cancel(error);
  }
}

type Hold = Pick<NodeJS.Timeout, 'ref' | 'unref'>;

const asNodeTimer = (timer: unknown): Hold | undefined => (isHold(timer) ? timer : undefined);

const isHold = (timer: unknown): timer is Hold =>
  typeof timer === 'object' && timer !== null && 'ref' in timer && 'unref' in timer;
