// The contract between the client and a provider: facts, what it can do, and what it is lent to do it with.

import { G4FError } from './errors.ts';
import { urlOf, withoutEndpoint } from './internal/url-of.ts';
import type { Operation, Operations } from './operation.ts';
import type { BodyStream } from './operations/upload.ts';

/** An HTTP request as a wire makes it. `url` is absolute, `body` is text. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes in the place of the text; their number stands in the header `content-length` where it is known. */
  readonly bodyStream?: BodyStream;
  /** Gives up this one request: what was waited for fails with the signal's reason, and the connection is closed. */
  readonly signal?: AbortSignal;
}

/** An HTTP answer whose body has not been read. Header names are in lower case. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they arrive. Leaving the loop closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Says that the answer is complete: the connection is kept for later if the body ends at once, and closed otherwise. */
  release(): void;
  /** How long, in ms, until a deadline of the call passes if nothing comes; absent where that is not known. */
  readonly leftMs?: (() => number) | undefined;
}

/**
 * Sends one request over the caller's proxy, deadlines and signal.
 * @throws G4FError `network`, `timeout` or `aborted`; an HTTP status is never thrown here.
 */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * What the provider is waiting for: each has a deadline of its own, except `prepare` (a download, a model
 * or code being loaded), which only the total deadline bounds.
 */
export type WaitPhase = 'prepare' | 'connect' | 'headers' | 'first-content';

/** Variables of an environment, and their values. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a provider is lent for one call. It uses nothing else: no global fetch, no process.env. */
export interface Context {
  /** Aborted when the caller leaves, or a deadline passes. */
  readonly signal: AbortSignal;
  readonly env: Environment;
  readonly send: Send;
  /** The key the caller gave for this provider; the environment is looked at only without one. */
  readonly apiKey?: string | undefined;
  /** The caller's address for this provider, instead of its own. */
  readonly baseURL?: string | undefined;
  /** Fields that the caller wants in the request's JSON body as they are, over those that the provider writes. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  /** Headers that the caller wants sent, by their names in lower case, over those that the provider sends; null for one that is not to be sent. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  /** Tells the deadlines what is waited for now. `send` enters `prepare`, `connect`, `headers` and `first-content` itself. */
  enter(phase: WaitPhase): void;
  /**
   * For an operation that sends several requests: how long to wait, in ms, before one that failed with `error` is sent again, after
   * so many `retries` of it; undefined if it is not to be sent again. Absent where nothing is sent again.
   */
  readonly retryDelayMs?: ((error: unknown, retries: number) => number | undefined) | undefined;
  /** Tells the caller of something asked for that this provider cannot do. */
  warn(message: string): void;
}

/** What a model takes in, or gives out. */
export type Modality = 'text' | 'image' | 'audio' | 'video' | 'file' | 'embedding';

/** What a service asks for a model, in US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** What is known of a model; token counts are in tokens, `created` in seconds since 1970. */
export interface ModelFacts {
  readonly id: string;
  readonly contextLength?: number;
  readonly created?: number;
  readonly ownedBy?: string;
  readonly input?: readonly Modality[];
  readonly output?: readonly Modality[];
  readonly price?: Price;
}

/** What a chat may hold besides text, where the model can do it too; `reasoning` is `reasoning_effort` and what comes of it. */
export type ChatFeature = 'tools' | 'images' | 'audio' | 'files' | 'json-schema' | 'reasoning';

/** What is known of a provider before it is asked. */
export interface ProviderFacts {
  /** kebab-case, the name of its file and of `provider: '…'`. */
  readonly id: string;
  /** The name a person knows it by. */
  readonly name: string;
  /** The page its facts come from. */
  readonly website: string;
  /** Whether it needs a key. */
  readonly key: 'none' | 'optional' | 'required';
  /** Environment variables that may hold the key; the first that is set counts. */
  readonly env?: readonly string[];
  /** Whether it has a key of its own, which goes to its own address alone, and to none that a variable holds. */
  readonly bringsKey?: boolean;
  /** Variables that may hold another address, besides `<ID>_BASE_URL`: those of an account that several providers share. */
  readonly baseURLEnv?: readonly string[];
  /** Where it answers, without a trailing slash. Absent for a model on this machine that needs no address. */
  readonly baseURL?: string;
  /** The protocol it speaks, such as `openai-chat`: the name of the wire's file. Absent if it has one of its own. */
  readonly wire?: string;
  /**
   * The field of `usage` in which its documentation has the cost of a request: in US dollars, or in ticks (10^10 of a dollar). Absent
   * where it has none: a number of that name may be anything then.
   */
  readonly costField?: 'cost' | 'cost_in_usd_ticks';
  /** What its chat takes besides text. */
  readonly features?: readonly ChatFeature[];
  /** Model families it can chat with → its own id for exactly that model. */
  readonly models: Readonly<Record<string, string>>;
  /** The same for each of its other operations. */
  readonly modelsFor?: { readonly [O in Exclude<Operation, 'chat'>]?: Readonly<Record<string, string>> };
}

/** What an operation of a provider gives: its parts, as they come. */
export type PartsOf<O extends Operation> = AsyncIterable<Operations[O]['part']>;

/**
 * The operations of a provider. Presence is capability: no method, no such thing. `chat` answers as batches of events in the order
 * of the stream grammar; an operation that answers once yields one part. Each throws G4FError.
 */
export type ProviderOperations = {
  readonly [O in Operation]?: (request: Operations[O]['request'], context: Context) => PartsOf<O>;
};

/** A service, a server on this machine, or a model that runs with us. */
export interface Provider extends ProviderFacts, ProviderOperations {
  /** What is missing before it can be used (`start Ollama`), or undefined if nothing is. Keys need no mention. */
  available?(context: Context): Promise<string | undefined>;
  /** What it offers now. @throws G4FError */
  listModels?(context: Context): Promise<readonly ModelFacts[]>;
}

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Declares a provider: checks its facts and returns it as it is.
 * @throws G4FError `invalid-request` naming the fact that is wrong and what is expected.
 */
export const defineProvider = <P extends Provider>(provider: P): P => {
  const wrong = (fact: string, expected: string): never => {
    throw new G4FError(`provider ${JSON.stringify(provider.id)}: ${fact} must be ${expected}.`, {
      code: 'invalid-request',
    });
  };
  if (typeof provider.id !== 'string' || !isProviderId(provider.id))
    wrong('id', 'kebab-case, such as "my-backend"');
  if (!provider.name) wrong('name', 'the name a person knows it by');
  // Before the website, which is the same where an endpoint has none.
  if (provider.baseURL !== undefined && !isBaseURL(provider.baseURL))
    wrong('baseURL', 'an http(s) URL without a trailing slash, such as "http://127.0.0.1:8000/v1"');
  if (provider.baseURL !== undefined && holdsUser(provider.baseURL))
    wrong(
      'baseURL',
      'without a user and a password ("user:password@"), which are not sent: give them as a header',
    );
  // A protocol of its own may have any address.
  const instead = provider.wire === undefined ? undefined : withoutEndpoint(provider.baseURL ?? '');
  if (instead !== undefined) wrong('baseURL', instead);
  if (urlOf(provider.website) === undefined) wrong('website', 'the URL of its documentation');
  if (!['none', 'optional', 'required'].includes(provider.key))
    wrong('key', '"none", "optional" or "required"');
  if (provider.key === 'required' && !provider.env?.length) wrong('env', 'the variable that holds its key');
  if (typeof provider.models !== 'object' || provider.models === null)
    wrong('models', 'an object: family → its own id');
  return provider;
};

/** Whether a URL has a user or a password in it, which no request would carry. */
export const holdsUser = (text: string): boolean => {
  const { username = '', password = '' } = urlOf(text) ?? {};
  return username !== '' || password !== '';
};

/** Whether a provider may be called so. */
export const isProviderId = (id: string): boolean => ID.test(id);

const isBaseURL = (text: string): boolean =>
  /^https?:$/.test(urlOf(text)?.protocol ?? '') && !text.endsWith('/');
