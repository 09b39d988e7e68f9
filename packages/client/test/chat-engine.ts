// The engine beneath the faces, and its chat, for tests that ask it directly.
import type { Abortable, Batch } from '@g4f/core';
import type { CallLog } from '../src/attempt/call-log.ts';
import { chatOperation } from '../src/chat/chat-operation.ts';
import { createEngine } from '../src/engine/engine.ts';
import { planFor } from '../src/engine/full-plan.ts';
import type { Parts } from '../src/engine/operation-kind.ts';
import type { ChatParams } from '../src/surface/chat.ts';
import type { CallOptions, ClientOptions } from '../src/surface/options.ts';

/** The engine of a client with these options. */
export const createChatEngine = (client: ClientOptions, announce?: (line: string) => void) => {
  const engine = createEngine(planFor(client), announce);
  return {
    chat: (
      params: ChatParams,
      options?: CallOptions,
      readerSignal?: Abortable,
      log?: CallLog,
      startedAt?: number,
    ): Parts<Batch> =>
      engine.run(chatOperation, params, { options, readerSignal, ...(log && { log }), startedAt }),
    health: engine.health,
  };
};
