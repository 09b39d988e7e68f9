// `chat.completions.create` with promises: chunks by `for await`, whole answers by promise.
import { type ChatCompletion, fold, LightAbort } from '@g4f/core';
import { tellCaller } from './call-site.ts';
import type { Calls } from './calls.ts';
import { ChunkStream } from './chunk-stream.ts';
import type { Closing } from './closing.ts';
import { isObserved, publish } from './events.ts';
import { withReceived } from './received.ts';
import type {
  AsyncChunkStream,
  CallOptions,
  ChatParams,
  CreateCompletion,
  StreamingParams,
  WholeParams,
} from './surface.ts';
import { Trail } from './trail.ts';

/** The chat of a client's calls, which may have to be loaded. */
export type LaterChat = () => Promise<Pick<Calls, 'chat'>>;

/** @param clientSignal the client's own, for calls that bring none. @param closing the end of the client. */
export function completionCreator(
  calls: LaterChat,
  clientSignal: AbortSignal | undefined,
  closing: Closing,
): CreateCompletion<'async'> {
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
      received: () => trail.received,
      signal: options?.signal ?? params.signal ?? clientSignal,
      closing,
      usageAlone: params.stream_options?.include_usage === true,
    });
  }
  async function whole(params: ChatParams, options: CallOptions | undefined): Promise<ChatCompletion> {
    try {
      const { chat } = await calls();
      const trail = observedTrail();
      return withReceived(await fold(chat(params, options, undefined, trail)), trail.received);
    } catch (error) {
      throw tellCaller(error, whole);
    }
  }
  return create;
}

const observedTrail = (): Trail => new Trail(isObserved() ? publish : undefined);
