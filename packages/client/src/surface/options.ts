// The options of a client and of a call.

import type { Price, Provider } from '@g4f/core';
import type { BackendRow, KnownModel, KnownProvider } from '@g4f/providers/registry';
import type { CacheOptions, Middleware, WrapProvider } from './middleware.ts';

/**
 * Headers besides those that a provider sends, whatever the capitals; null for one that is not to be sent, though the client, the
 * provider's row or the provider itself would. One that carries a key (`authorization`, `x-api-key`, `api-key`,
 * `x-goog-api-key`) stands for the key: none is needed, and no other is sent.
 */
export type Headers = Readonly<Record<string, string | null | undefined>>;

/** Not among the parameters of a call, which may be an end user's: they say as whom a service is asked. */
export interface HeaderOptions {
  /** Headers for the named provider, or for each provider id. */
  readonly headers?: Headers | Readonly<Record<string, Headers | undefined>>;
  /** OpenAI's organization that requests count for, at `openai` and `openai-responses` only; without it OPENAI_ORG_ID. */
  readonly organization?: string;
  /** OpenAI's project that requests count for, at `openai` and `openai-responses` only; without it OPENAI_PROJECT_ID. */
  readonly project?: string;
}

/** The id of a provider; those of `@g4f/providers` are completed, others come from rows of one's own. */
export type ProviderId = KnownProvider | (string & {});

/** The name of a model; families that are known are completed, a provider has ids of its own besides. */
export type ModelName = KnownModel | (string & {});

/**
 * A provider: its id, the URL of a module that exports it (`file:`, `http:` or `https:`; as a text in the constructor only), or
 * (AsyncClient only) the object itself.
 */
export type ProviderChoice = ProviderId | URL | Provider;

/** Deadlines in ms; 0 switches one off. A bare number is the `total`. */
export interface Timeouts {
  /** Until the connection stands; 10,000. */
  readonly connect?: number;
  /** From there until the answer's headers; 60,000. */
  readonly headers?: number;
  /** From there until the first content; 120,000. */
  readonly firstContent?: number;
  /** Between two contents; 60,000. */
  readonly idle?: number;
  /** The whole call, all providers tried included; none. */
  readonly total?: number;
}

/** One key, or several of one provider: a refused one is taken out, a used-up one makes room for the next. */
export type Keys = string | readonly string[];

/**
 * Who of several candidates is asked first: `order` as they stand; `round-robin` by turns; `weighted` at random by `weights`;
 * `lowest-latency` the less loaded and faster of two picked at random; `cheapest` by price.
 */
export type RoutingPolicy = 'order' | 'round-robin' | 'weighted' | 'lowest-latency' | 'cheapest';

/** How the candidates of a call are put in order. The others stay, and answer if the first fails. */
export interface Routing {
  /** `order` unless given. */
  readonly policy?: RoutingPolicy;
  /** For `weighted`: a share for each provider id, 1 unless given; 0 is asked last. */
  readonly weights?: Readonly<Record<string, number>>;
  /** For `cheapest`: what providers ask for the model, where that is not known. */
  readonly prices?: Readonly<Record<string, Price>>;
  /** Whether a conversation stays with the provider that answered it before, as long as that one is well; true. */
  readonly sticky?: boolean;
}

/** What becomes of a call for a model that its maker has ended. */
export type Retired = 'error' | 'successor';

/** Starts the next candidate when the first stays silent. */
export interface Hedge {
  /** For so long, in ms. The first to speak wins; the other is let go, and its connection closed. */
  readonly afterMs: number;
}

/**
 * How a call is carried out, as far as it may be said among its parameters, which are often an end user's data: who is asked,
 * and for how long; not where keys and prompts go. A provider is named by its id; a `Provider` is code, which no data holds. Each may be set for the client and for one call, which wins.
 */
export interface ParamOptions {
  /** Which provider answers, or several in order of preference; without it, whoever offers the model. */
  readonly provider?: ProviderId | Provider | readonly (ProviderId | Provider)[];
  readonly timeout?: number | Timeouts;
  readonly signal?: AbortSignal;
  /** How often a provider is asked again after a failure that may pass, as long as nobody has begun to answer; 2. */
  readonly maxRetries?: number;
  /** Off unless given. */
  readonly hedge?: Hedge;
  readonly routing?: RoutingPolicy | Routing;
  /** The provider that stands in, openly, when no candidate can answer; without it G4F_FALLBACK, or none. */
  readonly fallback?: ProviderId;
  /**
   * Fields of the request's JSON body, as the service's documentation has them: set over what is made of the parameters,
   * on every protocol, and not translated. Plain data.
   */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /**
   * What becomes of a call for a model that its maker has ended, where the maker's own service would be asked: `error`,
   * which names the day and the successor, or `successor`, which moves on to the one that the maker names; openly, on
   * stderr and on every chunk (`model`, `requested_model`). Without it G4F_RETIRED, or `error`.
   */
  readonly retired?: Retired;
}

/** How a call is carried out; each may be set for the client and for one call, in the second argument, which wins. */
export interface CallOptions extends Omit<ParamOptions, 'provider'>, HeaderOptions {
  /** Which provider answers, or several in order of preference; without it, whoever offers the model. */
  readonly provider?: ProviderChoice | readonly ProviderChoice[];
  /**
   * The key, or keys, for the provider that is named beside it, or for each provider id; without it, the provider's
   * environment variable. What is named among the parameters of a call gets it only by its id.
   */
  readonly apiKey?: Keys | Readonly<Record<string, Keys>>;
  /** Another address for the named provider, such as `http://127.0.0.1:8000/v1`. */
  readonly baseURL?: string;
  /** An HTTP proxy's URL; without it HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly proxy?: string;
  /** False: the answer is not taken from what the client keeps, and not kept. */
  readonly cache?: false;
}

/** What a client is made with. */
export interface ClientOptions extends Omit<CallOptions, 'cache'> {
  /** Keeps complete answers in memory, and gives them to equal calls: `true`, or how. Off unless given. */
  readonly cache?: boolean | CacheOptions;
  /** What every call passes through, above routing, the first one outermost; `cache` is innermost. In `Client` only what is made of plain data, such as `withBudget({ … })`. */
  readonly use?: readonly Middleware[];
  /** Makes the provider that is asked of each one that is loaded, once; the id stays. Of several, the first is outermost. In `Client` as `use`. */
  readonly wrap?: WrapProvider | readonly WrapProvider[];
  /** Providers of one's own, one row each, besides those that are here; also from the file that G4F_CONFIG names. */
  readonly backends?: readonly BackendRow[];
  /** Used in place of process.env. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Client only: the file of its worker thread, where a bundler moved it; else `dist/worker.js` of this package. */
  readonly workerURL?: string | URL;
}
