// A configuration → the options of `serve`.
import type { ServeOptions } from '../node/serve.ts';
import { clientOptions, defined, sharedCache } from './client-options.ts';
import type { Config } from './config-schema.ts';
import type { Environment } from './source-text.ts';

/** The options; what they mean together is checked by `serve`. */
export const serveOptions = async (config: Config, env: Environment): Promise<ServeOptions> => {
  const { address = {}, limits = {}, providers, models, keys, cors, responses, logging, metrics } = config;
  const { host, port, insecure, hosts } = address;
  const { state, adminKey } = config;
  return defined({
    host,
    port,
    insecure,
    hosts,
    keys,
    adminKey,
    state: stateOf(config),
    ...(typeof state === 'object' && {
      onStateDown: state.onDown,
      stateTimeout: state.timeout,
      ledgerDays: state.ledgerDays,
    }),
    cors,
    client: await clientOptions(config, env),
    providers: providers === undefined ? undefined : Object.keys(providers),
    models,
    bodyLimit: limits.bodyBytes,
    bodyTimeout: limits.bodyTimeout,
    keepAlive: limits.keepAlive,
    responses: responses?.keep === false ? (false as const) : undefined,
    sharedCache: sharedCache(config),
    logging,
    metrics,
  });
};

/** Where the file says that virtual keys are kept. */
export const stateOf = ({ state }: Pick<Config, 'state'>): string | undefined =>
  typeof state === 'object' ? state.url : state;
