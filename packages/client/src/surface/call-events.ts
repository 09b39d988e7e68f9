// The events of a call, as observers get them.
import type { ErrorCode, Operation, Usage } from '@g4f/core';
import type { RouteAttempt } from './received.ts';

/** What is published on each channel of `node:diagnostics_channel`. Times in ms. No event holds a prompt or a key; a failure's message may quote some characters of what a service sent. */
export interface CallEvents {
  /** A call begins. */
  'g4f:request': {
    /** The same in all events of one call. */
    readonly call: string;
    readonly operation: Operation;
    /** When the call began, in ms since 1970. */
    readonly startedAt: number;
    /** As the caller wrote it. */
    readonly model: string;
    readonly stream: boolean;
    /** Who may answer, in the order in which they are asked. */
    readonly providers: readonly string[];
  };
  /** A provider that was asked is done with: it answered, failed (`code`, `message`), or was left. One event for each try; `ms` is the sum of all of them. */
  'g4f:attempt': RouteAttempt & {
    readonly call: string;
    /** When this try began, in ms since 1970. */
    readonly startedAt: number;
    /** How long this try took. */
    readonly tryMs: number;
  };
  /** The first content of the call. */
  'g4f:first-content': {
    readonly call: string;
    readonly provider: string;
    readonly model: string;
    /** Since the call began. */
    readonly ms: number;
  };
  /** A call is over. */
  'g4f:finish': {
    readonly call: string;
    readonly model: string;
    readonly ms: number;
    /** Why it failed; absent if the answer is complete. `aborted` if the reader left. */
    readonly code?: ErrorCode;
    /** Who answered. */
    readonly provider?: string;
    readonly usage?: Usage;
    readonly attempts: readonly RouteAttempt[];
  };
}
