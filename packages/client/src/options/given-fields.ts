// Parameters as they were given: plain data, and null is absent.
import { define } from './define-field.ts';
import { checkPlain, type Fields } from './plain-value.ts';

/** A copy of the parameters without those that are null. @param files those that need not be plain data. @throws G4FError `invalid-request` naming the field that is not plain data */
export const givenFields = (params: Fields, files: readonly string[] = []): Record<string, unknown> => {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) if (value != null) define(given, name, value);
  for (const [name, value] of Object.entries(given)) if (!files.includes(name)) checkPlain(value, name);
  return given;
};
