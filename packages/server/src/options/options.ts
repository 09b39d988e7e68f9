// What a gateway is made with.
import { AsyncClient, type ClientOptions } from '@g4f/client';
import { G4FError } from '@g4f/core';
import type { BodyLimits } from '../exchange/exchange.ts';
import type { Cors, Hosts } from '../guard/origins.ts';

/** How a gateway answers. */
export interface HandlerOptions {
  /** The client that carries out all calls, or what one is made with: providers, keys, failover, cache. */
  readonly client?: AsyncClient | ClientOptions;
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
  readonly keys: readonly string[];
  readonly cors: Cors;
  readonly hosts: Hosts;
  readonly limits: BodyLimits;
}

const NAMES: ReadonlySet<string> = new Set(['client', 'keys', 'cors', 'hosts', 'bodyLimit', 'bodyTimeout']);

/** @throws G4FError `invalid-request` that names the option that is wrong. */
export const settleHandler = (options: HandlerOptions): HandlerSettings => {
  for (const name of Object.keys(options))
    if (!NAMES.has(name)) throw wrong(name, 'an option of this gateway');
  const {
    client = {},
    keys = [],
    cors = false,
    bodyLimit = 50 * 1024 * 1024,
    bodyTimeout = 30_000,
  } = options;
  const { hosts = keys.length > 0 ? 'any' : [] } = options;
  if (typeof client !== 'object' || client === null) throw wrong('client', 'an AsyncClient or its options');
  if (!isTexts(keys) || keys.includes('')) throw wrong('keys', 'a list of texts that are not empty');
  if (typeof cors !== 'boolean' && !isTexts(cors)) throw wrong('cors', 'true, false or a list of origins');
  if (hosts !== 'any' && !isTexts(hosts)) throw wrong('hosts', '"any" or a list of names');
  for (const [name, value] of Object.entries({ bodyLimit, bodyTimeout }))
    if (!Number.isSafeInteger(value) || value <= 0) throw wrong(name, 'a whole number above 0');
  return {
    client: isClient(client) ? client : new AsyncClient(client),
    ownsClient: !isClient(client),
    keys,
    cors,
    hosts,
    limits: { bytes: bodyLimit, timeout: bodyTimeout },
  };
};

/** By what it can do, because a program may have two copies of the class. */
const isClient = (client: AsyncClient | ClientOptions): client is AsyncClient => 'chat' in client;

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

/** The error for an option that is not what it must be. */
export const wrong = (name: string, expected: string): G4FError =>
  new G4FError(`server: ${name} must be ${expected}.`, { code: 'invalid-request' });
