// Parameters made ready for their check: schemas, old and foreign forms, and null are translated; what is odd is found.
import { withJsonSchemas } from './json-schema.ts';
import { misspelt } from './known-parameters.ts';
import { normalise } from './normal-params.ts';
import { OLD_FUNCTIONS, withTools } from './old-functions.ts';
import { checkPlain, type Fields } from './plain-value.ts';

/** Parameters in the form that is checked and sent. */
export interface Ready {
  readonly params: Fields;
  /** What the caller should know of them. */
  readonly warnings: readonly string[];
  /** Refuses what is no plain data; last, because a check that knows the field says it better. @throws G4FError `invalid-request` */
  readonly checkRest: () => void;
}

/** @throws G4FError `invalid-request` for what cannot be translated. */
export const readyParams = (given: Fields): Ready => {
  const normal = normalise(withJsonSchemas(given));
  const translated = withTools(normal);
  const params = translated === normal ? normal : normalise(translated);
  const warnings = misspelt(params);
  return {
    params,
    warnings: translated === normal ? warnings : [OLD_FUNCTIONS, ...warnings],
    checkRest: () => checkFields(params),
  };
};

/** @throws G4FError `invalid-request` at the first parameter that is no plain data. */
export const checkFields = (params: Fields, but: ReadonlySet<string> = new Set()): void => {
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && !but.has(name)) checkPlain(value, name);
};
