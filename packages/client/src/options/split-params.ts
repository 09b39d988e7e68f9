// Parts what is meant for us from what is meant for the model: both may stand among the parameters of a call.
import { G4FError } from '@g4f/core';
import type { ListParams } from '../surface/models.ts';
import type { CallOptions, ParamOptions } from '../surface/options.ts';
import { checkGiven, checkName, checkNames } from './check-names.ts';
import { wrong } from './check-option.ts';
import { define } from './define-field.ts';
import { CALL_OPTIONS, LIST_PARAMS, NO_PARAMS, PARAM_OPTIONS } from './option-names.ts';
import type { Fields } from './plain-value.ts';

/** Nobody's parameter but a key or an address, which would go to a service if it were misspelt. */
const KEY_OR_ADDRESS = /^(?:api[-_]?key|base[-_]?url)$/i;

/**
 * Parts what is meant for us from what is meant for the model. `provider` is always ours: where it names no provider the
 * call is refused, because passed over it would let another service have the prompt. OpenRouter's body parameter of that
 * name goes into `extraBody`.
 *
 * @throws G4FError `invalid-request` for a key or an address under a name that is not quite ours, and for an option that
 *   has no place here: parameters are often an end user's data, which may not say where keys and prompts go, nor as whom
 *   a service is asked.
 */
export const partParams = (params: Fields): { readonly body: Fields; readonly options: ParamOptions } => {
  const names = Object.keys(params);
  // Most often there is nothing to part.
  if (!names.some(mayBeOurs)) return { body: params, options: NO_OPTIONS };
  const body: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const name of names) {
    const value = params[name];
    if (KEY_OR_ADDRESS.test(name)) checkName(name, value);
    if (NO_PARAMS.has(name) && value != null) throw noParameter(name, 'create');
    if (PARAM_OPTIONS.has(name)) options[name] = value;
    else if (!NO_PARAMS.has(name)) define(body, name, value);
  }
  return { body, options };
};

/** The first argument of `models.list`, checked as {@link partParams} checks that of a chat. @throws G4FError `invalid-request` */
export const checkListParams = (given: ListParams | null | undefined): ListParams => {
  const params: ListParams = checkGiven(given) ?? NO_OPTIONS;
  for (const [name, value] of Object.entries(params)) {
    checkName(name, value);
    if (NO_PARAMS.has(name) && value != null) throw noParameter(name, 'models.list');
  }
  checkNames(params, LIST_PARAMS);
  for (const name of ['live', 'refresh', 'usable'] as const)
    if (params[name] != null && typeof params[name] !== 'boolean')
      throw wrong(name, 'true or false', params[name]);
  return params;
};

const mayBeOurs = (name: string): boolean =>
  PARAM_OPTIONS.has(name) || NO_PARAMS.has(name) || KEY_OR_ADDRESS.test(name);

const noParameter = (name: string, method: string): G4FError =>
  new G4FError(
    CALL_OPTIONS.has(name)
      ? `${name} has no place among the parameters, which may be an end user's: give it in the second argument, ${method}(params, { ${name} }), or to the constructor.`
      : `${name} is an option of the client: give it to the constructor.`,
    { code: 'invalid-request' },
  );

/** None given. */
export const NO_OPTIONS: CallOptions & ParamOptions = Object.freeze({});
