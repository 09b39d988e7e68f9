// `chat.completions.create` of the synchronous client.
import type { ChatCompletion } from '@g4f/core';
import { peek, withMore } from '../options/unreadable.ts';
import type {
  ChatParams,
  CreateCompletion,
  StreamCompletion,
  StreamingParams,
  WholeParams,
} from '../surface/chat.ts';
import type { SyncChunkStream } from '../surface/chat-stream.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import type { Connection } from '../sync/connection.ts';
import { requestFor } from './call-request.ts';
import { BlockingChatStream } from './chat-stream.ts';
import { wholeCreator } from './create-whole.ts';

/** The method. */
export function completionCreator(connection: Connection, client: ClientOptions): CreateCompletion<'sync'> {
  const whole = wholeCreator(connection, client, 'chat.completions.create');
  function create(params: StreamingParams, options?: CallOptions): SyncChunkStream;
  function create(params: WholeParams, options?: CallOptions): ChatCompletion;
  function create(params: ChatParams, options?: CallOptions): SyncChunkStream | ChatCompletion;
  function create(params: ChatParams, options?: CallOptions): SyncChunkStream | ChatCompletion {
    if (peek(params, 'stream') !== true) return whole(params, options) as ChatCompletion;
    const request = requestFor('chat.completions.create', client, params, options);
    return new BlockingChatStream(() => connection.start(request), usageAlone(params));
  }
  return create;
}

/** `chat.completions.stream`. */
export const completionStreamer =
  (connection: Connection, client: ClientOptions): StreamCompletion<'sync'> =>
  (params, options) => {
    const request = requestFor(
      'chat.completions.create',
      client,
      withMore(params, { stream: true }),
      options,
    );
    return BlockingChatStream.keeping(() => connection.start(request), usageAlone(params));
  };

/** What is no object at all is refused where it is read. */
const usageAlone = (params: ChatParams | null | undefined): boolean =>
  peek(peek(params, 'stream_options'), 'include_usage') === true;
