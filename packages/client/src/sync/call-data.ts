// Splits what the caller gave into plain data for the worker and what stays on this side: signals, and a look at the clock.
import { G4FError } from '@g4f/core';
import { withJsonSchemas } from '../chat/json-schema.ts';
import { checkFields } from '../chat/ready-params.ts';
import { checkSignal } from '../options/check-option.ts';
import { ALL_OPTIONS } from '../options/option-names.ts';
import { plainFormOf } from '../options/plain-form.ts';
import { type Fields, isFields } from '../options/plain-value.ts';
import type { CallOptions, ProviderChoice } from '../surface/options.ts';
import type { PlainData } from './messages.ts';
import { toPlainData } from './plain-data.ts';

/** Options without what cannot cross. @throws G4FError `invalid-request` naming the field that is not plain data. */
export const toCallData = (
  given: object | null | undefined,
  leaveOut: readonly string[] = ['signal'],
): PlainData => {
  // What is no object is refused by the worker, in the words AsyncClient uses.
  if (!isFields(given)) return undefined;
  const crossing = Object.fromEntries(Object.entries(given).filter(([name]) => !leaveOut.includes(name)));
  // What somebody put on `Object.prototype` is no option.
  if (Object.hasOwn(crossing, 'provider')) refuseProviders(crossing.provider);
  for (const name of ['use', 'wrap'])
    if (crossing[name] != null)
      crossing[name] = [crossing[name]].flat().map((one) => plainFormOf(one) ?? cannotCross(name));
  return toPlainData(crossing, '');
};

/** The options of a call on the worker's side. A URL crosses as its text, which counts as none there. */
export const reviveOptions = (options: CallOptions | undefined): CallOptions | undefined => {
  if (options === undefined || !Object.hasOwn(options, 'provider') || options.provider == null)
    return options;
  const { provider } = options;
  return { ...options, provider: isList(provider) ? provider.map(revive) : revive(provider) };
};

const isList = (choice: NonNullable<CallOptions['provider']>): choice is readonly ProviderChoice[] =>
  Array.isArray(choice);

/** This side of the bridge has checked already that no text was given in the place of a URL. */
const revive = (choice: ProviderChoice): ProviderChoice =>
  typeof choice === 'string' && /^(?:file|https?):/.test(choice) ? new URL(choice) : choice;

/**
 * Parameters with JSON Schema in the place of a library's schemas, which hold functions and cannot cross.
 * @param converted what converts them, where they do not stand where a chat has them
 * @throws G4FError `invalid-request` for what is no plain data, in the words AsyncClient uses; and for such a schema
 */
export const plainParams = (
  params: object | null | undefined,
  converted: (params: Fields) => Fields = withJsonSchemas,
): object | null | undefined => {
  // What is no object is refused by the worker, in the words AsyncClient uses.
  if (!isFields(params)) return params;
  const plain = converted(params);
  checkFields(plain, ALL_OPTIONS);
  return plain;
};

/** The signal that counts for a call: its own before the client's. @throws G4FError `invalid-request` if it is none. */
export const signalOf = (
  ...options: readonly (Pick<CallOptions, 'signal'> | undefined)[]
): AbortSignal | undefined => {
  return checkSignal(options.find((given) => given?.signal != null)?.signal);
};

/** The deadline of the whole call in ms, Infinity if there is none: the call's before the client's. */
export const totalOf = (call: CallOptions['timeout'], client: CallOptions['timeout']): number =>
  totalIn(call) ?? totalIn(client) ?? Number.POSITIVE_INFINITY;

function totalIn(timeout: CallOptions['timeout']): number | undefined {
  const total = typeof timeout === 'object' ? timeout?.total : timeout;
  if (typeof total !== 'number') return undefined;
  return total > 0 ? total : Number.POSITIVE_INFINITY;
}

/** An object without an id is no Provider: it is a service's own parameter, or refused by the worker. */
function refuseProviders(choices: unknown): void {
  for (const choice of Array.isArray(choices) ? choices : [choices]) {
    if (typeof choice !== 'function' && !(typeof choice === 'object' && choice !== null && 'id' in choice))
      continue;
    const named = 'id' in choice && typeof choice.id === 'string' ? ` (${choice.id})` : '';
    throw new G4FError(
      `Client: provider is an object${named}, which cannot cross to the worker thread. Name it by id or by the URL of a module that exports it, or use AsyncClient.`,
      { code: 'invalid-request' },
    );
  }
}

function cannotCross(option: string): never {
  throw new G4FError(
    `Client: ${option} holds a function of your own, or one that was given what is no plain data, which cannot cross to the worker thread. Give what is made of plain data, such as withBudget({ … }), or use AsyncClient.`,
    { code: 'invalid-request' },
  );
}
