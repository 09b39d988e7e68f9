// What a parameter that is not known most likely means.
import { G4FError } from '@g4f/core';
import { quote } from '../errors/quote.ts';
import { isOneEdit, wordOf } from './one-edit.ts';
import { ALL_OPTIONS, OPTION_NAMES } from './option-names.ts';
import type { Fields } from './plain-value.ts';

/** So long is a name that is not near another one by chance: `end` is no slip of `env`. */
const SURE = 5;

/** Shorter names differ by one edit from anything. */
const SHORTEST = 3;

const NONE: readonly string[] = [];

/**
 * A check of parameters: a warning for each that is not known and one edit (a character more, less, other, or two exchanged)
 * from one that is. It is sent as it is nevertheless, because a service may know it.
 *
 * The check throws G4FError `invalid-request` where an option was meant: no service knows it, and without it the call would
 * be carried out otherwise, or go to another service.
 *
 * @param known the parameters of the method. @param ofServices parameters of single services that are no slips.
 */
export const misspeltAmong = (
  known: ReadonlySet<string>,
  ofServices: ReadonlySet<string>,
): ((params: Fields) => readonly string[]) => {
  const near = [...known, ...OPTION_NAMES].filter(({ length }) => length >= SHORTEST);
  const byWord: ReadonlyMap<string, string> = new Map(near.map((name) => [wordOf(name), name]));
  const nearest = (name: string): string | undefined =>
    name.length < SHORTEST || ofServices.has(name)
      ? undefined
      : (near.find((other) => isOneEdit(name, other)) ?? byWord.get(wordOf(name)));
  return (params) => {
    let warnings: string[] | undefined;
    for (const name of Object.keys(params)) {
      if (known.has(name) || params[name] == null) continue;
      const meant = nearest(name);
      if (meant === undefined) continue;
      if (ALL_OPTIONS.has(meant) && meant.length >= SURE)
        throw new G4FError(`there is no parameter ${quote(name)}. Did you mean ${meant}?`, {
          code: 'invalid-request',
        });
      warnings ??= [];
      warnings.push(`the parameter ${quote(name)} is not known: sent as it is. Did you mean ${meant}?`);
    }
    return warnings ?? NONE;
  };
};
