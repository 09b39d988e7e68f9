// `chat.completions.create` with promises: chunks by `for await`, whole answers by promise.
import { type Abortable, type ChatCompletion, fold } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { isObserved, publish } from '#platform/publish';
import { CallLog } from '../attempt/call-log.ts';
import { withCallerStack } from '../errors/caller-stack.ts';
import type { Closing } from '../errors/client-closing.ts';
import { ChunkReader } from '../streams/chunk-stream.ts';
import { withReceived } from '../surface/received.ts';
import type {
  AsyncChunkStream,
  CallOptions,
  ChatParams,
  CreateCompletion,
  StreamingParams,
  WholeParams,
} from '../surface/surface.ts';
import type { ChatEvents } from './chat-call.ts';

/** The chat of a client's calls, which may have to be loaded. */
export type LaterChat = () => Promise<{
  chat(params: ChatParams, options?: CallOptions, left?: Abortable, log?: CallLog): ChatEvents;
}>;

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
    const log = observedTrail();
    return new ChunkReader({
      open: async () => (await calls()).chat(params, options, left, log),
      abort: () => left.abort(),
      route: () => log.attempts,
      received: () => log.received,
      signal: options?.signal ?? params.signal ?? clientSignal,
      closing,
      usageAlone: params.stream_options?.include_usage === true,
    });
  }
  async function whole(params: ChatParams, options: CallOptions | undefined): Promise<ChatCompletion> {
    try {
      const { chat } = await calls();
      const log = observedTrail();
      return withReceived(await fold(chat(params, options, undefined, log)), log.received);
    } catch (error) {
      throw withCallerStack(error, whole);
    }
  }
  return create;
}

const observedTrail = (): CallLog => new CallLog(isObserved() ? publish : undefined);
