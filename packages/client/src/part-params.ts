// Parts what is meant for us from what is meant for the model: both may stand among the parameters of a call.
import { G4FError } from '@g4f/core';
import { define } from './define-field.ts';
import { CALL_OPTIONS, CLIENT_OPTIONS, checkName } from './option-names.ts';
import type { Fields } from './plain-value.ts';
import type { CallOptions } from './surface.ts';

/** Nobody's parameter but a key or an address, which would go to a service if it were misspelt. */
const KEY_OR_ADDRESS = /^(?:api[-_]?key|base[-_]?url)$/i;

/**
 * Parts what is meant for us from what is meant for the model. `provider` is always ours: where it names no backend the
 * call is refused, because passed over it would let another service have the prompt. OpenRouter's body parameter of that
 * name goes into `extraBody`.
 *
 * @throws G4FError `invalid-request` for a key or an address under a name that is not quite ours, and for an option of
 *   clients, which no service may be sent (`env` holds keys).
 */
export const partParams = (params: Fields): { readonly body: Fields; readonly options: CallOptions } => {
  const names = Object.keys(params);
  // Most often there is nothing to part.
  if (!names.some(mayBeOurs)) return { body: params, options: NO_OPTIONS };
  const body: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const name of names) {
    const value = params[name];
    if (KEY_OR_ADDRESS.test(name)) checkName(name, value);
    if (CLIENT_OPTIONS.has(name)) throw ofClient(name);
    if (CALL_OPTIONS.has(name)) options[name] = value;
    else define(body, name, value);
  }
  return { body, options };
};

const mayBeOurs = (name: string): boolean =>
  CALL_OPTIONS.has(name) || CLIENT_OPTIONS.has(name) || KEY_OR_ADDRESS.test(name);

const ofClient = (name: string): G4FError =>
  new G4FError(`${name} is an option of the client: give it to the constructor.`, {
    code: 'invalid-request',
  });

/** None given. */
export const NO_OPTIONS: CallOptions = {};
