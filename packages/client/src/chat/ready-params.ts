// Parameters made ready for their check: schemas, old and foreign forms, and null are translated; what is odd is found.

import { checkPlain, type Fields } from '../options/plain-value.ts';
import { withJsonSchemas } from './json-schema.ts';
import { misspelt } from './known-parameters.ts';
import { normalise } from './normal-params.ts';
import { OLD_FUNCTIONS, withTools } from './old-functions.ts';

/** Parameters in the form that is checked and sent. */
export interface ReadyParams {
  readonly params: Fields;
  /** What the caller should know of them. */
  readonly warnings: readonly string[];
}

/**
 * What is no plain data is refused before the fields are checked: `Client` must, in whose worker there would be none of
 * it left, and all clients say the same.
 *
 * @throws G4FError `invalid-request` for that, and for what cannot be translated.
 */
export const readyParams = (given: Fields): ReadyParams => {
  const normal = normalise(withJsonSchemas(given));
  const translated = withTools(normal);
  const params = translated === normal ? normal : normalise(translated);
  checkFields(params);
  const warnings = misspelt(params);
  return {
    params,
    warnings: translated === normal ? warnings : [OLD_FUNCTIONS, ...warnings],
  };
};

/** @throws G4FError `invalid-request` at the first parameter that is no plain data. */
export const checkFields = (params: Fields, but: ReadonlySet<string> = new Set()): void => {
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && !but.has(name)) checkPlain(value, name);
};
