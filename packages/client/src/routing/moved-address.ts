// The address to which a variable moves a provider, or why it cannot be used.
import { G4FError, holdsUser, secretsIn } from '@g4f/core';
import { urlOf, withoutEnd, withoutEndpoint } from '@g4f/core/internal';
import type { GivenHeaders } from '@g4f/providers/options';
import { movedBy, notToVariable } from '@g4f/providers/parts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import { quote } from '../errors/quote.ts';
import { userIn } from '../options/check-option.ts';
import type { Settings } from '../options/settings.ts';

/** Whether a header may be a credential, by whatever name: it goes only to the address it was given for. */
export const holdsKey = (headers: GivenHeaders | undefined): boolean =>
  headers !== undefined && secretsIn(headers).length > 0;

/** An address, or why the one that a variable holds cannot be used. */
export type Address = string | { readonly wrong: string };

/**
 * The address of a provider's variable; undefined if none is set.
 * @param hasKey whether the program gave the key, which a variable may not take elsewhere.
 */
export function addressFrom({ env }: Settings, backend: ProviderEntry, hasKey: boolean): Address | undefined {
  const moved = movedBy(backend, env);
  if (moved === undefined) return undefined;
  const { variable, holds } = moved;
  if (hasKey) return { wrong: notToVariable(backend.id, variable) };
  const isURL = /^https?:$/.test(urlOf(holds)?.protocol ?? '');
  const expected = isURL ? withoutEndpoint(holds) : 'an http or https URL';
  if (expected !== undefined)
    return { wrong: `the variable ${variable} must be ${expected}; it is ${quote(holds)}` };
  return holdsUser(holds) ? { wrong: userIn(`the variable ${variable}`) } : withoutEnd(holds, '/');
}

/** The address where it can be used. */
export const asURL = (address: Address | undefined): string | undefined =>
  typeof address === 'string' ? address : undefined;

/** What is to be done about the address of a variable. @throws G4FError if the caller asked for this provider. */
export function correction(address: Address | undefined, named: boolean): string | undefined {
  if (address === undefined || typeof address === 'string') return undefined;
  if (named) throw new G4FError(`${address.wrong}.`, { code: 'invalid-request' });
  return address.wrong;
}
