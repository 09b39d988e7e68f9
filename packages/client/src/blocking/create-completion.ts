// `chat.completions.create` of the synchronous client.
import { type ChatCompletion, createProjector } from '@g4f/core';
import type {
  ChatParams,
  CreateCompletion,
  StreamingParams,
  SyncChunkStream,
  WholeParams,
} from '../surface/chat.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import { BlockingReader } from '../sync/chunk-stream.ts';
import type { Connection } from '../sync/connection.ts';
import { EventDecoder } from '../sync/event-codec.ts';
import { requestFor } from './call-request.ts';
import { wholeCreator } from './create-whole.ts';

/** The method. */
export function completionCreator(connection: Connection, client: ClientOptions): CreateCompletion<'sync'> {
  const whole = wholeCreator(connection, client, 'chat.completions.create');
  function create(params: StreamingParams, options?: CallOptions): SyncChunkStream;
  function create(params: WholeParams, options?: CallOptions): ChatCompletion;
  function create(params: ChatParams, options?: CallOptions): SyncChunkStream | ChatCompletion;
  function create(params: ChatParams, options?: CallOptions): SyncChunkStream | ChatCompletion {
    if (params?.stream !== true) return whole(params, options) as ChatCompletion;
    const request = requestFor('chat.completions.create', client, params, options);
    const project = createProjector(params.stream_options?.include_usage === true);
    const decoder = new EventDecoder();
    return new BlockingReader(
      'SyncChunkStream',
      () => connection.start(request),
      (kind, { text }) => project(decoder.decode(kind, text)),
    );
  }
  return create;
}
