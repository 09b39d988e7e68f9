// What a gateway is made with.
import { AsyncClient, type ClientOptions, type ProviderChoice } from '@g4f/client';
import type { BodyLimits } from '../exchange/exchange.ts';
import type { Cors, Hosts } from '../guard/origins.ts';
import type { Nameable } from '../guard/own-fields.ts';
import { type LazyGate, lazyGate } from '../keys/lazy-gate.ts';
import { isStateUrl, STATE_URLS } from '../state/open-state.ts';
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
  /** Where there are virtual keys. */
  readonly gate: LazyGate | undefined;
  readonly adminKey: string | undefined;
  readonly cors: Cors;
  readonly hosts: Hosts;
  readonly limits: BodyLimits;
}

const NAMES: ReadonlySet<string> = new Set([
  ...['client', 'providers', 'keys', 'cors', 'hosts', 'bodyLimit', 'bodyTimeout'],
  ...['state', 'onStateDown', 'stateTimeout', 'ledgerDays', 'adminKey'],
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
  if (typeof client !== 'object' || client === null) throw wrong('client', 'an AsyncClient or its options');
  const gate = settleGate(options);
  const { hosts = keys.length > 0 || gate !== undefined ? 'any' : [] } = options;
  if (providers !== undefined && !isTexts(providers)) throw wrong('providers', 'a list of ids of providers');
  if (!isTexts(keys) || keys.some((key) => key.trim() === ''))
    throw wrong('keys', 'a list of texts that are not empty');
  for (const [name, value] of Object.entries({ bodyLimit, bodyTimeout }))
    if (!Number.isSafeInteger(value) || value <= 0) throw wrong(name, 'a whole number above 0');
  // The client checks its options first: what is read of them here is then what it must be.
  const asked = isClient(client) ? client : new AsyncClient(metered(client, gate));
  return {
    client: asked,
    ownsClient: asked !== client,
    nameable: nameableOf(client, providers),
    chosen: isClient(client) ? [] : (namedBy(client)?.list ?? []),
    keys,
    gate,
    adminKey: options.adminKey,
    cors: settleCors(cors),
    hosts: settleHosts(hosts),
    limits: { bytes: bodyLimit, timeout: bodyTimeout },
  };
};

/** Guessed keys are as good as none. */
const SHORTEST_ADMIN_KEY = 16;

function settleGate(options: HandlerOptions): LazyGate | undefined {
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
  return lazyGate({ url: state, onStateDown, timeout: stateTimeout, days: ledgerDays });
}

/** Outside all that the operator has put around the calls. */
const metered = (client: ClientOptions, gate: LazyGate | undefined): ClientOptions =>
  gate === undefined ? client : { ...client, use: [gate.middleware, ...(client.use ?? [])] };

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');
