// Parts what is meant for us from what is meant for the model: both may stand among the parameters of a call.
import { meantBy, misspelt } from './check-option.ts';
import type { CallOptions, ChatParams } from './surface.ts';

/** The names of the options of a call, which never reach a service. */
const OPTION_NAMES: ReadonlySet<string> = new Set<Exclude<keyof CallOptions, 'provider'>>([
  'apiKey',
  'baseURL',
  'proxy',
  'timeout',
  'signal',
  'maxRetries',
  'hedge',
  'routing',
  'fallback',
]);

/** Options that would go to a service as parameters if they were misspelt, a key among them. */
const MISSPELT: ReadonlySet<string> = new Set([
  ...['apikey', 'api_key', 'apiKEY', 'APIKey', 'ApiKey'],
  ...['baseurl', 'base_url', 'baseUrl', 'BaseURL', 'BASE_URL'],
]);

/**
 * Parts what is meant for us from what is meant for the model. `provider` is ours where it names a backend;
 * OpenRouter has a body parameter of that name, an object without an id, which goes through.
 *
 * @throws G4FError `invalid-request` for a key or an address under a name that is not quite ours.
 */
export const partParams = (
  params: ChatParams,
): { readonly body: ChatParams; readonly options: CallOptions } => {
  const names = Object.keys(params);
  // Most often there is nothing to part.
  if (!names.some(mayBeOurs)) return { body: params, options: NO_OPTIONS };
  const body: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const name of names) {
    const meant = MISSPELT.has(name) ? meantBy(name) : undefined;
    if (meant !== undefined) throw misspelt(name, meant);
    const value = params[name as keyof ChatParams];
    const isOurs = OPTION_NAMES.has(name) || (name === 'provider' && namesBackend(value));
    if (isOurs) options[name] = value;
    else if (name !== 'provider' || value !== undefined) body[name] = value;
  }
  return { body: body as unknown as ChatParams, options };
};

const mayBeOurs = (name: string): boolean =>
  OPTION_NAMES.has(name) || name === 'provider' || MISSPELT.has(name);

/** None given. */
export const NO_OPTIONS: CallOptions = {};

const namesBackend = (value: unknown): boolean =>
  typeof value === 'string' ||
  Array.isArray(value) ||
  value instanceof URL ||
  (typeof value === 'object' && value !== null && 'id' in value);
