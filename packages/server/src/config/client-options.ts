// What a configuration says of providers and calls → the options of the client.
import type { CacheOptions, ClientOptions } from '@g4f/client';
import { BACKEND_IDS } from '@g4f/providers/options';
import type { RegistryEntry } from '@g4f/providers/registry';
import type { Config, ProviderConfig } from './config-schema.ts';
import type { Environment } from './source-text.ts';

/** The options. The environment is the process's, without the keys of providers that the file leaves out. */
export const clientOptions = async (config: Config, env: Environment): Promise<ClientOptions> => {
  const { providers, routing, fallback, retired, deadlines, retries, hedge, cache } = config;
  return defined({
    ...(providers === undefined ? { env } : await ofProviders(providers, env)),
    routing,
    fallback,
    retired,
    timeout: deadlines,
    maxRetries: retries,
    hedge,
    cache: isShared(cache) ? undefined : ownCache(cache),
  });
};

const isShared = (cache: Config['cache']): boolean => typeof cache === 'object' && cache.shared === true;

/** The cache of all gateways of a state, if the file wants one. */
export const sharedCache = ({ cache }: Pick<Config, 'cache'>): CacheOptions | undefined => {
  const own = ownCache(cache);
  return isShared(cache) && typeof own === 'object' ? own : undefined;
};

/** Without what says whose it is. */
function ownCache(cache: Config['cache']): ClientOptions['cache'] {
  if (typeof cache !== 'object') return cache;
  const { shared: _, ...options } = cache;
  return options;
}

async function ofProviders(
  providers: NonNullable<Config['providers']>,
  env: Environment,
): Promise<ClientOptions> {
  const { loadRegistry } = await import('@g4f/providers/registry');
  const registry = await loadRegistry();
  const given = Object.entries(providers).map(([id, provider]) => [id, provider ?? {}] as const);
  const own = given.filter(([id]) => !BACKEND_IDS.includes(id));
  // An address that a variable holds is asked with a key that a variable holds: both stand here in one place.
  const moved = given.filter(([id, { baseURL }]) => BACKEND_IDS.includes(id) && baseURL !== undefined);
  const keyed = given.filter((one) => !moved.includes(one) && one[1].key !== undefined);
  const headed = given.filter(([, { headers }]) => headers !== undefined);
  return defined({
    env: {
      ...onlyListed(env, registry, new Set(given.map(([id]) => id))),
      ...Object.fromEntries(moved.flatMap(([id, provider]) => variablesOf(id, provider, registry[id]))),
    },
    apiKey: keyed.length === 0 ? undefined : Object.fromEntries(keyed.map(([id, { key = [] }]) => [id, key])),
    headers:
      headed.length === 0
        ? undefined
        : Object.fromEntries(headed.map(([id, { headers = {} }]) => [id, headers])),
    backends: own.length === 0 ? undefined : own.map(([id, provider]) => rowOf(id, provider)),
  });
}

/** Several providers may have one variable, which stays if one of them is listed. */
function onlyListed(
  env: Environment,
  registry: Readonly<Record<string, RegistryEntry>>,
  listed: ReadonlySet<string>,
): Environment {
  const entries = Object.values(registry);
  const kept = new Set(entries.flatMap(({ id, env: names = [] }) => (listed.has(id) ? names : [])));
  const others = new Set(entries.flatMap(({ id, env: names = [] }) => (listed.has(id) ? [] : names)));
  return Object.fromEntries(Object.entries(env).filter(([name]) => kept.has(name) || !others.has(name)));
}

function variablesOf(
  id: string,
  { key, baseURL }: ProviderConfig,
  entry: RegistryEntry | undefined,
): [string, string][] {
  const [variable] = entry?.env ?? [];
  const [only] = [key ?? []].flat();
  return [
    ...(baseURL === undefined
      ? []
      : [[`${id.replaceAll('-', '_').toUpperCase()}_BASE_URL`, baseURL] as [string, string]]),
    ...(only === undefined || variable === undefined ? [] : [[variable, only] as [string, string]]),
  ];
}

/** A key makes a provider of one's own one that needs a key: the name of its variable is never looked up. */
const rowOf = (id: string, { key, baseURL = '', wire, models }: ProviderConfig) =>
  defined({
    id,
    baseURL,
    wire,
    models,
    apiKeyEnv: key === undefined ? undefined : `${id.replaceAll('-', '_').toUpperCase()}_API_KEY`,
  });

/** Without the fields that are not set. */
export const defined = <Fields extends object>(fields: Fields): DefinedFields<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as DefinedFields<Fields>;

type DefinedFields<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>;
};
