// What both faces stand on: one call, carried out in this thread. AsyncClient calls it directly, Client through its worker.
import type { Abortable } from '@g4f/core';
import { type Announce, announce as announceOnStderr } from '#platform/announce';
import { CallLog } from '../attempt/call-log.ts';
import { CallSignal } from '../attempt/call-signal.ts';
import { ChatCall, type ChatEvents } from '../chat/chat-call.ts';
import type { Closing } from '../errors/client-closing.ts';
import { createMemory } from '../memory/memory.ts';
import { settle } from '../options/settings.ts';
import { checkListParams } from '../options/split-params.ts';
import type {
  BackendHealth,
  CallOptions,
  ChatParams,
  ClientOptions,
  ListParams,
  ModelList,
} from '../surface/surface.ts';

/** The calls of one client. */
export interface Engine {
  /**
   * The events of one answer, in the order of the grammar; whole or streamed, as `params.stream` says.
   * Nothing happens before the first is asked for. @throws G4FError
   *
   * @param left aborted when the reader leaves: stops the call wherever it is.
   * @param log is told what happens.
   * @param startedAt when the call was made, on the clock of `performance.now()`; when it is first read, unless given.
   */
  chat(
    params: ChatParams,
    options?: CallOptions,
    left?: Abortable,
    log?: CallLog,
    startedAt?: number,
  ): ChatEvents;
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
export const createEngine = (
  client: ClientOptions,
  announce: Announce = announceOnStderr,
  closing?: Closing,
): Engine => {
  const memory = createMemory();
  return {
    chat: (params, options, left, log = new CallLog(), startedAt = undefined) =>
      new ChatCall({
        client,
        params,
        options,
        readerSignal: left,
        startedAt,
        log: log,
        memory,
        announce,
        closing,
      }),
    async listModels(given, options, left, startedAt) {
      // Loaded only now: most programs list no models.
      const { listModels } = await import('../models/model-list.ts');
      const params = checkListParams(given);
      const settings = settle(client, params, options);
      const bound = new CallSignal(settings, left, startedAt, closing);
      try {
        return await listModels(settings, params, bound.signal);
      } finally {
        bound.release();
      }
    },
    health: () => memory.health.report(),
  };
};
