// When to give up: every deadline of a call, in one place and with no timer per chunk.
import { G4FError, type TimeoutPhase, type WaitPhase } from '@g4f/core';
import type { Limits } from './settings.ts';

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
 * The deadlines of one attempt at one backend. They share one timer, which is not moved by phases and content: when it
 * fires too early, it is set again for what is left.
 */
export class Deadlines {
  readonly #provider: string;
  readonly #limits: Limits;
  readonly #expire: (error: G4FError) => void;
  #phase: WaitPhase | 'idle' = 'first-content';
  #timer: NodeJS.Timeout | undefined;
  #firesAt = Number.POSITIVE_INFINITY;
  // How long the backend has been silent, over all waits since the last content, and since when it is now.
  #silentMs = 0;
  #waitingSince: number | undefined;
  #rejectWait: ((error: Error) => void) | undefined;
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
    this.#begin(phase);
  }

  /** Content has arrived: from now on the wait is `idle`, and begins anew. */
  heard(): void {
    if (this.#phase === 'idle') this.#silentMs = 0;
    else this.#begin('idle');
  }

  /**
   * Waits for the backend: only this time counts for `idle`, not the time the reader takes. Rejects when a deadline
   * passes or `cancel` is called, whether or not the backend takes notice.
   */
  wait<T>(promise: Promise<T>): Promise<T> {
    const now = performance.now();
    this.#waitingSince = now;
    this.#arm(this.#limit() - this.#silentMs, now);
    this.#holdProcess(true);
    return new Promise((resolve, reject) => {
      this.#rejectWait = reject;
      promise.then(
        (value) => {
          this.#waitEnds();
          resolve(value);
        },
        (error: unknown) => {
          this.#waitEnds();
          reject(error);
        },
      );
      if (this.#cancelled !== undefined) reject(this.#cancelled);
    });
  }

  /** Rejects the current wait and those to come. */
  cancel(error: Error): void {
    this.#cancelled ??= error;
    this.#rejectWait?.(this.#cancelled);
  }

  /** Stops the timer for good: what the backend says afterwards sets none again. */
  stop(): void {
    this.#isStopped = true;
    this.#disarm();
  }

  #limit(): number {
    return this.#phase === 'prepare' ? Number.POSITIVE_INFINITY : this.#limits[OPTION[this.#phase]];
  }

  #begin(next: WaitPhase | 'idle'): void {
    this.#phase = next;
    this.#silentMs = 0;
    if (this.#waitingSince === undefined) return;
    const now = performance.now();
    this.#waitingSince = now;
    this.#arm(this.#limit(), now);
  }

  #waitEnds(): void {
    if (this.#waitingSince !== undefined) this.#silentMs += performance.now() - this.#waitingSince;
    this.#waitingSince = undefined;
    this.#rejectWait = undefined;
    this.#holdProcess(false);
  }

  /** The timer stays set between waits, but then nobody waits for it. In browsers it is a number, and there is no process. */
  #holdProcess(isHeld: boolean): void {
    const timer: unknown = this.#timer;
    if (!isNodeTimer(timer)) return;
    if (isHeld) timer.ref();
    else timer.unref();
  }

  /** Sees to it that the timer fires no later than the deadline; a second wait most often finds it set. */
  #arm(left: number, now: number): void {
    const dueAt = now + left;
    if (left > MAX_TIMER_MS || this.#isStopped || this.#firesAt <= dueAt) return;
    this.#disarm();
    this.#firesAt = dueAt;
    this.#timer = setTimeout(() => this.#check(), Math.ceil(left));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#firesAt = Number.POSITIVE_INFINITY;
  }

  #check(): void {
    this.#disarm();
    if (this.#waitingSince === undefined) return;
    const now = performance.now();
    const phase = this.#phase;
    const left = this.#limit() - this.#silentMs - (now - this.#waitingSince);
    if (left > 0 || phase === 'prepare') {
      this.#arm(left, now);
      return;
    }
    const error = timeoutError(this.#provider, phase, this.#limit(), this.#provider);
    this.cancel(error);
    this.#expire(error);
  }
}

const isNodeTimer = (timer: unknown): timer is Pick<NodeJS.Timeout, 'ref' | 'unref'> =>
  typeof timer === 'object' && timer !== null && 'ref' in timer && 'unref' in timer;
