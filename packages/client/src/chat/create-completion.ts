// `chat.completions.create` with promises: chunks by `for await`, whole answers by promise.
import { type Batch, type ChatCompletion, createProjector, type ToldUsage } from '@g4f/core';
import { callSource, type StreamTerms } from '../engine/call-source.ts';
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
  (params: ChatParams, options?: CallOptions): ChatSource => {
    const usageAlone = peek(peek(params, 'stream_options'), 'include_usage') === true;
    const told: ToldUsage = { usage: undefined };
    const { open, abort, route, received, signal, closing } = callSource(load, params, options, terms);
    const project = createProjector(usageAlone, told);
    // Field by field: a copy with more fields keeps them in a list of its own.
    return {
      name: 'AsyncChunkStream',
      open,
      project,
      abort,
      route,
      received,
      signal,
      closing,
      usageAlone,
      told,
    };
  };
