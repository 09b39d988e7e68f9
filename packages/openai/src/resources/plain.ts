// The resources of a client that have one method, or little more.
import type { AsyncClient, Model, ModelPage, TextParams } from '@g4f/client';
import type { EmbeddingResponse, ModerationResponse, TextCompletion } from '@g4f/core';
import type { APIPromise } from '../calls/api-promise.ts';
import type { Calls } from '../calls/calls.ts';
import { withAbsent } from '../options/absent.ts';
import type { RequestOptions } from '../options/client-options.ts';
import type { Stream } from '../streams/stream.ts';

/** The parameters of `embeddings.create`. */
export type EmbeddingParams = Parameters<AsyncClient['embeddings']['create']>[0];
/** The parameters of `moderations.create`. */
export type ModerationParams = Parameters<AsyncClient['moderations']['create']>[0];

/** `embeddings`. Source: https://platform.openai.com/docs/api-reference/embeddings */
export class Embeddings {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The vectors of all inputs, in their order. */
  create(
    params: EmbeddingParams & { readonly encoding_format: 'base64' },
    options?: RequestOptions,
  ): APIPromise<EmbeddingResponse<string>>;
  create(params: EmbeddingParams, options?: RequestOptions): APIPromise<EmbeddingResponse<number[]>>;
  create(
    given: EmbeddingParams,
    request?: RequestOptions,
  ): APIPromise<EmbeddingResponse<number[]>> | APIPromise<EmbeddingResponse<string>> {
    const { create } = this.#calls.client.embeddings;
    const { encoding_format, ...params } = this.#calls.params(given);
    return encoding_format === 'base64'
      ? this.#calls.answer(
          (options) => create({ ...params, encoding_format }, options).withResponse(),
          request,
        )
      : this.#calls.answer((options) => create(params, options).withResponse(), request);
  }
}

/** `moderations`. Source: https://platform.openai.com/docs/api-reference/moderations */
export class Moderations {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** What is objectionable in each input, in their order. */
  create(given: ModerationParams, request?: RequestOptions): APIPromise<ModerationResponse> {
    const { create } = this.#calls.client.moderations;
    return this.#calls.answer((options) => create(given, options).withResponse(), request);
  }
}

/** `completions`: OpenAI's older completions of a text. Source: https://platform.openai.com/docs/api-reference/completions */
export class TextCompletions {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** A text continued, or its pieces with `stream: true`. */
  create(
    params: TextParams & { readonly stream: true },
    options?: RequestOptions,
  ): APIPromise<Stream<TextCompletion>>;
  create(
    params: TextParams & { readonly stream?: false | null },
    options?: RequestOptions,
  ): APIPromise<TextCompletion>;
  create(
    given: TextParams,
    request?: RequestOptions,
  ): APIPromise<Stream<TextCompletion>> | APIPromise<TextCompletion> {
    const { create } = this.#calls.client.completions;
    const { stream, ...params } = this.#calls.params(given);
    return stream === true
      ? this.#calls.stream((options) => create({ ...params, stream }, options).withResponse(), request)
      : this.#calls.answer((options) => create(params, options).withResponse(), request);
  }
}

/** `models`. Source: https://platform.openai.com/docs/api-reference/models */
export class Models {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
    withAbsent(this, 'models', ['delete']);
  }

  /** The models of the client's provider: `for await (const model of client.models.list())`, or `(await …).data`. */
  list(request?: RequestOptions): Promise<ModelPage> & AsyncIterable<Model> {
    const page = this.#calls.plain<ModelPage>(
      async (options) => await this.#calls.client.models.list({}, options),
      request,
    );
    return Object.assign(page, {
      async *[Symbol.asyncIterator]() {
        yield* await page;
      },
    });
  }

  /** One model. */
  retrieve(model: string, request?: RequestOptions): Promise<Model> {
    return this.#calls.plain((options) => this.#calls.client.models.retrieve(model, options), request);
  }
}
