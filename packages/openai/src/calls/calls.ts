// How every method asks: options in the form of `@g4f/client`, failures in that of OpenAI's library.
import type { AsyncAnswerStream, AsyncClient, CallOptions, WithResponse } from '@g4f/client';
import { BadRequestError } from '../errors/errors.ts';
import { withOpenAIErrors } from '../errors/to-openai-error.ts';
import type { RequestOptions } from '../options/client-options.ts';
import { type Credentials, type Owner, toCallOptions } from '../options/to-g4f.ts';
import { Stream } from '../streams/stream.ts';
import { APIPromise } from './api-promise.ts';

/** What a client brings to each of its calls. */
export interface Terms {
  readonly client: AsyncClient;
  readonly owner: Owner;
  /** What is made for each call. */
  readonly credentials?: (() => Promise<Credentials>) | undefined;
  /** The deployment that stands for every model, in Azure. */
  readonly deployment?: string | undefined;
}

const noParams = (): BadRequestError => {
  const message = 'The parameters must be an object, such as { model, … }.';
  return new BadRequestError(message, { status: 400, error: { message } });
};

interface WithModel {
  readonly model?: string | null;
}

/** One call of `@g4f/client`. */
type Ask<T> = (options: CallOptions) => PromiseLike<T>;

/** The calls of a client. */
export class Calls {
  readonly #terms: Terms;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  get client(): AsyncClient {
    return this.#terms.client;
  }

  /**
   * The parameters, with the deployment in place of the model where there is one.
   * @throws BadRequestError for what is no object
   */
  params<P extends WithModel>(params: P): P {
    if (typeof params !== 'object' || params === null) throw noParams();
    const { deployment } = this.#terms;
    return deployment === undefined ? params : { ...params, model: deployment };
  }

  /** An answer that tells the service's response. */
  answer<T>(ask: Ask<WithResponse<T>>, request: RequestOptions | undefined): APIPromise<T> {
    return new APIPromise(this.plain(ask, request));
  }

  /** An answer alone. */
  async plain<T>(ask: Ask<T>, request: RequestOptions | undefined): Promise<T> {
    const options = await this.options(request);
    return withOpenAIErrors(ask(options));
  }

  /** A stream, once the service has begun to answer: a refusal is thrown by `await`, as OpenAI's library does. */
  stream<Item>(
    ask: Ask<WithResponse<AsyncAnswerStream<Item>>>,
    request: RequestOptions | undefined,
  ): APIPromise<Stream<Item>> {
    const asked = this.plain(ask, request);
    const begin = async (): Promise<WithResponse<Stream<Item>>> => {
      const { data, ...beside } = await asked;
      return { ...beside, data: new Stream(data, new AbortController(), request?.signal) };
    };
    return new APIPromise(begin(), async () => {
      const { body } = await withOpenAIErrors(asked.then(({ data }) => data.toResponse()));
      return [body, 'text/event-stream'];
    });
  }

  /** The options of a call. @throws OpenAIError for an option of OpenAI's library that there is not */
  async options(request: RequestOptions = {}): Promise<CallOptions> {
    const { owner, credentials } = this.#terms;
    return toCallOptions(request, owner, (await credentials?.()) ?? {});
  }
}
