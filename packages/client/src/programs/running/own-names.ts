// What programs have among their parameters besides those of a chat.
import { G4FError } from '@g4f/core';
import { quote } from '../../errors/quote.ts';
import { isOneEdit, wordOf } from '../../options/one-edit.ts';
import { isFields } from '../../options/plain-value.ts';

/**
 * The parameters themselves, if nothing among them is a slip of one that only the program knows: no service would.
 * @throws G4FError `invalid-request`
 */
export const withoutSlips = <P extends object>(method: string, params: P, own: readonly string[]): P => {
  if (!isFields(params))
    throw new G4FError(`${method}: an object with model and messages was expected.`, {
      code: 'invalid-request',
    });
  for (const name of Object.keys(params)) {
    const meant = own.find((one) => one !== name && (isOneEdit(name, one) || wordOf(name) === wordOf(one)));
    if (meant !== undefined)
      throw new G4FError(`${method}: there is no parameter ${quote(name)}. Did you mean ${meant}?`, {
        code: 'invalid-request',
      });
  }
  return params;
};
