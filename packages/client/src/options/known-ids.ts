// Refuses what was given for a misspelt provider: passed over, it would let another key be used, or none.
import { G4FError } from '@g4f/core';
import { BACKEND_IDS } from '@g4f/providers/options';
import { quote } from '../errors/quote.ts';
import { isOneEdit, wordOf } from './one-edit.ts';

/** Shorter ids differ by one edit from anything. */
const SHORTEST = 3;

/**
 * An id that is near none may be the one of a Provider that a call brings.
 * @param option where the ids stand, for errors. @param own ids of the client's own rows and Providers.
 * @throws G4FError `invalid-request` with the provider that is most likely meant.
 */
export const checkIds = (option: string, ids: Iterable<string>, own: readonly string[] = []): void => {
  for (const id of ids) {
    if (id.length < SHORTEST || BACKEND_IDS.includes(id) || own.includes(id)) continue;
    const meant = [...BACKEND_IDS, ...own].find(
      (known) => isOneEdit(id, known) || wordOf(id) === wordOf(known),
    );
    if (meant !== undefined)
      throw new G4FError(`${option}: no provider is called ${quote(id)}. Did you mean ${meant}?`, {
        code: 'invalid-request',
      });
  }
};
