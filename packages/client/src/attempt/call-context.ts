// One call under way: what its stages share.
import type { Abortable, ChatRequest } from '@g4f/core';
import type { Announce } from '#platform/announce';
import type { Memory } from '../memory/memory.ts';
import type { Settings } from '../options/settings.ts';
import type { CallLog } from './call-log.ts';

/** What a call needs besides its route. */
export interface CallContext {
  /** The request as the caller made it; each candidate is asked for its own id of the model. */
  readonly request: ChatRequest;
  readonly settings: Settings;
  /** What the caller is to be warned of whoever answers. */
  readonly warnings: readonly string[];
  /** Aborted when the caller leaves or the total deadline passes. */
  readonly signal: Abortable;
  /** Aborted when the reader leaves. */
  readonly readerSignal: Abortable | undefined;
  /** When the total deadline passes, on the clock of `performance.now()`. */
  readonly endsAt: number;
  readonly announce: Announce;
  readonly memory: Memory;
  readonly log: CallLog;
}
