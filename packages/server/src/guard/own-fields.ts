// What a caller's body may carry of the client's own options: the name of a provider, and nothing else.
import type { CallOptions, ClientOptions, ProviderChoice } from '@g4f/client';
import { refuse } from '../failure/refusal.ts';
import { camelCase, type Json } from '../json/json.ts';

/** Whom callers may name. */
export interface Nameable {
  /** Ids that a body's `provider` may be. */
  readonly ids: ReadonlySet<string>;
  /** Ids of all providers that the client knows. */
  readonly known: ReadonlySet<string>;
  /** Providers that the options bring as objects: the client knows these by no id. */
  readonly own: ReadonlyMap<unknown, ProviderChoice>;
  /** Whether `provider:model` and `provider/model` are held to `ids` here: a client that has a provider of its own does so itself. */
  readonly checksModels: boolean;
}

/** The operator's: a caller who could set them would pass what the operator has put before the providers. */
const OPERATORS: Readonly<Record<Exclude<keyof ClientOptions | keyof CallOptions, 'provider'>, true>> = {
  apiKey: true,
  baseURL: true,
  proxy: true,
  cache: true,
  timeout: true,
  signal: true,
  maxRetries: true,
  hedge: true,
  routing: true,
  fallback: true,
  extraBody: true,
  retired: true,
  headers: true,
  organization: true,
  project: true,
  backends: true,
  use: true,
  wrap: true,
  env: true,
  workerURL: true,
};

const isOperators = (name: string): boolean =>
  Object.hasOwn(OPERATORS, name) || (name.includes('_') && Object.hasOwn(OPERATORS, camelCase(name)));

/** By which services choose another model than `model`, whatever it is called: OpenRouter's and its like. */
const CHOOSE_MODELS: readonly string[] = [
  'models',
  'route',
  'fallbacks',
  'fallback_models',
  'plugins',
  'preset',
];

/** Who asks, as far as it matters here. */
interface Asker {
  readonly key: { readonly models?: readonly string[] | undefined };
}

/**
 * Checks what a caller sent, be it a body or what a dialect has made of it. A dialect may write names with underscores.
 * @param caller a virtual key's, which may be held to some models
 * @returns the fields, the provider as the client knows it.
 * @throws Refusal 400 that names the field
 */
export const ownFields = (fields: Json, nameable: Nameable, caller?: Asker): Json => {
  for (const name of Object.keys(fields))
    if (fields[name] != null && isOperators(name))
      throw refuse(400, 'invalid-request', `${name} is set by the operator of this gateway: leave it out.`, {
        param: name,
      });
  if (caller?.key.models !== undefined) checkChoices(fields);
  if (nameable.checksModels && typeof fields.model === 'string') checkModel(fields.model, nameable);
  return fields.provider == null ? fields : { ...fields, provider: providersOf(fields.provider, nameable) };
};

/** A key that may ask for some models only says which in `model`, where it is checked. */
function checkChoices(fields: Json): void {
  for (const name of CHOOSE_MODELS)
    if (fields[name] != null)
      throw refuse(
        400,
        'invalid-request',
        `${name} may choose another model, and this key may only ask for some: leave it out, and name one by model.`,
        { param: name },
      );
}

function providersOf(given: unknown, { ids, known, own }: Nameable): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.map((one) => {
    const isNamed = typeof one === 'string' && ids.has(one);
    // What was read already is no text any more.
    if (isNamed || [...own.values()].some((provider) => provider === one)) return own.get(one) ?? one;
    const isAny = ids.size === known.size;
    const which = isAny ? 'the id of a provider' : [...ids].join(' or ') || 'left out';
    throw refuse(400, 'invalid-request', `provider must be ${which} at this gateway.`, { param: 'provider' });
  });
}

function checkModel(model: string, { ids, known }: Nameable): void {
  const [, prefix] = /^([^:/]+)[:/]/.exec(model.trimStart()) ?? [];
  if (prefix === undefined || !known.has(prefix) || ids.has(prefix)) return;
  throw refuse(400, 'invalid-request', `model may not name the provider ${prefix} at this gateway.`, {
    param: 'model',
  });
}
