// `responses.create` of the synchronous client.
import type { ModelResponse, ResponseStreamEvent } from '@g4f/core';
import { peek, withMore } from '../options/unreadable.ts';
import { HeardResponse } from '../streams/response-stream.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import type {
  CreateResponses,
  ResponseParams,
  StreamingResponseParams,
  SyncResponseStream,
  WholeResponseParams,
} from '../surface/responses.ts';
import type { Connection } from '../sync/connection.ts';
import { requestFor } from './call-request.ts';
import { BlockingReader } from './chunk-stream.ts';
import { wholeCreator } from './create-whole.ts';

/** `responses` of a client. */
export const responsesOf = (connection: Connection, client: ClientOptions): CreateResponses<'sync'> => {
  const whole = wholeCreator(connection, client, 'responses.create');
  const stream = (params: ResponseParams, options?: CallOptions): SyncResponseStream => {
    const request = requestFor('responses.create', client, withMore(params, { stream: true }), options);
    return new BlockingResponse(() => connection.start(request));
  };
  function create(params: StreamingResponseParams, options?: CallOptions): SyncResponseStream;
  function create(params: WholeResponseParams, options?: CallOptions): ModelResponse;
  function create(params: ResponseParams, options?: CallOptions): SyncResponseStream | ModelResponse;
  function create(params: ResponseParams, options?: CallOptions): SyncResponseStream | ModelResponse {
    return peek(params, 'stream') === true
      ? stream(params, options)
      : (whole(params, options) as ModelResponse);
  }
  return { create, stream };
};

class BlockingResponse extends BlockingReader<ResponseStreamEvent> implements SyncResponseStream {
  readonly #heard: HeardResponse;

  constructor(start: ConstructorParameters<typeof BlockingReader>[1]) {
    const heard = new HeardResponse();
    super(
      'SyncResponseStream',
      start,
      () =>
        (_kind, { text }) =>
          JSON.parse(text),
    );
    // The branches of a tee are not heard here.
    BlockingReader.readBy(this, (_kind, { text }) => heard.hear(JSON.parse(text)));
    this.#heard = heard;
  }

  finalResponse(): ModelResponse {
    for (;;) {
      const read = this.read(this.finalResponse);
      if (read.done) return this.#heard.whole();
    }
  }
}
