// Where responses are kept, so that the next request can name the one before it.
import type { ModelResponse, ResponseItem } from '@g4f/core';

/** A response that is kept, and what led to it. */
export interface StoredResponse {
  readonly response: ModelResponse;
  /** The whole conversation up to the response. */
  readonly input: readonly ResponseItem[];
}

/** Keeps responses by a key of their caller and their id. What it throws fails the request that needed it. */
export interface ResponseStore {
  get(key: string): StoredResponse | undefined | Promise<StoredResponse | undefined>;
  /** False says that it could not be kept: the response is then told with `store: false`. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a store that says nothing has kept it.
  set(key: string, stored: StoredResponse): void | boolean | Promise<void | boolean>;
  delete(key: string): void | Promise<void>;
}
