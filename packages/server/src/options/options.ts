// What a gateway is made with.
import { AsyncClient, type ClientOptions, type ProviderChoice } from '@g4f/client';
import type { BodyLimits } from '../exchange/exchange.ts';
import type { Observe } from '../exchange/record.ts';
import type { Cors, Hosts } from '../guard/origins.ts';
import type { Nameable } from '../guard/own-fields.ts';
import type { Metrics, MetricsOptions } from '../metrics/metrics.ts';
import { metricsOf } from '../metrics/metrics.ts';
import { memoryResponses } from '../stored/memory-responses.ts';
import type { ResponseStore } from '../stored/response-store.ts';
import type { ModelTargets, TargetTable } from '../targets/target.ts';
import { settleMetrics } from './metrics.ts';
import { isClient, nameableOf, namedBy } from './nameable.ts';
import { settleCors, settleHosts } from './origins.ts';
import { settleTargets } from './targets.ts';
import { wrong } from './wrong.ts';

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
  /** Where responses are kept for `previous_response_id`; in memory unless given; false keeps none. */
  readonly responses?: ResponseStore | false;
  /** Whether requests are counted, and who may read the counts at `/metrics`; false. */
  readonly metrics?: boolean | MetricsOptions;
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
  /** The providers that the options of the client name. */
  readonly chosen: readonly ProviderChoice[];
  readonly keys: readonly string[];
  readonly cors: Cors;
  readonly hosts: Hosts;
  readonly limits: BodyLimits;
  readonly keepAlive: number;
  readonly stored: ResponseStore | undefined;
  readonly metrics: Metrics | undefined;
  readonly observers: readonly Observe[];
}

/** What goes on where new options take the place of old ones. */
type Lasting = Pick<HandlerSettings, 'stored' | 'metrics'>;

const NAMES: Readonly<Record<keyof HandlerOptions, true>> = {
  client: true,
  providers: true,
  models: true,
  keys: true,
  cors: true,
  hosts: true,
  bodyLimit: true,
  bodyTimeout: true,
  keepAlive: true,
  responses: true,
  metrics: true,
  onRequest: true,
};

/** @throws G4FError `invalid-request` that names the option that is wrong. */
export const settleHandler = (options: HandlerOptions, before?: Lasting): HandlerSettings => {
  for (const name of Object.keys(options))
    if (!Object.hasOwn(NAMES, name)) throw wrong(name, 'an option of this gateway');
  const { client = {}, providers, keys = [], cors = false, onRequest } = options;
  const { hosts = keys.length > 0 ? 'any' : [] } = options;
  if (typeof client !== 'object' || client === null) throw wrong('client', 'an AsyncClient or its options');
  if (providers !== undefined && !isTexts(providers)) throw wrong('providers', 'a list of ids of providers');
  if (!isTexts(keys) || keys.some((key) => key.trim() === ''))
    throw wrong('keys', 'a list of texts that are not empty');
  if (onRequest !== undefined && typeof onRequest !== 'function') throw wrong('onRequest', 'a function');
  const { limits, keepAlive } = settleNumbers(options);
  // The client checks its options first: what is read of them here is then what it must be.
  const asked = isClient(client) ? client : new AsyncClient(client);
  const nameable = nameableOf(client, providers);
  const targets = settleTargets(options.models, isClient(client) ? undefined : nameable.known);
  const metrics = countedBy(options, asked, targets, before);
  return {
    client: asked,
    ownsClient: asked !== client,
    nameable,
    targets,
    chosen: isClient(client) ? [] : (namedBy(client)?.list ?? []),
    keys,
    cors: settleCors(cors),
    hosts: settleHosts(hosts),
    limits,
    keepAlive,
    stored: storeOf(options.responses, before),
    metrics,
    observers: [metrics?.observe ?? [], onRequest ?? []].flat(),
  };
};

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

function storeOf(responses: HandlerOptions['responses'], before?: Lasting): ResponseStore | undefined {
  if (responses === false) return undefined;
  if (responses === undefined) return before?.stored ?? memoryResponses();
  for (const method of ['get', 'set', 'delete'] as const)
    if (typeof responses[method] !== 'function')
      throw wrong('responses', 'false, or an object with get, set and delete');
  return responses;
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
