// The faults that can be simulated, under their names in the test kit's table, and what each does to an answer.
import type { ErrorCode, WaitPhase } from '@g4f/core';

/** What a service does wrong, as the reader of its answer is told. */
interface FaultFailure {
  readonly code: ErrorCode;
  /** HTTP status. */
  readonly status?: number;
  readonly retryAfterMs?: number;
}

/** One fault. */
export interface SimulatedFault {
  /** What the service does, after "the service". */
  readonly does: string;
  /** `instead` of an answer, nobody being asked; `midway`, after the first content of a real answer; `slow` for all of it. */
  readonly when: 'instead' | 'midway' | 'slow';
  /** What the answer fails with; silence until a deadline passes unless given. */
  readonly failure?: FaultFailure;
  /** What is waited for, where there is silence instead of an answer. */
  readonly phase?: WaitPhase;
}

const refusal = (status: number, code: ErrorCode): SimulatedFault => ({
  does: `answers ${status}`,
  when: 'instead',
  failure: { code, status },
});
const noAnswer = (does: string): SimulatedFault => ({
  does,
  when: 'instead',
  failure: { code: 'bad-response' },
});
const midway = (does: string, code: ErrorCode): SimulatedFault => ({
  does,
  when: 'midway',
  failure: { code },
});
const slowDown = (inWhat: string): SimulatedFault => ({
  does: `answers 429 and asks to wait 3 s, in ${inWhat}`,
  when: 'instead',
  failure: { code: 'rate-limit', status: 429, retryAfterMs: 3000 },
});

/** The faults, by name. */
export const SIMULATED_FAULTS = {
  html: noAnswer('answers 200 with a web page'),
  'login-page': noAnswer('answers 200 with a login page that says it is a stream'),
  'plain-text': noAnswer('answers 200 with words'),
  'json-error': noAnswer('answers 200 with a failure in JSON'),
  empty: noAnswer('answers 200 with nothing'),
  'empty-object': noAnswer('answers 200 with an empty object'),
  'status-400': refusal(400, 'invalid-request'),
  'status-401': refusal(401, 'auth'),
  'status-402': refusal(402, 'payment-required'),
  'status-403': refusal(403, 'auth'),
  'status-404': refusal(404, 'model-not-found'),
  'status-408': refusal(408, 'timeout'),
  'status-409': refusal(409, 'server'),
  'status-413': refusal(413, 'invalid-request'),
  'status-422': refusal(422, 'invalid-request'),
  'status-429': refusal(429, 'rate-limit'),
  'status-500': refusal(500, 'server'),
  'status-502': refusal(502, 'server'),
  'status-503': refusal(503, 'server'),
  'status-504': refusal(504, 'server'),
  'status-529': refusal(529, 'server'),
  'retry-after-seconds': slowDown('seconds'),
  'retry-after-ms': slowDown('milliseconds'),
  'error-at-once': {
    does: 'reports a failure instead of an answer',
    when: 'instead',
    failure: { code: 'server' },
  },
  'no-headers': { does: 'takes the request and says nothing', when: 'instead', phase: 'headers' },
  'no-content': { does: 'sends its headers, and then nothing', when: 'instead', phase: 'first-content' },
  reset: midway('resets the connection in the middle of the answer', 'network'),
  close: midway('closes the connection in the middle of the answer', 'network'),
  truncated: midway('ends the body in the middle of the answer', 'stream-truncated'),
  malformed: midway('sends a payload that is not JSON', 'bad-response'),
  'error-event': midway('reports a failure in the middle of the answer', 'rate-limit'),
  stall: { does: 'falls silent in the middle of the answer', when: 'midway' },
  slow: { does: 'waits before each part of the answer after the first', when: 'slow' },
} as const satisfies Readonly<Record<string, SimulatedFault>>;

/** The name of a fault. */
export type SimulatedFaultName = keyof typeof SIMULATED_FAULTS;

/** All names. */
export const FAULT_NAMES: readonly string[] = Object.keys(SIMULATED_FAULTS);

/** The fault of this name, if there is one. */
export const isFaultName = (name: unknown): name is SimulatedFaultName =>
  typeof name === 'string' && Object.hasOwn(SIMULATED_FAULTS, name);
