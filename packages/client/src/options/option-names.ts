// The names of options: which there are, and where each may stand.
import type { CallOptions, ClientOptions, ParamOptions } from '../surface/options.ts';

/** Where an option may stand besides the constructor of a client: also in the second argument of a call, also among its parameters. */
type OptionLevel = 'client' | 'call' | 'params';

/** Every option. Parameters are often an end user's data: what decides where keys go has no place among them. */
const PLACES: Readonly<
  Record<Exclude<keyof ClientOptions, keyof CallOptions>, 'client'> &
    Record<Exclude<keyof CallOptions, keyof ParamOptions>, 'call'> &
    Record<keyof ParamOptions, 'params'>
> = {
  provider: 'params',
  apiKey: 'call',
  baseURL: 'call',
  proxy: 'call',
  cache: 'call',
  timeout: 'params',
  signal: 'params',
  maxRetries: 'params',
  hedge: 'params',
  routing: 'params',
  fallback: 'params',
  extraBody: 'params',
  retired: 'params',
  headers: 'call',
  organization: 'call',
  project: 'call',
  backends: 'client',
  use: 'client',
  wrap: 'client',
  env: 'client',
  workerURL: 'client',
};

const namesIn = (...places: readonly OptionLevel[]): ReadonlySet<string> =>
  new Set(Object.entries(PLACES).flatMap(([name, place]) => (places.includes(place) ? [name] : [])));

/** The names of all options. */
export const OPTION_NAMES: readonly string[] = Object.keys(PLACES);

/** The same, to look names up in. */
export const ALL_OPTIONS: ReadonlySet<string> = new Set(OPTION_NAMES);

/** What the second argument of a call may have. */
export const CALL_OPTIONS: ReadonlySet<string> = namesIn('call', 'params');

/** What may stand among the parameters of a call. */
export const PARAM_OPTIONS: ReadonlySet<string> = namesIn('params');

/** What may not, because a service would be sent it as a parameter. */
export const NO_PARAMS: ReadonlySet<string> = namesIn('client', 'call');

/** What `models.list` may have in its first argument. */
export const LIST_PARAMS: ReadonlySet<string> = new Set([...PARAM_OPTIONS, 'live', 'refresh', 'usable']);
