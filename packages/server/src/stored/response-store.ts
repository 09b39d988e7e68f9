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
  set(key: string, stored: StoredResponse): void | Promise<void>;
  delete(key: string): void | Promise<void>;
}
