// Who asks, by a virtual key, and what becomes of the request.
import type { Refusal } from '../failure/refusal.ts';
import type { KeyRecord } from '../state/state.ts';
import { isAllowed } from './model-pattern.ts';

/** One request of a virtual key. */
export class Caller {
  readonly requestId: string;
  readonly key: KeyRecord;
  /** ms since 1970. */
  readonly at = Date.now();
  readonly startedAt = performance.now();
  /** What was asked for, where a call got so far. */
  asked: { readonly model: string; readonly operation: string } | undefined;
  /** Why its call was not begun. */
  refusal: Refusal | undefined;
  /** How many rows of the ledger are its. */
  rows = 0;

  constructor(requestId: string, key: KeyRecord) {
    this.requestId = requestId;
    this.key = key;
  }

  /** Whether it may ask for this model. */
  allows(model: string): boolean {
    return isAllowed(this.key.models, model);
  }
}
