// Parts what is meant for us from what is meant for the model: both may stand among the parameters of a call.
import { G4FError } from '@g4f/core';
import { checkName } from './check-names.ts';
import { define } from './define-field.ts';
import { CALL_OPTIONS, NO_PARAMS, PARAM_OPTIONS } from './option-names.ts';
import type { Fields } from './plain-value.ts';
import type { CallOptions } from './surface.ts';

/** Nobody's parameter but a key or an address, which would go to a service if it were misspelt. */
const KEY_OR_ADDRESS = /^(?:api[-_]?key|base[-_]?url)$/i;

/**
 * Parts what is meant for us from what is meant for the model. `provider` is always ours: where it names no backend the
 * call is refused, because passed over it would let another service have the prompt. OpenRouter's body parameter of that
 * name goes into `extraBody`.
 *
 * @throws G4FError `invalid-request` for a key or an address under a name that is not quite ours, and for an option that
 *   has no place here and that no service may be sent (`env` holds keys, `headers` decide who is asked as whom).
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
    if (NO_PARAMS.has(name) && value != null) throw noParameter(name);
    if (PARAM_OPTIONS.has(name)) options[name] = value;
    else if (!NO_PARAMS.has(name)) define(body, name, value);
  }
  return { body, options };
};

const mayBeOurs = (name: string): boolean =>
  PARAM_OPTIONS.has(name) || NO_PARAMS.has(name) || KEY_OR_ADDRESS.test(name);

const noParameter = (name: string): G4FError =>
  new G4FError(
    CALL_OPTIONS.has(name)
      ? `${name} has no place among the parameters: give it to the constructor, or in the second argument of create().`
      : `${name} is an option of the client: give it to the constructor.`,
    { code: 'invalid-request' },
  );

/** None given. */
export const NO_OPTIONS: CallOptions = Object.freeze({});
