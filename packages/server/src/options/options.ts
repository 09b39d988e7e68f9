// What a gateway is made with.
import { AsyncClient, type ClientOptions, type ProviderChoice } from '@g4f/client';
import type { BodyLimits } from '../exchange/exchange.ts';
import type { Cors, Hosts } from '../guard/origins.ts';
import type { Nameable } from '../guard/own-fields.ts';
import { isClient, nameableOf, namedBy } from './nameable.ts';
import { settleCors, settleHosts } from './origins.ts';
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
}

/** The options, checked, nothing missing. */
export interface HandlerSettings {
  readonly client: AsyncClient;
  /** Whether the client was made here, and ends with the server. */
  readonly ownsClient: boolean;
  readonly nameable: Nameable;
  /** The providers that the options of the client name. */
  readonly chosen: readonly ProviderChoice[];
  readonly keys: readonly string[];
  readonly cors: Cors;
  readonly hosts: Hosts;
  readonly limits: BodyLimits;
}

const NAMES: ReadonlySet<string> = new Set([
  ...['client', 'providers', 'keys', 'cors', 'hosts', 'bodyLimit', 'bodyTimeout'],
]);

/** @throws G4FError `invalid-request` that names the option that is wrong. */
export const settleHandler = (options: HandlerOptions): HandlerSettings => {
  for (const name of Object.keys(options))
    if (!NAMES.has(name)) throw wrong(name, 'an option of this gateway');
  const {
    client = {},
    providers,
    keys = [],
    cors = false,
    bodyLimit = 50 * 1024 * 1024,
    bodyTimeout = 30_000,
  } = options;
  const { hosts = keys.length > 0 ? 'any' : [] } = options;
  if (typeof client !== 'object' || client === null) throw wrong('client', 'an AsyncClient or its options');
  if (providers !== undefined && !isTexts(providers)) throw wrong('providers', 'a list of ids of providers');
  if (!isTexts(keys) || keys.some((key) => key.trim() === ''))
    throw wrong('keys', 'a list of texts that are not empty');
  for (const [name, value] of Object.entries({ bodyLimit, bodyTimeout }))
    if (!Number.isSafeInteger(value) || value <= 0) throw wrong(name, 'a whole number above 0');
  // The client checks its options first: what is read of them here is then what it must be.
  const asked = isClient(client) ? client : new AsyncClient(client);
  return {
    client: asked,
    ownsClient: asked !== client,
    nameable: nameableOf(client, providers),
    chosen: isClient(client) ? [] : (namedBy(client)?.list ?? []),
    keys,
    cors: settleCors(cors),
    hosts: settleHosts(hosts),
    limits: { bytes: bodyLimit, timeout: bodyTimeout },
  };
};

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');
