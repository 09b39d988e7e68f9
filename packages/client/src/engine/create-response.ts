// `responses.create` with promises: events by `for await`, whole responses by promise.
import type { ModelResponse, ResponseStreamEvent } from '@g4f/core';
import { peek, withMore } from '../options/unreadable.ts';
import { AnswerStream } from '../streams/answer-stream.ts';
import type { ChunkSource } from '../streams/chunk-stream.ts';
import { HeardResponse } from '../streams/response-stream.ts';
import type { CallOptions } from '../surface/options.ts';
import type { AnswerPromise } from '../surface/received.ts';
import type {
  AsyncResponseStream,
  CreateResponses,
  ResponseParams,
  StreamingResponseParams,
  WholeResponseParams,
} from '../surface/responses.ts';
import { CallSource, type StreamTerms } from './call-source.ts';
import { type LoadOperation, wholeCreator } from './create-whole.ts';

type Load = LoadOperation<readonly ResponseStreamEvent[], ModelResponse>;

/** `responses` of a client. */
export const responsesOf = (load: Load, terms: StreamTerms): CreateResponses<'async'> => {
  const whole = wholeCreator(load);
  const stream = (params: ResponseParams, options?: CallOptions): AsyncResponseStream =>
    new ResponseReader(load, withMore(params, { stream: true }), options, terms);
  function create(params: StreamingResponseParams, options?: CallOptions): AsyncResponseStream;
  function create(params: WholeResponseParams, options?: CallOptions): AnswerPromise<ModelResponse>;
  function create(
    params: ResponseParams,
    options?: CallOptions,
  ): AsyncResponseStream | AnswerPromise<ModelResponse>;
  function create(
    params: ResponseParams,
    options?: CallOptions,
  ): AsyncResponseStream | AnswerPromise<ModelResponse> {
    return peek(params, 'stream') === true ? stream(params, options) : whole(params, options);
  }
  return { create, stream };
};

class ResponseSource
  extends CallSource<readonly ResponseStreamEvent[], ModelResponse>
  implements ChunkSource<ResponseStreamEvent, ResponseStreamEvent>
{
  readonly name = 'AsyncResponseStream';
  readonly project: (event: ResponseStreamEvent) => ResponseStreamEvent;

  constructor(
    heard: HeardResponse,
    load: Load,
    params: ResponseParams,
    options: CallOptions | undefined,
    terms: StreamTerms,
  ) {
    super(load, params, options, terms);
    this.project = (event) => heard.hear(event);
  }
}

class ResponseReader
  extends AnswerStream<ResponseStreamEvent, ResponseStreamEvent>
  implements AsyncResponseStream
{
  readonly #heard: HeardResponse;

  constructor(load: Load, params: ResponseParams, options: CallOptions | undefined, terms: StreamTerms) {
    const heard = new HeardResponse();
    super(new ResponseSource(heard, load, params, options, terms));
    this.#heard = heard;
  }

  async finalResponse(): Promise<ModelResponse> {
    for (;;) {
      const read = await this.next();
      if (read.done) return this.#heard.whole();
    }
  }
}
