// Options in the form of `@g4f/client`.

import type { CallOptions, ClientOptions as G4FOptions } from '@g4f/client';
import { urlOf } from '@g4f/core/internal';
import { checkOptions } from './absent.ts';
import type { ClientOptions, HeadersLike, RequestOptions } from './client-options.ts';

/** The id of the provider that a key and headers are for; undefined for a provider that is code of one's own, the only one. */
export type Owner = string | undefined;

/** What is made for a call: a key, headers that carry one. */
export interface Credentials {
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The first that is named, whatever model is named with it; OpenAI where none is. */
const ownerOf = (provider: ClientOptions['provider']): Owner => {
  const isList = Array.isArray(provider);
  const first = isList ? provider[0] : provider;
  if (first == null) return 'openai';
  if (typeof first === 'string') return /^([^:]+):./s.exec(first)?.[1] ?? first;
  return isList && 'id' in first ? first.id : undefined;
};

/** The id of a server of one's own: the parameters are sent to it as they are, as OpenAI's library sends them. */
const OWN_SERVER = 'openai-compatible';

/** Who is asked at an address of the program's, where it names no provider. */
function atAddress(baseURL: string, { backends = [], organization, project }: ClientOptions): ClientOptions {
  const account = {
    ...(organization != null && { 'openai-organization': organization }),
    ...(project != null && { 'openai-project': project }),
  };
  const row = { id: OWN_SERVER, baseURL, apiKeyEnv: 'OPENAI_API_KEY', headers: account };
  return {
    provider: OWN_SERVER,
    backends: [...backends, row],
    baseURL: undefined,
    organization: undefined,
    project: undefined,
  };
}

const isOpenAIs = (address: string): boolean => urlOf(address)?.hostname === 'api.openai.com';

/**
 * The address that is asked: the program's, or, where it names no provider, that of OPENAI_BASE_URL, as OpenAI's library reads it. A key
 * that the program gives goes there, too: a program that takes this library in the place of OpenAI's counts on both.
 */
const addressOf = ({ baseURL, provider, env = environment() }: ClientOptions): string | undefined =>
  baseURL ?? (provider === undefined ? env.OPENAI_BASE_URL?.trim() || undefined : undefined);

/** Whether a server other than OpenAI's is asked, and no provider is named. */
const isOwnServer = (options: ClientOptions): boolean => {
  const address = addressOf(options);
  return options.provider === undefined && address !== undefined && !isOpenAIs(address);
};

const environment = (): Readonly<Record<string, string | undefined>> => globalThis.process?.env ?? {};

const OPENAI_URL = 'https://api.openai.com/v1';

interface Account {
  readonly baseURL: string | undefined;
  readonly apiKey: string | undefined;
  readonly organization: string | null;
  readonly project: string | null;
}

/** What a client tells of its account, where that is known here: a provider other than OpenAI has an address and a variable of its own. */
export const accountOf = (options: ClientOptions): Account => {
  const { provider, apiKey, organization, project, env = environment() } = options;
  const isOpenAI = provider === undefined || ownerOf(provider) === 'openai';
  const isSent = isOpenAI && !isOwnServer(options);
  return {
    baseURL: addressOf(options) ?? (isOpenAI ? env.OPENAI_BASE_URL?.trim() || OPENAI_URL : undefined),
    apiKey: typeof apiKey === 'string' ? apiKey : apiKey == null && isOpenAI ? env.OPENAI_API_KEY : undefined,
    // The variables are read by the provider of OpenAI alone.
    organization: organization ?? (isSent ? env.OPENAI_ORG_ID : undefined) ?? null,
    project: project ?? (isSent ? env.OPENAI_PROJECT_ID : undefined) ?? null,
  };
};

/** The options of `AsyncClient`, and for whom its key is. @throws OpenAIError for an option of OpenAI's that there is not */
export const toClientOptions = (
  given: ClientOptions,
): { readonly client: G4FOptions; readonly owner: Owner } => {
  const baseURL = addressOf(given);
  const isOwn = isOwnServer(given);
  const {
    provider = 'openai',
    apiKey,
    defaultHeaders,
    dangerouslyAllowBrowser: _,
    ...others
  }: ClientOptions = isOwn && baseURL !== undefined
    ? { ...given, ...atAddress(baseURL, given) }
    : { ...given, baseURL };
  checkOptions(others);
  const owner = ownerOf(provider);
  const client: G4FOptions = {
    ...asGiven(others),
    ...(provider !== null && { provider }),
    ...(typeof apiKey !== 'function' && keyFor(apiKey, owner)),
    ...headersFor(defaultHeaders, owner),
  };
  return { client, owner };
};

/**
 * The options of a call. @param owner the client's. @param made what the client makes for each call, for its owner alone.
 * @throws OpenAIError for an option of OpenAI's that there is not
 */
export const toCallOptions = (
  { headers, idempotencyKey, apiKey, ...others }: RequestOptions,
  owner: Owner,
  made: Credentials,
): CallOptions => {
  checkOptions(others);
  const named = others.provider == null ? owner : ownerOf(others.provider);
  // A provider of another call is not sent the key of the client's.
  const isOwners = named === owner;
  const all = {
    ...(isOwners && made.headers),
    ...(headers != null && recordOf(headers)),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  return {
    ...asGiven(others),
    ...keyFor(apiKey ?? (isOwners ? made.apiKey : undefined), named),
    ...(Object.keys(all).length > 0 && headersFor(all, named)),
  };
};

const keyFor = (key: CallOptions['apiKey'], owner: Owner): Pick<CallOptions, 'apiKey'> => {
  if (key == null) return {};
  if (owner === undefined || (typeof key === 'object' && !isList(key))) return { apiKey: key };
  return { apiKey: { [owner]: key } };
};

const isList = (value: object): value is readonly string[] => Array.isArray(value);

const headersFor = (headers: HeadersLike | undefined, owner: Owner): Pick<CallOptions, 'headers'> => {
  if (headers == null) return {};
  const own = recordOf(headers);
  return { headers: owner === undefined ? own : { [owner]: own } };
};

const recordOf = (headers: HeadersLike): Readonly<Record<string, string | null | undefined>> =>
  headers instanceof Headers || isPairs(headers) ? Object.fromEntries([...headers]) : headers;

const isPairs = (headers: HeadersLike): headers is readonly (readonly [string, string])[] =>
  Array.isArray(headers);

/** The same: to `@g4f/client` null and undefined are not given, which its types do not say. */
const asGiven = <T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], null | undefined> } =>
  fields as { [Name in keyof T]: Exclude<T[Name], null | undefined> };
