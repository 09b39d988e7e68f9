// Client options and call options in one checked form: what a call is carried out with.

import { G4FError } from '@g4f/core';
import { withFields } from '@g4f/core/internal';
import { ownEnv } from '@g4f/providers/options';
import { catalogOf, type LoadCatalog } from '../catalog/provider-catalog.ts';
import type { Wrapping } from '../catalog/wrapped-entry.ts';
import { emptyKey } from '../errors/empty-key.ts';
import { processEnv } from '../platform/process-env.ts';
import type {
  CallOptions,
  ClientOptions,
  Hedge,
  ParamOptions,
  ProviderChoice,
  Retired,
  Routing,
} from '../surface/options.ts';
import { checkGiven, checkNames, copyOptions } from './check-names.ts';
import {
  checkEnv,
  checkExtraBody,
  checkProxy,
  checkRetired,
  checkRetries,
  checkSignal,
  checkURL,
  checkWorkerURL,
  wrong,
} from './check-option.ts';
import { type Limits, limitsOf } from './deadline-limits.ts';
import { type HeaderLevels, headerLevels, levelOf } from './given-headers.ts';
import { checkIds } from './known-ids.ts';
import { checkCallCache, checkMiddleware } from './middleware-options.ts';
import { namedIdsOf } from './named-ids.ts';
import { CALL_OPTIONS } from './option-names.ts';
import { type Owned, pickOption } from './pick-option.ts';
import { isPlainObject } from './plain-value.ts';
import { choicesOf } from './provider-option.ts';
import { checkHedge, checkRouting } from './routing-options.ts';
import { NO_OPTIONS } from './split-params.ts';
import { reading } from './unreadable.ts';

/** How one call is carried out, checked and complete. */
export interface Settings {
  /** The providers the caller named, in order; none means whoever offers the model. */
  readonly choices: readonly ProviderChoice[];
  readonly apiKey: readonly string[] | KeysById | undefined;
  /** Whether the program said for whom `apiKey` and `headers` without an id are. */
  readonly owned: Owned;
  readonly baseURL: string | undefined;
  readonly proxy: string | undefined;
  readonly limits: Limits;
  readonly signal: AbortSignal | undefined;
  readonly maxRetries: number;
  readonly hedge: Hedge | undefined;
  readonly routing: Required<Routing>;
  /** The caller's own; an empty one says that there shall be none, whatever the environment says. */
  readonly fallback: string | undefined;
  readonly extraBody: Readonly<Record<string, unknown>> | undefined;
  /** The caller's own; the variable counts without it. */
  readonly retired: Retired | undefined;
  /** Headers that the caller gave, by level. */
  readonly headers: HeaderLevels;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The providers this client knows. */
  readonly loadCatalog: LoadCatalog;
  /** The client's own options, if it asks others in the place of its providers. */
  readonly wrapping: Wrapping | undefined;
}

/** Keys by provider ids. */
export type KeysById = Readonly<Record<string, readonly string[]>>;

/** Whether keys were given for one provider, without saying for which. */
export const isKeyList = (keys: Settings['apiKey']): keys is readonly string[] => Array.isArray(keys);

/** What a client's own options come to. */
const settled = new WeakMap<ClientOptions, Settings>();

/**
 * The settings of a call: its options over those among its parameters, over the client's. Undefined and null are not set.
 * A client's own options and rows are read once, the environment where it is needed, with every call.
 * @throws G4FError `invalid-request` naming the option, what it must be and what it was.
 */
export const settle = (
  client: ClientOptions,
  inParams: ParamOptions = NO_OPTIONS,
  options?: CallOptions | null,
): Settings => {
  const call = checkGiven(options) ?? NO_OPTIONS;
  if (call !== NO_OPTIONS) {
    checkNames(call, CALL_OPTIONS);
    checkCallCache(call);
  }
  const done = settled.get(client);
  if (inParams === NO_OPTIONS && done !== undefined) {
    if (call === NO_OPTIONS) return done;
    // Nothing else depends on a signal, and many calls bring one and nothing besides.
    if (isSignalAlone(call)) return withSignal(done, call.signal);
  }
  if (inParams !== NO_OPTIONS || call !== NO_OPTIONS) return check(client, inParams, call);
  checkNames(client);
  checkEnv(client.env);
  checkWorkerURL(client.workerURL);
  checkMiddleware(client);
  const own = check(client, NO_OPTIONS, NO_OPTIONS);
  settled.set(client, own);
  return own;
};

const withSignal = (done: Settings, signal: CallOptions['signal']): Settings =>
  signal == null ? done : withFields(done, { signal: checkSignal(signal) });

const isSignalAlone = (call: CallOptions): boolean => {
  const names = Reflect.ownKeys(call);
  return names.length === 1 && names[0] === 'signal';
};

/** A client's own options, copied and checked. @throws G4FError `invalid-request` */
export const settledOptions = (given: ClientOptions): ClientOptions =>
  reading(given, () => {
    const own = copyOptions(given);
    settle(own);
    return own;
  });

const check = (client: ClientOptions, inParams: ParamOptions, call: CallOptions): Settings => {
  const env = ownEnv((Object.hasOwn(client, 'env') ? client.env : undefined) ?? processEnv());
  const pick = pickOption(client, inParams, call);
  const choices = choicesOf(client, inParams, call);
  const settings = {
    choices,
    apiKey: checkKeys(pick('apiKey')),
    owned: pick.owned,
    baseURL: checkURL('baseURL', pick('baseURL')),
    proxy: checkProxy(pick('proxy')),
    limits: limitsOf(pick.ofClient('timeout'), pick.ofCall('timeout')),
    signal: checkSignal(pick('signal')),
    maxRetries: checkRetries(pick('maxRetries')),
    hedge: checkHedge(pick('hedge')),
    routing: checkRouting(pick('routing')),
    fallback: checkFallback(pick('fallback')),
    extraBody: checkExtraBody(pick('extraBody')),
    retired: checkRetired('retired', pick('retired')),
    headers: headerLevels(levelOf(pick.ofClient), levelOf(pick.ofCall)),
    env,
    loadCatalog: catalogOf(client, env),
    wrapping: wraps(client) ? client : undefined,
  };
  checkAllIds(settings, client);
  return settings;
};

const wraps = (client: ClientOptions): client is ClientOptions & Wrapping =>
  Object.hasOwn(client, 'wrap') && client.wrap != null;

/** What is given for providers by their ids. */
function checkAllIds({ apiKey, fallback, headers, routing, choices }: Settings, client: ClientOptions): void {
  const rows = Object.hasOwn(client, 'backends') ? (client.backends ?? []) : [];
  const own = [...rows, ...choices].flatMap((one) =>
    typeof one === 'object' && 'id' in one ? [one.id] : [],
  );
  if (apiKey !== undefined && !isKeyList(apiKey)) checkIds('apiKey', Object.keys(apiKey), own);
  if (fallback) checkIds('fallback', [fallback.split(':', 1)[0] ?? ''], own);
  for (const { byId = {} } of headers) checkIds('headers', Object.keys(byId), own);
  checkIds('routing.weights', Object.keys(routing.weights), own);
  checkIds('routing.prices', Object.keys(routing.prices), own);
  for (const one of [client.use ?? [], client.wrap ?? []].flat()) {
    const [option = '', ids = []] = namedIdsOf(one) ?? [];
    checkIds(option, ids, own);
  }
}

function checkKeys(value: unknown): Settings['apiKey'] {
  if (value === undefined) return undefined;
  const list = keyList(value);
  if (list !== undefined) return notEmpty(list, 'apiKey');
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(([id, keys]) => [id, keyList(keys)] as const);
    if (entries.every((entry): entry is [string, string[]] => entry[1] !== undefined))
      return Object.fromEntries(entries.map(([id, keys]) => [id, notEmpty(keys, `apiKey.${id}`)]));
  }
  // The value is not quoted: there is most likely a key in it.
  throw new G4FError(
    'apiKey must be a string, a list of strings, or an object with these for each provider id.',
    {
      code: 'invalid-request',
    },
  );
}

function notEmpty(keys: readonly string[], field: string): readonly string[] {
  if (keys.length === 0) throw emptyKey(field);
  return keys;
}

/** One key or several, empty ones left out. */
function keyList(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return !list.includes(undefined) && list.every((key) => typeof key === 'string')
    ? list.filter((key) => key !== '')
    : undefined;
}

function checkFallback(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw wrong('fallback', 'the id of a provider', value);
}
