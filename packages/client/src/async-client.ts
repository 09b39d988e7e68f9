// The asynchronous face: chunks by `for await`, whole answers by promise.
import { type ChatCompletion, fold, LightAbort } from '@g4f/core';
import { tellCaller } from './call-site.ts';
import type { Calls } from './calls.ts';
import { ChunkStream } from './chunk-stream.ts';
import { isObserved, publish } from './events.ts';
import { settle } from './settings.ts';
import type {
  AsyncChunkStream,
  BackendHealth,
  CallOptions,
  ChatParams,
  ClientOptions,
  CreateCompletion,
  StreamingParams,
  Surface,
  WholeParams,
} from './surface.ts';
import { Trail } from './trail.ts';

/**
 * Talks to language models over many services through one OpenAI-shaped surface.
 *
 * `create({ …, stream: true })` returns the chunks themselves, to be read with `for await`; awaiting it first is
 * harmless. Without `stream` it returns a promise of the whole answer. Every failure is a `G4FError`.
 *
 * @throws G4FError `invalid-request` when an option is not what it must be.
 */
export class AsyncClient implements Surface<'async'> {
  readonly chat: Surface<'async'>['chat'];
  readonly models: Surface<'async'>['models'];
  readonly #calls: LaterCalls;

  constructor(options: ClientOptions = {}) {
    // A copy: what becomes of the object afterwards, another client perhaps, is nothing to this one.
    const own = { ...options };
    settle(own);
    const calls = later(own);
    this.chat = { completions: { create: creator(calls, own.signal) } };
    this.models = { list: lister(calls) };
    this.#calls = calls;
  }

  async health(): Promise<readonly BackendHealth[]> {
    return (await this.#calls()).health();
  }
}

function creator(calls: LaterCalls, clientSignal: AbortSignal | undefined): CreateCompletion<'async'> {
  function create(params: StreamingParams, options?: CallOptions): AsyncChunkStream;
  function create(params: WholeParams, options?: CallOptions): Promise<ChatCompletion>;
  function create(params: ChatParams, options?: CallOptions): AsyncChunkStream | Promise<ChatCompletion>;
  function create(params: ChatParams, options?: CallOptions): AsyncChunkStream | Promise<ChatCompletion> {
    if (params?.stream !== true) return whole(params, options);
    const left = new LightAbort();
    const trail = observedTrail();
    return new ChunkStream({
      open: async () => (await calls()).chat(params, options, left, trail),
      abort: () => left.abort(),
      route: () => trail.attempts,
      signal: options?.signal ?? params.signal ?? clientSignal,
      usageAlone: params.stream_options?.include_usage === true,
    });
  }
  async function whole(params: ChatParams, options: CallOptions | undefined): Promise<ChatCompletion> {
    try {
      const { chat } = await calls();
      return await fold(chat(params, options, undefined, observedTrail()));
    } catch (error) {
      throw tellCaller(error, whole);
    }
  }
  return create;
}

/** The calls of a client, loaded with the first of them: who only imports or makes a client does not pay for HTTP. */
type LaterCalls = () => Promise<Calls>;

const later = (options: ClientOptions): LaterCalls => {
  let calls: Promise<Calls> | undefined;
  return () => {
    calls ??= import('./calls.ts').then(({ createCalls }) => createCalls(options));
    return calls;
  };
};

const observedTrail = (): Trail => new Trail(isObserved() ? publish : undefined);

function lister(calls: LaterCalls): Surface<'async'>['models']['list'] {
  return async function list(options) {
    try {
      const { listModels } = await calls();
      return await listModels(options);
    } catch (error) {
      throw tellCaller(error, list);
    }
  };
}
