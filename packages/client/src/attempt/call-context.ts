// One call under way: what its stages share.
import type { Abortable, ChatFeature, Message, Operation, Operations } from '@g4f/core';
import type { Announce } from '#platform/announce';
import type { Books } from '../costs/books.ts';
import type { Memory } from '../memory/memory.ts';
import type { Settings } from '../options/settings.ts';
import type { Candidate } from '../routing/candidate.ts';
import type { CallLog } from './call-log.ts';
import type { RequestScope } from './request-scope.ts';

/** What is asked, as far as routing, failover and attempts need to know: they are the same for every operation. */
export interface OperationRequest<Part> {
  readonly operation: Operation;
  /** What is asked, checked: the parameters as the caller wrote them. */
  readonly parameters: Operations[Operation]['request'];
  /** As the caller wrote it; each candidate is asked for its own id of the model. */
  readonly model: string;
  readonly stream: boolean;
  /** The conversation, which stays with the provider that answered it before; undefined where there is none. */
  readonly conversation: readonly Message[] | undefined;
  /** Whether another model may stand in by the caller's wish: not where answers of two models cannot be compared. */
  readonly allowsFallback: boolean;
  /** Whether its first part is all of its answer: to be late with it says nothing of a provider. */
  readonly answersOnce: boolean;
  /** The id of what a service keeps, where that is asked for: it costs nothing, and is asked of whoever keeps it. */
  readonly storedId?: string | undefined;
  /** What the request needs besides text. */
  needs(): readonly ChatFeature[];
  /** Whether a candidate does all of it as it was asked, if not all do: those that do are asked before the others. */
  suits?(candidate: Candidate): boolean;
  /** Whether something of it could be read only once, and has been: then it cannot be sent again. */
  isSpent?(): boolean;
  /** Asks one candidate, and checks what it answers; `next` throws G4FError. */
  open(candidate: Candidate, scope: RequestScope): AsyncIterator<Part, undefined>;
}

/** How a call is carried out, as far as its attempts need to know. */
export type CallSettings = Pick<
  Settings,
  'env' | 'proxy' | 'limits' | 'extraBody' | 'signal' | 'maxRetries' | 'hedge' | 'fallback'
>;

/** What a call needs besides its route. */
export interface CallContext<Part = unknown> {
  readonly request: OperationRequest<Part>;
  readonly settings: CallSettings;
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
  /** Of what is used; absent in the small client. */
  readonly books: Books | undefined;
  readonly log: CallLog;
}
