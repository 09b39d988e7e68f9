// What both faces stand on: one call, carried out in this thread. AsyncClient calls it directly, Client through its worker.
import { type Batch, type ErrorCode, G4FError, isG4FError } from '@g4f/core';
import { toAbortError } from './abort-error.ts';
import { type Announce, announce as announceOnStderr } from './announce.ts';
import type { Call } from './call.ts';
import { MAX_TIMER_MS, timeoutError } from './deadlines.ts';
import { firstToSpeak } from './first-to-speak.ts';
import { createMemory } from './memory/memory.ts';
import { listModels } from './model-list.ts';
import { onAbort } from './on-abort.ts';
import { toRequest } from './params.ts';
import { findRoute } from './route.ts';
import { partParams, type Settings, settle } from './settings.ts';
import type {
  BackendHealth,
  CallOptions,
  ChatParams,
  ClientOptions,
  ListOptions,
  ModelList,
} from './surface.ts';
import { Trail } from './trail.ts';

/** The calls of one client. */
export interface Calls {
  /**
   * The events of one answer, in the order of the grammar; whole or streamed, as `params.stream` says.
   * Nothing happens before the first is asked for. @throws G4FError
   *
   * @param left aborted when the reader leaves: stops the call wherever it is.
   * @param trail is told what happens.
   */
  chat(params: ChatParams, options?: CallOptions, left?: AbortSignal, trail?: Trail): AsyncIterable<Batch>;
  /** @throws G4FError */
  listModels(options?: ListOptions, left?: AbortSignal): Promise<ModelList>;
  /** What this client has learnt of its backends. */
  health(): readonly BackendHealth[];
}

/** @param announce is told what the person should know; stderr unless given. */
export const createCalls = (client: ClientOptions, announce: Announce = announceOnStderr): Calls => {
  const memory = createMemory();
  return {
    async *chat(params, options, left, trail = new Trail()) {
      let code: ErrorCode | undefined = 'aborted';
      try {
        yield* chat({ client, params, options, left, trail, memory, announce });
        code = undefined;
      } catch (error) {
        code = isG4FError(error) ? error.code : 'bad-response';
        throw error;
      } finally {
        trail.finish(code);
      }
    },
    async listModels(options, left) {
      const settings = settle(client, options);
      const bound = boundCall(settings, left);
      try {
        return await listModels(settings, options ?? {}, bound.signal);
      } finally {
        bound.release();
      }
    },
    health: () => memory.health.report(),
  };
};

interface Asked extends Pick<Call, 'trail' | 'memory' | 'announce'> {
  readonly client: ClientOptions;
  readonly params: ChatParams;
  readonly options: CallOptions | undefined;
  readonly left: AbortSignal | undefined;
}

async function* chat({ client, params, options, left, ...shared }: Asked): AsyncGenerator<Batch> {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new G4FError('create() takes an object with model and messages.', { code: 'invalid-request' });
  }
  const { body, options: inParams } = partParams(params);
  const settings = settle(client, inParams, options);
  const { signal, endsAt, release } = boundCall(settings, left);
  try {
    const request = await toRequest(body);
    const route = await findRoute(request.model, settings);
    yield* firstToSpeak(route, { ...shared, request, settings, signal, endsAt });
  } finally {
    release();
  }
}

interface BoundCall {
  readonly signal: AbortSignal;
  /** When the total deadline passes, on the clock of `performance.now()`. */
  readonly endsAt: number;
  release(): void;
}

/** The signal of a whole call: the caller's own, the reader's leave, and the total deadline. */
function boundCall({ signal, limits }: Settings, left: AbortSignal | undefined): BoundCall {
  const outer = [signal, left].filter((one) => one !== undefined);
  const controller = new AbortController();
  for (const one of outer) if (one.aborted) throw toAbortError(one);
  const stopListening = outer.map((one) => onAbort(one, () => controller.abort(one.reason)));
  const timer =
    limits.total <= MAX_TIMER_MS
      ? setTimeout(() => controller.abort(timeoutError('the call', 'total', limits.total)), limits.total)
      : undefined;
  return {
    signal: controller.signal,
    endsAt: performance.now() + limits.total,
    release() {
      clearTimeout(timer);
      for (const stop of stopListening) stop();
    },
  };
}
