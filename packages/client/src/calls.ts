// What both faces stand on: one call, carried out in this thread. AsyncClient calls it directly, Client through its worker.
import { type Batch, G4FError, type ModelFacts } from '@g4f/core';
import { registry } from '@g4f/providers';
import { type Announce, announce as announceOnStderr } from './announce.ts';
import { beginAttempt, toAbortError, toBackendError } from './attempt.ts';
import { MAX_TIMER_MS, timeoutError } from './deadlines.ts';
import { firstToSpeak } from './first-to-speak.ts';
import { onAbort } from './on-abort.ts';
import { toRequest } from './params.ts';
import { type Candidate, findRoute } from './route.ts';
import { partParams, type Settings, settle } from './settings.ts';
import type { CallOptions, ChatParams, ClientOptions, Model, ModelList } from './surface.ts';

/** The calls of one client. */
export interface Calls {
  /**
   * The events of one answer, in the order of the grammar; whole or streamed, as `params.stream` says.
   * Nothing happens before the first is asked for. @throws G4FError
   *
   * @param left aborted when the reader leaves: stops the call wherever it is.
   */
  chat(params: ChatParams, options?: CallOptions, left?: AbortSignal): AsyncIterable<Batch>;
  /** @throws G4FError */
  listModels(options?: CallOptions, left?: AbortSignal): Promise<ModelList>;
}

/** @param announce is told what the person should know; stderr unless given. */
export const createCalls = (client: ClientOptions, announce: Announce = announceOnStderr): Calls => ({
  async *chat(params, options, left) {
    if (typeof params !== 'object' || params === null || Array.isArray(params)) {
      throw new G4FError('create() takes an object with model and messages.', { code: 'invalid-request' });
    }
    const { body, options: inParams } = partParams(params);
    const settings = settle(client, inParams, options);
    const bound = boundCall(settings, left);
    try {
      const request = await toRequest(body);
      const route = await findRoute(request.model, settings);
      yield* firstToSpeak(route, { request, settings, signal: bound.signal, announce });
    } finally {
      bound.release();
    }
  },
  async listModels(options, left) {
    const settings = settle(client, options);
    if (settings.choices.length === 0 && settings.baseURL === undefined) return families();
    const bound = boundCall(settings, left);
    try {
      return await liveModels(settings, bound.signal);
    } finally {
      bound.release();
    }
  },
});

interface BoundCall {
  readonly signal: AbortSignal;
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
    release() {
      clearTimeout(timer);
      for (const stop of stopListening) stop();
    },
  };
}

function families(): ModelList {
  const offers = new Map<string, string[]>();
  for (const { id, models } of Object.values(registry)) {
    for (const family of Object.keys(models)) offers.set(family, [...(offers.get(family) ?? []), id]);
  }
  const data = [...offers]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([id, providers]): Model => ({
        id,
        object: 'model',
        created: 0,
        owned_by: providers.join(', '),
        providers,
      }),
    );
  return { object: 'list', data };
}

async function liveModels(settings: Settings, signal: AbortSignal): Promise<ModelList> {
  const { candidates, unusable } = await findRoute('', settings);
  const [missing] = unusable;
  if (missing !== undefined) {
    throw new G4FError(`${missing.id}: cannot list its models: ${missing.missing}.`, { code: 'no-provider' });
  }
  const lists = await Promise.all(candidates.map((candidate) => listOne(candidate, settings, signal)));
  return { object: 'list', data: lists.flat() };
}

async function listOne(
  candidate: Candidate,
  settings: Settings,
  signal: AbortSignal,
): Promise<readonly Model[]> {
  const { id, models } = candidate.backend;
  const toModel = ({ id: name, created = 0, ownedBy = id }: ModelFacts): Model => ({
    id: name,
    object: 'model',
    created,
    owned_by: ownedBy,
    providers: [id],
  });
  const attempt = beginAttempt(candidate, settings, signal);
  try {
    const provider = await attempt.deadlines.wait(candidate.backend.load());
    if (provider.listModels === undefined) return Object.values(models).map((name) => toModel({ id: name }));
    return (await attempt.deadlines.wait(provider.listModels(attempt.context))).map(toModel);
  } catch (error) {
    throw toBackendError(error, id);
  } finally {
    attempt.close();
  }
}
