// A promise of an answer that can tell the service's response, too.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/src/core/api-promise.ts
import type { WithResponse } from '@g4f/client';

/** Headers that are of the bytes which came, and not of the body that is written here. */
const OF_THE_BYTES = ['content-encoding', 'content-length', 'transfer-encoding', 'content-type'];

/** Makes the body of a `Response` of an answer, and says its media type. */
export type WriteBody<T> = (
  answer: T,
) => Promise<readonly [body: Response['body'] | string, contentType: string]>;

const asJson = async (answer: unknown): Promise<readonly [string, string]> => [
  JSON.stringify(answer),
  'application/json',
];

/** Rejects with an `OpenAIError` when the call fails. */
export class APIPromise<T> extends Promise<T> {
  readonly #received: Promise<WithResponse<T>>;
  readonly #write: WriteBody<T>;

  /** What `then` makes is a promise without these methods. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  constructor(received: Promise<WithResponse<T>>, write: WriteBody<T> = asJson) {
    super((resolve, reject) => {
      received.then(({ data }) => resolve(data), reject);
    });
    this.#received = received;
    this.#write = write;
  }

  /** The answer, with the status and the headers of the service's response and its id of the request. */
  withResponse(): Promise<WithResponse<T>> {
    // This promise is not the one that is awaited then.
    this.catch(() => undefined);
    return this.#received;
  }

  /**
   * A `Response` with the status and the headers of the service's. Its body is written anew of the answer: JSON, or server-sent
   * events of a stream; the bytes of the service are gone by then.
   */
  async asResponse(): Promise<Response> {
    const { data, response } = await this.withResponse();
    const [body, type] = await this.#write(data);
    const headers = new Headers(response.headers);
    for (const name of OF_THE_BYTES) headers.delete(name);
    headers.set('content-type', type);
    return new Response(body, { status: response.status ?? 200, headers });
  }
}
