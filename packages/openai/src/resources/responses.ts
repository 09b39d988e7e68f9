// `responses` of a client.
import type {
  ModelResponse,
  ResponseParams,
  ResponseStreamEvent,
  StreamingResponseParams,
  WholeResponseParams,
} from '@g4f/client';
import type { APIPromise } from '../calls/api-promise.ts';
import type { Calls } from '../calls/calls.ts';
import { withAbsent } from '../options/absent.ts';
import type { RequestOptions } from '../options/client-options.ts';
import { ResponseStream } from '../streams/response-stream.ts';
import type { Stream } from '../streams/stream.ts';

const ABSENT = ['parse', 'retrieve', 'cancel', 'delete', 'compact', 'inputItems', 'inputTokens', 'connect'];

/** `responses`, of every provider that chats. Source: https://platform.openai.com/docs/api-reference/responses */
export class Responses {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
    withAbsent(this, 'responses', ABSENT);
  }

  /** One response, or its events with `stream: true`. Rejects with an `APIError`. */
  create(params: StreamingResponseParams, options?: RequestOptions): APIPromise<Stream<ResponseStreamEvent>>;
  create(params: WholeResponseParams, options?: RequestOptions): APIPromise<ModelResponse>;
  create(
    params: ResponseParams,
    options?: RequestOptions,
  ): APIPromise<Stream<ResponseStreamEvent>> | APIPromise<ModelResponse>;
  create(
    given: ResponseParams,
    request?: RequestOptions,
  ): APIPromise<Stream<ResponseStreamEvent>> | APIPromise<ModelResponse> {
    const { create } = this.#calls.client.responses;
    const { stream, ...params } = this.#calls.params(given);
    return stream === true
      ? this.#calls.stream((options) => create({ ...params, stream }, options).withResponse(), request)
      : this.#calls.answer((options) => create(params, options).withResponse(), request);
  }

  /** The events of one response, with listeners and `finalResponse()`. */
  stream(given: ResponseParams, request: RequestOptions = {}): ResponseStream {
    const { responses } = this.#calls.client;
    const params = this.#calls.params(given);
    return new ResponseStream(async (signal) => {
      const options = { ...(await this.#calls.options(request)), signal };
      return { stream: responses.stream(params, options) };
    }, request.signal);
  }
}
