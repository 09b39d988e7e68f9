// `responses` of a client.
import type {
  InputItemsPage,
  InputItemsParams,
  ModelResponse,
  ParsedByText,
  ParsedResponse,
  ParseResponseParams,
  ResponseParams,
  ResponseStreamEvent,
  RetrieveParams,
  StreamingResponseParams,
  WholeResponseParams,
} from '@g4f/client';
import type { APIPromise } from '../calls/api-promise.ts';
import type { Calls } from '../calls/calls.ts';
import { toParseError } from '../errors/to-parse-error.ts';
import { withAbsent } from '../options/absent.ts';
import type { RequestOptions } from '../options/client-options.ts';
import { ResponseStream } from '../streams/response-stream.ts';
import type { Stream } from '../streams/stream.ts';

const ABSENT = ['compact', 'inputTokens', 'connect'];

/** `responses.inputItems`. */
export class InputItems {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** What a kept response was asked with: `for await (const item of …)` goes through all pages. */
  list(
    id: string,
    params?: InputItemsParams | null,
    request?: RequestOptions,
  ): Promise<InputItemsPage<'async'>> & AsyncIterable<InputItemsPage<'async'>['data'][number]> {
    const { list } = this.#calls.client.responses.inputItems;
    const page = this.#calls.plain((options) => list(id, params ?? {}, options), request);
    return Object.assign(page, {
      async *[Symbol.asyncIterator]() {
        yield* await page;
      },
    });
  }
}

/** `responses`, of every provider that chats. Source: https://platform.openai.com/docs/api-reference/responses */
export class Responses {
  readonly inputItems: InputItems;
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
    this.inputItems = new InputItems(calls);
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

  /**
   * A response that is read by a schema: a Standard Schema in `text.format`, or what `zodTextFormat` makes. Rejects with
   * `LengthFinishReasonError` and `ContentFilterFinishReasonError` for a response that was stopped, and with what the schema throws.
   */
  parse<const F extends object>(
    params: ParseResponseParams<F> & { readonly stream?: false | null },
    request?: RequestOptions,
  ): Promise<ParsedResponse<ParsedByText<F>>> {
    const { parse } = this.#calls.client.responses;
    return toParseError(this.#calls.plain((options) => parse(this.#calls.params(params), options), request));
  }

  /** A response that its service keeps. */
  retrieve(id: string, params?: RetrieveParams | null, request?: RequestOptions): Promise<ModelResponse> {
    const { retrieve } = this.#calls.client.responses;
    return this.#calls.plain((options) => retrieve(id, params ?? {}, options), request);
  }

  /** Stops a response that runs in the background. */
  cancel(id: string, request?: RequestOptions): Promise<ModelResponse> {
    return this.#calls.plain((options) => this.#calls.client.responses.cancel(id, options), request);
  }

  /** Has its service keep a response no longer. */
  async delete(id: string, request?: RequestOptions): Promise<void> {
    await this.#calls.plain((options) => this.#calls.client.responses.delete(id, options), request);
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
