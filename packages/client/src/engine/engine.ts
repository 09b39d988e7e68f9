// What all faces stand on: the calls of one client, carried out in this thread. AsyncClient calls it directly, Client through its worker.
import type { Abortable } from '@g4f/core';
import { type Announce, announce as announceOnStderr } from '#platform/announce';
import { CallLog } from '../attempt/call-log.ts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import type { Books } from '../costs/books.ts';
import type { Closing } from '../errors/client-closing.ts';
import type { CallPlan } from '../failover/call-plan.ts';
import { BoundedMap } from '../memory/bounded-map.ts';
import { createMemory, type Memory } from '../memory/memory.ts';
import type { CallOptions, ParamOptions } from '../surface/options.ts';
import type { BackendHealth } from '../surface/reports.ts';
import { type Blame, OperationCall } from './operation-call.ts';
import type { OperationKind, Parts } from './operation-kind.ts';

/** What goes with the parameters of a call. */
export interface CallTerms {
  /** The second argument. */
  readonly options?: CallOptions | undefined;
  /** Aborted when the reader leaves: stops the call wherever it is. */
  readonly readerSignal?: Abortable | undefined;
  /** Is told what happens. */
  readonly log?: CallLog;
  /** When the call was made, on the clock of `performance.now()`; when it is first read, unless given. */
  readonly startedAt?: number | undefined;
}

/** The calls of one client. */
export interface Engine {
  /** All that this client remembers from call to call. */
  readonly memory: Memory;
  /** The parts of one answer. Nothing happens before the first is asked for. @throws G4FError from `next` */
  run<Part>(kind: OperationKind<Part, unknown>, params: unknown, terms?: CallTerms): Parts<Part>;
  /** What this client has learnt of its providers. */
  health(): readonly BackendHealth[];
}

/** The plan of each call of a client. @throws G4FError `invalid-request` */
export type MakePlan = (inParams: ParamOptions, options: CallOptions | undefined) => CallPlan;

/**
 * @param plan tells how each call is carried out.
 * @param announce is told what the person should know; stderr unless given.
 * @param closing ends them.
 * @param books are told what is used.
 * @param blame names the place where the parameters cannot be read.
 */
export const createEngine = (
  plan: MakePlan,
  announce: Announce = announceOnStderr,
  closing?: Closing,
  books?: Books,
  blame: Blame = (thrown) => thrown,
): Engine => {
  const memory = createMemory();
  const keepers = new BoundedMap<ProviderEntry>();
  return {
    memory,
    run: (kind, params, { options, readerSignal, log = new CallLog(), startedAt } = {}) =>
      new OperationCall({
        kind,
        plan,
        params,
        options,
        readerSignal,
        startedAt,
        log,
        memory,
        keepers,
        books,
        announce,
        closing,
        blame,
      }),
    health: () => memory.health.report(),
  };
};
