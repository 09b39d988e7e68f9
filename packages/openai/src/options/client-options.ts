// The options of the client and of a call: OpenAI's, and those of g4f.
import type { CallOptions, ClientOptions as G4FOptions } from '@g4f/client';

/** Headers in any form that OpenAI's library takes. */
export type HeadersLike =
  | Headers
  | readonly (readonly [string, string])[]
  | Readonly<Record<string, string | null | undefined>>;

/** Makes a key; called before each call. */
export type ApiKeySetter = () => Promise<string>;

/** OpenAI's names for what a call may be given. */
interface SharedOptions {
  /** In ms, for the whole call; of g4f: a time for each phase. */
  readonly timeout?: G4FOptions['timeout'] | undefined;
  /** How often a provider is asked again after a failure that may pass; 2. */
  readonly maxRetries?: number | undefined;
}

/**
 * What a client is made with. Those of OpenAI's library, and besides those of `AsyncClient` of `@g4f/client`: `provider`,
 * `fallback`, `hedge`, `routing`, `use`, …
 */
export interface ClientOptions
  extends SharedOptions,
    Omit<
      G4FOptions,
      | 'apiKey'
      | 'baseURL'
      | 'organization'
      | 'project'
      | 'provider'
      | 'headers'
      | 'timeout'
      | 'maxRetries'
      | 'workerURL'
    > {
  /**
   * The key of the provider, the first one if there are several, or keys for each id; without it the provider's environment
   * variable: OPENAI_API_KEY. A function is called before each call.
   */
  readonly apiKey?: G4FOptions['apiKey'] | ApiKeySetter | undefined;
  /**
   * The address; without it OPENAI_BASE_URL, or `https://api.openai.com/v1`. A server of one's own, where no `provider` is named
   * beside it, is sent the parameters as they are.
   */
  readonly baseURL?: string | null | undefined;
  readonly organization?: string | null | undefined;
  readonly project?: string | null | undefined;
  /** Headers for the provider, the first one if there are several. */
  readonly defaultHeaders?: HeadersLike | undefined;
  /** Taken for the sake of programs that have it, and not needed. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
  /** Who is asked: `openai` unless given; several in order of preference; null for whoever offers the model and has a key. */
  readonly provider?: G4FOptions['provider'] | null;
}

/** The second argument of a method: OpenAI's options of a request, and those of a call of g4f. */
export interface RequestOptions
  extends SharedOptions,
    Omit<CallOptions, 'headers' | 'signal' | 'timeout' | 'maxRetries'> {
  readonly headers?: HeadersLike | undefined;
  readonly signal?: AbortSignal | null | undefined;
  /** Sent as the header `Idempotency-Key`. */
  readonly idempotencyKey?: string | undefined;
}
