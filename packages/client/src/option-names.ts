// The names of options: which there are, which a call may have among its parameters, and what a misspelt one means.
import { G4FError } from '@g4f/core';
import { quote } from './quote.ts';
import type { CallOptions, ClientOptions } from './surface.ts';

type OfClientOnly = Exclude<keyof ClientOptions, keyof CallOptions>;

/** Every option: whether a call may have it as well as a client. */
const OF_CALL: Readonly<Record<keyof CallOptions, true> & Record<OfClientOnly, false>> = {
  provider: true,
  apiKey: true,
  baseURL: true,
  proxy: true,
  timeout: true,
  signal: true,
  maxRetries: true,
  hedge: true,
  routing: true,
  fallback: true,
  extraBody: true,
  retired: true,
  backends: false,
  env: false,
  workerURL: false,
};

/** The names of the options of a call. */
export const CALL_OPTIONS: ReadonlySet<string> = new Set(
  Object.entries(OF_CALL).flatMap(([name, ofCall]) => (ofCall ? [name] : [])),
);

/** The names of all options. */
export const OPTION_NAMES: readonly string[] = Object.keys(OF_CALL);

/** The names of the options of a client that no call has. */
export const CLIENT_OPTIONS: ReadonlySet<string> = new Set(
  OPTION_NAMES.filter((name) => !CALL_OPTIONS.has(name)),
);

/** A name without what people write otherwise. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

const BY_PLAIN: ReadonlyMap<string, string> = new Map(OPTION_NAMES.map((name) => [plain(name), name]));

/**
 * What is misspelt must not be passed over: without its `baseURL` a call would take key and prompt to another address.
 * Undefined and null are not set.
 * @throws G4FError `invalid-request` for a name that is an option's but for capitals and dashes.
 */
export const checkName = (name: string, value: unknown): void => {
  const meant = value == null ? undefined : BY_PLAIN.get(plain(name));
  if (meant === undefined || meant === name) return;
  throw new G4FError(`there is no option ${quote(name)}. Did you mean ${meant}?`, {
    code: 'invalid-request',
  });
};

/** The same for all options that were given. @throws G4FError `invalid-request` */
export const checkNames = (given: object): void => {
  for (const [name, value] of Object.entries(given)) checkName(name, value);
};
