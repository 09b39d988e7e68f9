// The surface both clients share, declared once: `Surface<'sync'>` is Client, `Surface<'async'>` is AsyncClient.
import type {
  AttemptReport,
  ChatCompletion,
  ChatCompletionChunk,
  ChatOptions,
  ErrorCode,
  Message,
  Modality,
  Price,
  Provider,
} from '@g4f/core';
import type { BackendRow, KnownModel, KnownProvider } from '@g4f/providers/registry';
import type { HeaderOptions } from './header-options.ts';
import type { SchemaParams } from './schema-params.ts';

/** The id of a backend; those of `@g4f/providers` are completed, others come from rows of one's own. */
export type ProviderId = KnownProvider | (string & {});

/** The name of a model; families that are known are completed, a backend has ids of its own besides. */
export type ModelName = KnownModel | (string & {});

/**
 * A backend: its id, the URL of a module that exports it (`file:`, `http:` or `https:`; as a text in the constructor only), or
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
  /** The whole call, all backends tried included; none. */
  readonly total?: number;
}

/** One key, or several of one backend: a refused one is taken out, a used-up one makes room for the next. */
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
  /** For `weighted`: a share for each backend id, 1 unless given; 0 is asked last. */
  readonly weights?: Readonly<Record<string, number>>;
  /** For `cheapest`: what backends ask for the model, where that is not known. */
  readonly prices?: Readonly<Record<string, Price>>;
  /** Whether a conversation stays with the backend that answered it before, as long as that one is well; true. */
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
 * and for how long; not where keys and prompts go. A backend is named by its id; a `Provider` is code, which no data holds. Each may be set for the client and for one call, which wins.
 */
export interface ParamOptions {
  /** Which backend answers, or several in order of preference; without it, whoever offers the model. */
  readonly provider?: ProviderId | Provider | readonly (ProviderId | Provider)[];
  readonly timeout?: number | Timeouts;
  readonly signal?: AbortSignal;
  /** How often a backend is asked again after a failure that may pass, as long as nobody has begun to answer; 2. */
  readonly maxRetries?: number;
  /** Off unless given. */
  readonly hedge?: Hedge;
  readonly routing?: RoutingPolicy | Routing;
  /** The backend that stands in, openly, when no candidate can answer; without it G4F_FALLBACK, or none. */
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
  /** Which backend answers, or several in order of preference; without it, whoever offers the model. */
  readonly provider?: ProviderChoice | readonly ProviderChoice[];
  /**
   * The key, or keys, for the provider that is named beside it, or for each backend id; without it, the backend's
   * environment variable. What is named among the parameters of a call gets it only by its id.
   */
  readonly apiKey?: Keys | Readonly<Record<string, Keys>>;
  /** Another address for the named provider, such as `http://127.0.0.1:8000/v1`. */
  readonly baseURL?: string;
  /** An HTTP proxy's URL; without it HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly proxy?: string;
}

/** What a client is made with. */
export interface ClientOptions extends CallOptions {
  /** Backends of one's own, one row each, besides those that are here; also from the file that G4F_CONFIG names. */
  readonly backends?: readonly BackendRow[];
  /** Used in place of process.env. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Client only: the file of its worker thread, where a bundler moved it; else `dist/worker.js` of this package. */
  readonly workerURL?: string | URL;
}

/**
 * The parameters of a chat completion, in OpenAI's spelling; what a service knows besides goes into `extraBody`.
 * Some of the call's own options may stand among them (`provider` by id, `timeout`, …), all of them in the second argument.
 */
export interface ChatParams extends ChatOptions, SchemaParams, ParamOptions {
  /** A family (`gpt-5.2`), a backend's own id, `backend:id`, or `backend/id`. */
  readonly model: ModelName;
  /** The conversation; a string is one message of the user. */
  readonly messages: string | readonly Message[];
  readonly stream?: boolean | null;
}

/** Parameters that ask for a stream. */
export type StreamingParams = ChatParams & { readonly stream: true };

/** Parameters that ask for the answer in one piece. */
export type WholeParams = ChatParams & { readonly stream?: false | null };

/** One backend that was asked in a call: it failed (`code`, `message`), or answers. Times in ms. */
export type RouteAttempt = Omit<AttemptReport, 'code' | 'message'> &
  Partial<Pick<AttemptReport, 'code' | 'message'>>;

/** What the service that answers said before its answer; undefined before the first content. */
interface StreamHeaders {
  /** Its id of the request, or null if it names none. */
  readonly requestId: string | null | undefined;
  /** The headers of its answer: names in lower case, without cookies and keys; none of a model that runs on this machine. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** The chunks of one answer as they arrive. Leaving the loop closes the connection to the service. */
export interface AsyncChunkStream extends AsyncIterableIterator<ChatCompletionChunk>, StreamHeaders {
  /** Who has been asked so far, in order. */
  readonly route: readonly RouteAttempt[];
  /** Stops the answer and closes the connection. A loop over it ends, without an error: whoever stops it knows. */
  abort(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The chunks of one answer as they arrive; waiting for one blocks the thread. Leaving the loop closes the connection. */
export interface SyncChunkStream extends IterableIterator<ChatCompletionChunk>, StreamHeaders {
  /** Who has been asked so far, in order; up to date as of the last chunk. */
  readonly route: readonly RouteAttempt[];
  /** Stops the answer and closes the connection. A loop over it ends, without an error: whoever stops it knows. */
  abort(): void;
  [Symbol.dispose](): void;
}

/** Which models are listed. As among the parameters of a chat, keys and addresses have no place here. */
export interface ListParams extends ParamOptions {
  /** Asks every backend that can be used now, too: those with a key, and the servers that run on this machine. */
  readonly live?: boolean;
  /** Asks anew, though a service's list of the last five minutes is kept. */
  readonly refresh?: boolean;
}

/** A model that can be asked for. What is not known is left out. */
export interface Model {
  /** What to write as `model`. */
  readonly id: string;
  readonly object: 'model';
  /** Seconds since 1970: when a family came out, or what a service says; 0 where that is not known. */
  readonly created: number;
  /** The maker of a family; what a service says of its own models. */
  readonly owned_by: string;
  /** The backends that offer it; none for a family that is known and nowhere to be had. */
  readonly providers: readonly string[];
  /** The family it is, whatever a backend calls it: what to write as `model` to let any backend that offers it answer. */
  readonly family?: string;
  /** Other names of exactly this model. */
  readonly aliases?: readonly string[];
  /** In tokens. */
  readonly context_length?: number;
  readonly input?: readonly Modality[];
  readonly output?: readonly Modality[];
  /** In US dollars per million tokens: of a family at its maker's, of a live entry at that service. */
  readonly price?: Price;
  /** The day on which its maker ended it, or has announced to (ISO 8601). */
  readonly ended?: string;
  /** The family that its maker names as the one to move to. */
  readonly successor?: string;
  /** When the service was asked, or the day on which we read a family's facts at its maker's (ISO 8601). */
  readonly retrieved?: string;
}

/** A backend that could not tell its models. */
export interface ListError {
  readonly provider: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** The models that can be asked for. Source: https://platform.openai.com/docs/api-reference/models/list */
export interface ModelList {
  readonly object: 'list';
  readonly data: readonly Model[];
  /** Backends whose lists are missing from a `live` list. */
  readonly errors?: readonly ListError[];
}

/** How one backend does, as this client has seen it. Dates are ISO 8601. */
export interface BackendHealth {
  readonly provider: string;
  /** Its address, where it is not the backend's own. */
  readonly baseURL?: string;
  /** `open`: after failures in a row, others are asked before it. `half-open`: the next request shows whether it is well again. */
  readonly state: 'closed' | 'open' | 'half-open';
  /** Until when it is left alone, while it is `open`. */
  readonly retryAt?: string;
  readonly lastSuccess?: string;
  readonly lastError?: { readonly at: string; readonly code: ErrorCode; readonly message: string };
  readonly requests: number;
  readonly failures: number;
  /** Time to the first content over its last 100 answers, in ms. */
  readonly firstContentMs?: { readonly p50: number; readonly p95: number };
}

/** Whether a face waits by blocking (`sync`) or by promise (`async`). */
export type Mode = 'sync' | 'async';

type Later<M extends Mode, T> = M extends 'async' ? Promise<T> : T;
type ChunkStream<M extends Mode> = M extends 'async' ? AsyncChunkStream : SyncChunkStream;

/** `chat.completions.create`. */
export interface CreateCompletion<M extends Mode> {
  (params: StreamingParams, options?: CallOptions): ChunkStream<M>;
  (params: WholeParams, options?: CallOptions): Later<M, ChatCompletion>;
  (params: ChatParams, options?: CallOptions): ChunkStream<M> | Later<M, ChatCompletion>;
}

/** What a client can do. Every failure is a `G4FError`. */
export interface Surface<M extends Mode> {
  readonly chat: { readonly completions: { readonly create: CreateCompletion<M> } };
  readonly models: {
    /** The models of the named provider, asked live; without one, all families, and with `live` what is listed now besides. */
    list(params?: ListParams, options?: CallOptions): Later<M, ModelList>;
  };
  /** How the backends that this client has asked are doing. */
  health(): Later<M, readonly BackendHealth[]>;
}
