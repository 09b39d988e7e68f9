// What both faces stand on: one call, carried out in this thread. AsyncClient calls it directly, Client through its worker.
import type { Abortable, Batch } from '@g4f/core';
import { type Announce, announce as announceOnStderr } from './announce.ts';
import { Answering } from './answering.ts';
import { BoundCall } from './bound-call.ts';
import type { Closing } from './closing.ts';
import { createMemory } from './memory/memory.ts';
import { checkListParams } from './part-params.ts';
import { settle } from './settings.ts';
import type {
  BackendHealth,
  CallOptions,
  ChatParams,
  ClientOptions,
  ListParams,
  ModelList,
} from './surface.ts';
import { Trail } from './trail.ts';

/** The events of one answer. */
export interface Chat extends AsyncIterableIterator<Batch> {
  /** Checks what is known without asking anybody: options, parameters, who may answer. Reading does it by itself. @throws G4FError */
  prepare?(): Promise<void>;
}

/** The calls of one client. */
export interface Calls {
  /**
   * The events of one answer, in the order of the grammar; whole or streamed, as `params.stream` says.
   * Nothing happens before the first is asked for. @throws G4FError
   *
   * @param left aborted when the reader leaves: stops the call wherever it is.
   * @param trail is told what happens.
   * @param startedAt when the call was made, on the clock of `performance.now()`; when it is first read, unless given.
   */
  chat(params: ChatParams, options?: CallOptions, left?: Abortable, trail?: Trail, startedAt?: number): Chat;
  /** @throws G4FError */
  listModels(
    params?: ListParams,
    options?: CallOptions,
    left?: Abortable,
    startedAt?: number,
  ): Promise<ModelList>;
  /** What this client has learnt of its backends. */
  health(): readonly BackendHealth[];
}

/**
 * @param announce is told what the person should know; stderr unless given.
 * @param closing ends them.
 */
export const createCalls = (
  client: ClientOptions,
  announce: Announce = announceOnStderr,
  closing?: Closing,
): Calls => {
  const memory = createMemory();
  return {
    chat: (params, options, left, trail = new Trail(), startedAt = undefined) =>
      new Answering({ client, params, options, left, startedAt, trail, memory, announce, closing }),
    async listModels(given, options, left, startedAt) {
      // Loaded only now: most programs list no models.
      const { listModels } = await import('./model-list.ts');
      const params = checkListParams(given);
      const settings = settle(client, params, options);
      const bound = new BoundCall(settings, left, startedAt, closing);
      try {
        return await listModels(settings, params, bound.signal);
      } finally {
        bound.release();
      }
    },
    health: () => memory.health.report(),
  };
};
