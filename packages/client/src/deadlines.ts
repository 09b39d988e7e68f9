// When to give up: every deadline of a call, in one place and with no timer per chunk.
import { G4FError, type TimeoutPhase, type WaitPhase } from '@g4f/core';
import type { Limits } from './settings.ts';

/** The deadlines of one attempt at one backend. */
export interface Deadlines {
  /** What is waited for now. */
  enter(phase: WaitPhase): void;
  /** Content has arrived: from now on the wait is `idle`, and begins anew. */
  heard(): void;
  /**
   * Waits for the backend: only this time counts for `idle`, not the time the reader takes. Rejects when a deadline
   * passes or `cancel` is called, whether or not the backend takes notice.
   */
  wait<T>(promise: Promise<T>): Promise<T>;
  /** Rejects the current wait and those to come. */
  cancel(error: Error): void;
  /** Stops the timer for good: what the backend says afterwards sets none again. */
  stop(): void;
}

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

/** @param expire is told when a deadline passes; it must abort the attempt. */
export const createDeadlines = (
  provider: string,
  limits: Limits,
  expire: (error: G4FError) => void,
): Deadlines => {
  let phase: WaitPhase | 'idle' = 'first-content';
  let timer: NodeJS.Timeout | undefined;
  // How long the backend has been silent, over all waits since the last content, and since when it is now.
  let silentMs = 0;
  let waitingSince: number | undefined;
  let rejectWait: ((error: Error) => void) | undefined;
  let cancelled: Error | undefined;
  let stopped = false;

  const limit = (): number => (phase === 'prepare' ? Number.POSITIVE_INFINITY : limits[OPTION[phase]]);
  const silence = (): number =>
    silentMs + (waitingSince === undefined ? 0 : performance.now() - waitingSince);
  const cancel = (error: Error): void => {
    cancelled ??= error;
    rejectWait?.(cancelled);
  };

  // One timer per phase. It is not moved by content; when it fires too early it is set again for what is left.
  const check = (): void => {
    timer = undefined;
    if (waitingSince === undefined) return;
    const left = limit() - silence();
    if (left > 0) arm(left);
    else if (phase !== 'prepare') {
      const error = timeoutError(provider, phase, limit(), provider);
      cancel(error);
      expire(error);
    }
  };
  const arm = (ms: number): void => {
    if (ms <= MAX_TIMER_MS && !stopped) timer = setTimeout(check, Math.ceil(ms));
  };
  const begin = (next: WaitPhase | 'idle'): void => {
    phase = next;
    silentMs = 0;
    if (waitingSince !== undefined) waitingSince = performance.now();
    clearTimeout(timer);
    timer = undefined;
    if (waitingSince !== undefined) arm(limit());
  };
  const waitEnds = (): void => {
    silentMs = silence();
    waitingSince = undefined;
    rejectWait = undefined;
  };

  return {
    enter: begin,
    heard() {
      if (phase === 'idle') silentMs = 0;
      else begin('idle');
    },
    wait(promise) {
      waitingSince = performance.now();
      if (timer === undefined) arm(limit() - silentMs);
      return new Promise((resolve, reject) => {
        rejectWait = reject;
        promise.then(
          (value) => {
            waitEnds();
            resolve(value);
          },
          (error: unknown) => {
            waitEnds();
            reject(error);
          },
        );
        if (cancelled !== undefined) reject(cancelled);
      });
    },
    cancel,
    stop() {
      stopped = true;
      clearTimeout(timer);
      timer = undefined;
    },
  };
};

/** The longest time setTimeout can count, in ms (24.8 days); longer deadlines are none. */
export const MAX_TIMER_MS = 2 ** 31 - 1;
