// What a gateway is made with.
import {
  AsyncClient,
  type CacheOptions,
  type ClientOptions,
  type Middleware,
  type ProviderChoice,
} from '@g4f/client';
import type { BodyLimits } from '../exchange/exchange.ts';
import type { Observe } from '../exchange/record.ts';
import type { Cors, Hosts } from '../guard/origins.ts';
import type { Nameable } from '../guard/own-fields.ts';
import type { GateTerms } from '../keys/gate.ts';
import { type LazyGate, lazyGate } from '../keys/lazy-gate.ts';
import type { Metrics, MetricsOptions } from '../metrics/metrics.ts';
import { metricsOf } from '../metrics/metrics.ts';
import type { ServedPage } from '../page/served-page.ts';
import { isStateUrl, STATE_URLS } from '../state-engines/open-state.ts';
import type { ResponseStore } from '../stored/response-store.ts';
import type { ModelTargets, TargetTable } from '../targets/target.ts';
import { addressesIn } from './addresses.ts';
import { settleMetrics } from './metrics.ts';
import { isClient, nameableOf, namedBy } from './nameable.ts';
import { settleCors, settleHosts } from './origins.ts';
import { settlePage } from './page.ts';
import { sharedCacheOf, storeOf } from './stored.ts';
import { settleTargets } from './targets.ts';
import { checkOptions, isObject, wrong } from './wrong.ts';

/** How a gateway answers. */
export interface HandlerOptions {
  /** The client that carries out all calls, or what one is made with: providers, keys, failover, cache. */
  readonly client?: AsyncClient | ClientOptions;
  /**
   * Ids of the providers that a body may name; unless given those of `client.provider`, and all where that is not set. Where an
   * `AsyncClient` is given, none unless they are given here.
   */
  readonly providers?: readonly string[];
  /** Names of models of this gateway's own, each with the providers and models that answer for it. */
  readonly models?: ModelTargets;
  /** The keys by which callers are known (`Authorization: Bearer`, `x-api-key`, `x-goog-api-key`); without any, everybody may ask. */
  readonly keys?: readonly string[];
  /**
   * Where virtual keys, what they have used and the usage ledger are kept: `memory`, `sqlite:path/to/file.db` or
   * `redis://host:6379`. Every caller then needs a virtual key, or one of `keys`. The client must be given by its options.
   */
  readonly state?: string;
  /**
   * What happens to calls while the state is away: `closed`, they are refused with 503; `open`, those of keys that this process knows
   * begin, and are counted when it is there again. `closed` unless given.
   */
  readonly onStateDown?: 'open' | 'closed';
  /** How long one operation of the state may take, in ms; 1,000. */
  readonly stateTimeout?: number;
  /** For how many days requests are kept in the usage ledger; 90. */
  readonly ledgerDays?: number;
  /** The key of the admin API (`/admin/keys`, `/admin/usage`), at least 16 characters; without it there is none. Needs `state`. */
  readonly adminKey?: string;
  /** Pages of browsers that may ask, by their origin (`https://chat.example.com`), or `true` for all; none unless given. */
  readonly cors?: Cors;
  /** Names by which it is called, besides those of this machine, or `any`; `any` where keys are given. */
  readonly hosts?: Hosts;
  /** Most bytes of a body; 52,428,800. */
  readonly bodyLimit?: number;
  /** How long a body may take to arrive, in ms; 30,000. */
  readonly bodyTimeout?: number;
  /** How long a stream may say nothing before a sign of life is written, in ms; 15,000; 0 for never. */
  readonly keepAlive?: number;
  /**
   * Where responses are kept for `previous_response_id`: unless given in a `state` of SQLite or Redis, else in memory; false keeps
   * none.
   */
  readonly responses?: ResponseStore | false;
  /**
   * Whether equal calls of all gateways of one `state` (SQLite, Redis) get one answer, and how they are kept; false. The client's
   * own `cache` is of this process alone.
   */
  readonly sharedCache?: boolean | CacheOptions;
  /** Whether requests are counted, and who may read the counts at `/metrics`; false. */
  readonly metrics?: boolean | MetricsOptions;
  /**
   * Files of a page that is served to everybody at their paths, `/chat` and below. That page may ask the gateway whatever `cors` says: by
   * a name in `hosts` or of this machine, or, where callers have keys, by any.
   */
  readonly page?: ServedPage;
  /** Is told of each request once it has been answered. */
  readonly onRequest?: Observe;
}

/** The options, checked, nothing missing. */
export interface HandlerSettings {
  readonly client: AsyncClient;
  /** Whether the client was made here, and ends with the server. */
  readonly ownsClient: boolean;
  readonly nameable: Nameable;
  readonly targets: TargetTable;
  /** The servers and proxies that the client may ask. */
  readonly addresses: readonly string[];
  /** The providers that the options of the client name. */
  readonly chosen: readonly ProviderChoice[];
  readonly routesByName: boolean;
  readonly keys: readonly string[];
  /** Where there are virtual keys. */
  readonly gate: LazyGate | undefined;
  readonly adminKey: string | undefined;
  readonly cors: Cors;
  readonly hosts: Hosts;
  readonly limits: BodyLimits;
  readonly keepAlive: number;
  readonly stored: ResponseStore | undefined;
  readonly metrics: Metrics | undefined;
  readonly page: ServedPage | undefined;
  readonly observers: readonly Observe[];
}

/** What goes on where new options take the place of old ones. */
type Lasting = Pick<HandlerSettings, 'stored' | 'metrics' | 'gate'>;

const NAMES: Readonly<Record<keyof HandlerOptions, true>> = {
  client: true,
  providers: true,
  models: true,
  keys: true,
  state: true,
  onStateDown: true,
  stateTimeout: true,
  ledgerDays: true,
  adminKey: true,
  cors: true,
  hosts: true,
  bodyLimit: true,
  bodyTimeout: true,
  keepAlive: true,
  responses: true,
  sharedCache: true,
  metrics: true,
  page: true,
  onRequest: true,
};

/** @throws G4FError `invalid-request` that names the option that is wrong. */
export const settleHandler = (options: HandlerOptions, before?: Lasting): HandlerSettings => {
  checkOptions(options);
  for (const name of Object.keys(options))
    if (!Object.hasOwn(NAMES, name)) throw wrong(name, 'an option of this gateway');
  const { client = {}, providers, keys = [], cors = false, onRequest } = options;
  if (!isObject(client)) throw wrong('client', 'an AsyncClient or its options');
  if (!isTexts(keys) || keys.some((key) => key.trim() === ''))
    throw wrong('keys', 'a list of texts that are not empty');
  const gate = settleGate(options, before);
  const { hosts = keys.length > 0 || gate !== undefined ? 'any' : [] } = options;
  if (providers !== undefined && !isTexts(providers)) throw wrong('providers', 'a list of ids of providers');
  if (onRequest !== undefined && typeof onRequest !== 'function') throw wrong('onRequest', 'a function');
  const { limits, keepAlive } = settleNumbers(options);
  // The client checks its options first: what is read of them here is then what it must be.
  const asked = isClient(client)
    ? client
    : new AsyncClient(metered(client, gate, sharedCacheOf(options.sharedCache, gate)));
  const nameable = nameableOf(client, providers);
  const targets = settleTargets(options.models, isClient(client) ? undefined : nameable.known);
  const metrics = countedBy(options, asked, targets, before);
  if (
    gate !== undefined &&
    keys.length === 0 &&
    metrics?.options.key === undefined &&
    metrics?.options.open !== true &&
    metrics
  )
    throw wrong(
      'metrics',
      'an object with a key, or open, where callers have virtual keys: those read no counts',
    );
  return {
    client: asked,
    ownsClient: asked !== client,
    nameable,
    targets,
    addresses: addressesIn(isClient(client) ? {} : client),
    chosen: isClient(client) ? [] : (namedBy(client)?.list ?? []),
    routesByName: !isClient(client) && namedBy(client) === undefined && client.baseURL == null,
    keys,
    gate,
    adminKey: options.adminKey,
    cors: settleCors(cors),
    hosts: settleHosts(hosts),
    limits,
    keepAlive,
    stored: storeOf(options.responses, gate, before?.stored),
    metrics,
    page: settlePage(options.page),
    observers: [metrics?.observe ?? [], onRequest ?? []].flat(),
  };
};

/** Guessed keys are as good as none. */
const SHORTEST_ADMIN_KEY = 16;

/** One state for as long as the server runs: what callers have used is counted there. */
function settleGate(options: HandlerOptions, before?: Lasting): LazyGate | undefined {
  const terms = settleState(options);
  if (before === undefined) return terms && lazyGate(terms);
  if (JSON.stringify(terms) !== JSON.stringify(before.gate?.terms))
    throw wrong(
      'state',
      'what it was when the server was started, and all that belongs to it: restart the server to change it',
    );
  return before.gate;
}

function settleState(options: HandlerOptions): GateTerms | undefined {
  const { client = {}, state, onStateDown = 'closed', stateTimeout = 1_000, ledgerDays = 90 } = options;
  const { adminKey } = options;
  if (onStateDown !== 'open' && onStateDown !== 'closed') throw wrong('onStateDown', 'open or closed');
  for (const [name, value] of Object.entries({ stateTimeout, ledgerDays }))
    if (!Number.isSafeInteger(value) || value <= 0) throw wrong(name, 'a whole number above 0');
  if (
    adminKey !== undefined &&
    !(typeof adminKey === 'string' && adminKey.trim().length >= SHORTEST_ADMIN_KEY)
  )
    throw wrong('adminKey', `a text of at least ${SHORTEST_ADMIN_KEY} characters`);
  if (state === undefined) {
    if (adminKey === undefined) return undefined;
    throw wrong('state', `given where there is an adminKey: ${STATE_URLS}`);
  }
  if (!isStateUrl(state)) throw wrong('state', STATE_URLS);
  if (isClient(client))
    throw wrong(
      'client',
      'the options of a client, not an AsyncClient, where there is a state: its calls are counted',
    );
  return { url: state, onStateDown, timeout: stateTimeout, days: ledgerDays };
}

/** Outside all that the operator has put around the calls. */
const metered = (
  client: ClientOptions,
  gate: LazyGate | undefined,
  cache: readonly Middleware[],
): ClientOptions =>
  gate === undefined
    ? client
    : { ...client, use: [gate.middleware, ...(client.use ?? []), ...cache, ...gate.shared] };

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

function settleNumbers({
  bodyLimit = 50 * 1024 * 1024,
  bodyTimeout = 30_000,
  keepAlive = 15_000,
}: HandlerOptions): Pick<HandlerSettings, 'limits' | 'keepAlive'> {
  for (const [name, value] of Object.entries({ bodyLimit, bodyTimeout }))
    if (!Number.isSafeInteger(value) || value <= 0) throw wrong(name, 'a whole number above 0');
  if (!Number.isSafeInteger(keepAlive) || keepAlive < 0)
    throw wrong('keepAlive', 'a whole number of ms, 0 for never');
  return { limits: { bytes: bodyLimit, timeout: bodyTimeout }, keepAlive };
}

function countedBy(
  { metrics }: HandlerOptions,
  client: AsyncClient,
  targets: TargetTable,
  before?: Lasting,
): Metrics | undefined {
  const settled = settleMetrics(metrics);
  if (settled === undefined) return undefined;
  return metricsOf(settled, { client, targets }, before?.metrics);
}
