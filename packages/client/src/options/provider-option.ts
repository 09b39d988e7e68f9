// Checks the option `provider`. What may be written depends on who writes it, because to name a module is to run it.
import type { Provider } from '@g4f/core';
import { urlOf } from '@g4f/core/internal';
import { isCode, isProvider } from '../catalog/provider-entry.ts';
import type { CallOptions, ClientOptions, ParamOptions, ProviderChoice } from '../surface/options.ts';
import { wrong } from './check-option.ts';
import { isPlainObject } from './plain-value.ts';

/** Where modules come from. Not `data:`, whose code would stand in the option itself. */
const OF_MODULES: ReadonlySet<string> = new Set(['file:', 'http:', 'https:']);
/** Each of them is looked for, and a list may stand in what an end user sends. */
const MOST = 256;
/** What begins so is no id. */
const SCHEME = /^\s*(?:file|https?|data|blob|node|javascript):/i;

/** Who writes it: what is taken, and where what is not has its place. */
interface GivenIn {
  readonly read: (item: unknown) => ProviderChoice | undefined;
  readonly ofModules: string;
}

const asId = (item: unknown): string | undefined =>
  typeof item === 'string' && item !== '' && !SCHEME.test(item) ? item : undefined;

const asObject = (item: unknown): ProviderChoice | undefined => {
  if (item instanceof URL) return OF_MODULES.has(item.protocol) ? item : undefined;
  // What else it lacks is told by name when it is used.
  return isNamed(item) ? item : undefined;
};

const isNamed = (item: unknown): item is Provider =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string';

const IN_CONSTRUCTOR: GivenIn = {
  read: (item) => asId(item) ?? asObject((typeof item === 'string' && urlOf(item)) || item),
  ofModules: "a module's URL begins with file:, http: or https:",
};
const IN_CALL: GivenIn = {
  read: (item) => asId(item) ?? asObject(item),
  ofModules: "here a module's URL must be a URL object, with file:, http: or https:",
};
const IN_PARAMS: GivenIn = {
  // A provider holds functions, which no end user's data can.
  read: (item) => asId(item) ?? (isProvider(item) && isCode(item) ? item : undefined),
  ofModules:
    "a module's URL goes into the second argument, create(params, { provider: new URL(…) }), or to the constructor",
};

/**
 * The providers that count for a call: those of its second argument, else of its parameters, else of the client; none, if
 * none is named. All are checked, and each is there once. The URL of a module may be a text in the constructor alone.
 * @throws G4FError `invalid-request`
 */
export const choicesOf = (
  client: ClientOptions,
  inParams: ParamOptions,
  call: CallOptions,
): readonly ProviderChoice[] => {
  const byParams = choices(inParams, IN_PARAMS);
  return choices(call, IN_CALL) ?? byParams ?? choices(client, IN_CONSTRUCTOR) ?? [];
};

function choices(
  given: Pick<CallOptions, 'provider'>,
  place: GivenIn,
): readonly ProviderChoice[] | undefined {
  const value: unknown = Object.hasOwn(given, 'provider') ? given.provider : undefined;
  if (value == null) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0 || list.length > MOST || list.includes(undefined))
    throw wrong('provider', `a provider or a list of 1 to ${MOST}`, value);
  // Who is named twice is asked once.
  return Array.from(new Set(list), (item) => {
    const choice = place.read(item);
    if (choice !== undefined) return choice;
    const hint = hintFor(item, place);
    throw wrong(
      'provider',
      `the id of a provider, the URL of a module that exports one, or a Provider object${hint}`,
      item,
    );
  });
}

function hintFor(item: unknown, { ofModules }: GivenIn): string {
  // OpenRouter's body parameter of that name is an object like this.
  if (isPlainObject(item)) return " (a service's parameter of that name goes into extraBody)";
  return item instanceof URL || (typeof item === 'string' && item !== '') ? ` (${ofModules})` : '';
}
