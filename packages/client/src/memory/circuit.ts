// A circuit breaker for one provider: after failures in a row it is left alone for a while, then asked once to see.
// Source: https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker

import type { BackendHealth } from '../surface/reports.ts';

/** `open`: left alone. `half-open`: the next request is a probe, and while it is under way there is no other. */
type CircuitState = BackendHealth['state'];

/** The circuit of one provider. Times are in ms on the clock it was made with. */
export interface Circuit {
  state(): CircuitState;
  /** Until when it is open; undefined if it is not. */
  openUntil(): number | undefined;
  /** Whether the provider should be left alone now: its circuit is open, or a probe is under way. */
  isResting(): boolean;
  /** A request is about to be sent; `spoke`, `succeeded` or `failed` follow. @returns whether it is the probe */
  begun(): boolean;
  /** It has begun to answer: it is asked again, and one more failure is enough to leave it alone. */
  spoke(): void;
  succeeded(): void;
  failed(): void;
  /** The probe told nothing of the provider: it was not sent, or its reader left. */
  left(): void;
}

/** Failures in a row that open it. */
const FAILURES = 5;
const FIRST_REST_MS = 5000;
const LONGEST_REST_MS = 120_000;

/** A closed circuit. @param now a clock in ms that never goes back. */
export const createCircuit = (now: () => number): Circuit => {
  let failures = 0;
  let rests = 0;
  let until: number | undefined;
  let isProbing = false;

  const state = (): CircuitState => {
    if (until === undefined) return 'closed';
    return until > now() ? 'open' : 'half-open';
  };
  return {
    state,
    openUntil: () => (state() === 'open' ? until : undefined),
    isResting: () => state() === 'open' || (state() === 'half-open' && isProbing),
    begun() {
      const isProbe = !isProbing && state() === 'half-open';
      isProbing ||= isProbe;
      return isProbe;
    },
    spoke() {
      isProbing = false;
      if (until === undefined) return;
      until = undefined;
      failures = FAILURES - 1;
    },
    succeeded() {
      failures = 0;
      rests = 0;
      until = undefined;
      isProbing = false;
    },
    failed() {
      failures += 1;
      isProbing = false;
      if (failures < FAILURES) return;
      until = now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** rests);
      rests += 1;
    },
    left() {
      isProbing = false;
    },
  };
};
