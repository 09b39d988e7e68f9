// `chat.completions.create` with promises: chunks by `for await`, whole answers by promise.
import {
  type Batch,
  type ChatCompletion,
  type ChunkProjector,
  createProjector,
  type ToldUsage,
} from '@g4f/core';
import { CallSource, type StreamTerms } from '../engine/call-source.ts';
import { type LoadOperation, wholeCreator } from '../engine/create-whole.ts';
import { peek } from '../options/unreadable.ts';
import type { ChatSource } from '../streams/chat-source.ts';
import type { ChatParams, StreamingParams, WholeParams } from '../surface/chat.ts';
import type { CallOptions } from '../surface/options.ts';
import type { AnswerPromise } from '../surface/received.ts';

/** The method, whatever its streams can do. */
interface Create<Stream> {
  (params: StreamingParams, options?: CallOptions): Stream;
  (params: WholeParams, options?: CallOptions): AnswerPromise<ChatCompletion>;
  (params: ChatParams, options?: CallOptions): Stream | AnswerPromise<ChatCompletion>;
}

/** What stands around the streams of a client, and what they can do. */
export interface ChatTerms<Stream> extends StreamTerms {
  readonly toStream: (source: ChatSource) => Stream;
}

/** The method. */
export function completionCreator<Stream>(
  load: LoadOperation<Batch, ChatCompletion>,
  terms: ChatTerms<Stream>,
): Create<Stream> {
  const toSource = sourceCreator(load, terms);
  const whole = wholeCreator(load);
  function create(params: StreamingParams, options?: CallOptions): Stream;
  function create(params: WholeParams, options?: CallOptions): AnswerPromise<ChatCompletion>;
  function create(params: ChatParams, options?: CallOptions): Stream | AnswerPromise<ChatCompletion>;
  function create(params: ChatParams, options?: CallOptions): Stream | AnswerPromise<ChatCompletion> {
    return peek(params, 'stream') === true
      ? terms.toStream(toSource(params, options))
      : whole(params, options);
  }
  return create;
}

/** Makes the source of a stream. Nothing is asked before the first read. */
export const sourceCreator =
  (load: LoadOperation<Batch, ChatCompletion>, terms: StreamTerms) =>
  (params: ChatParams, options?: CallOptions): ChatSource =>
    new ChatCallSource(load, params, options, terms);

class ChatCallSource extends CallSource<Batch, ChatCompletion> implements ChatSource {
  readonly name = 'AsyncChunkStream';
  readonly usageAlone: boolean;
  readonly told: ToldUsage = { usage: undefined };
  readonly project: ChunkProjector;

  constructor(
    load: LoadOperation<Batch, ChatCompletion>,
    params: ChatParams,
    options: CallOptions | undefined,
    terms: StreamTerms,
  ) {
    super(load, params, options, terms);
    this.usageAlone = peek(peek(params, 'stream_options'), 'include_usage') === true;
    this.project = createProjector(this.usageAlone, this.told);
  }
}
