// What this server refuses by itself, before any provider is asked.
import type { ErrorCode } from '@g4f/core';

/** Why a request failed, as every dialect tells it. */
export interface Failure {
  /** HTTP status. */
  readonly status: number;
  /** A code of `G4FError`, or one of the server's own. */
  readonly code: ErrorCode | ServerCode;
  /** One line: what is wrong, and what to do next. */
  readonly message: string;
  /** The field that is wrong. */
  readonly param?: string | undefined;
  /** How long to wait before the same is asked again, in ms. */
  readonly retryAfterMs?: number | undefined;
  /** Headers of the answer besides. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What no provider says. */
export type ServerCode =
  | 'invalid-key'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'body-timeout'
  | 'body-too-large'
  | 'unsupported-body'
  | 'shutting-down'
  | 'budget-exceeded'
  | 'state-down';

/** A request that this server does not carry out. */
export class Refusal extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The refusal with this status. */
export const refuse = (
  status: number,
  code: Failure['code'],
  message: string,
  more: Pick<Failure, 'param' | 'headers' | 'retryAfterMs'> = {},
): Refusal => new Refusal({ status, code, message, ...more });
