// Parts what is meant for us from what is meant for the model: both may stand among the parameters of a call.
import { CALL_OPTIONS, checkName } from './option-names.ts';
import type { CallOptions, ChatParams } from './surface.ts';

/** Nobody's parameter but a key or an address, which would go to a service if it were misspelt. */
const KEY_OR_ADDRESS = /^(?:api[-_]?key|base[-_]?url)$/i;

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
    const value = params[name as keyof ChatParams];
    if (KEY_OR_ADDRESS.test(name)) checkName(name, value);
    const isOurs = name === 'provider' ? namesBackend(value) : CALL_OPTIONS.has(name);
    if (isOurs) options[name] = value;
    else if (name !== 'provider' || value !== undefined) body[name] = value;
  }
  return { body: body as unknown as ChatParams, options };
};

const mayBeOurs = (name: string): boolean => CALL_OPTIONS.has(name) || KEY_OR_ADDRESS.test(name);

/** None given. */
export const NO_OPTIONS: CallOptions = {};

const namesBackend = (value: unknown): boolean =>
  typeof value === 'string' ||
  Array.isArray(value) ||
  value instanceof URL ||
  (typeof value === 'object' && value !== null && 'id' in value);
