// `chat.completions.create` with promises: chunks by `for await`, whole answers by promise.
import { type Batch, type ChatCompletion, createProjector } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { createLog } from '../engine/create-log.ts';
import { type LoadOperation, wholeCreator } from '../engine/create-whole.ts';
import type { Closing } from '../errors/client-closing.ts';
import { ChunkReader } from '../streams/chunk-stream.ts';
import type {
  AsyncChunkStream,
  ChatParams,
  CreateCompletion,
  StreamingParams,
  WholeParams,
} from '../surface/chat.ts';
import type { CallOptions } from '../surface/options.ts';

/** @param clientSignal the client's own, for calls that bring none. @param closing the end of the client. */
export function completionCreator(
  load: LoadOperation<Batch, ChatCompletion>,
  clientSignal: AbortSignal | undefined,
  closing: Closing,
): CreateCompletion<'async'> {
  function create(params: StreamingParams, options?: CallOptions): AsyncChunkStream;
  function create(params: WholeParams, options?: CallOptions): Promise<ChatCompletion>;
  function create(params: ChatParams, options?: CallOptions): AsyncChunkStream | Promise<ChatCompletion>;
  function create(params: ChatParams, options?: CallOptions): AsyncChunkStream | Promise<ChatCompletion> {
    if (params?.stream !== true) return whole(params, options);
    const reader = new LightAbort();
    const log = createLog();
    return new ChunkReader({
      name: 'AsyncChunkStream',
      project: createProjector(params.stream_options?.include_usage === true),
      async open() {
        const { engine, kind } = await load();
        return engine.run(kind, params, { options, readerSignal: reader, log });
      },
      abort: () => reader.abort(),
      route: () => log.attempts,
      received: () => log.received,
      signal: options?.signal ?? params.signal ?? clientSignal,
      closing,
    });
  }
  const whole = wholeCreator(load);
  return create;
}
