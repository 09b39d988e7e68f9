// Refuses a key, an address or headers of which it is not clear for which provider they are.
import { G4FError } from '@g4f/core';
import { hasOwnHeaders } from '../options/given-headers.ts';
import { isKeyList, type Settings } from '../options/settings.ts';
import type { Offer } from './model-offers.ts';

/**
 * One key, one address or one set of headers is for one provider: it is never sent to others that happen to offer the model.
 * A key and headers are for the one that the program named beside them, and not for whom a parameter or a model's name names.
 */
export function checkKeyOwner(offers: readonly Offer[], settings: Settings, named: boolean): void {
  const isOne = named && offers.length === 1;
  const ids = offers.map(([backend]) => backend.id);
  const [first] = ids;
  if (isKeyList(settings.apiKey) && !(isOne && settings.owned.apiKey)) {
    throw unclear(
      `apiKey is one key, and it is not clear whose: ${nameOne(ids)} beside it, or give one key for each id, such as { "${first}": … }.`,
    );
  }
  if (hasOwnHeaders(settings.headers) && !(isOne && settings.owned.headers)) {
    throw unclear(
      `headers are for one service, and it is not clear for which: ${nameOne(ids)} beside them, or give them for each id, such as { "${first}": { … } }.`,
    );
  }
  if (settings.baseURL !== undefined && !isOne)
    throw unclear(`baseURL is one address, but several providers are named (${ids.join(', ')}): name one.`);
}

const nameOne = (ids: readonly string[]): string =>
  ids.length === 1 ? `name the provider ${ids[0]}` : `name one provider of ${ids.join(', ')}`;

const unclear = (message: string): G4FError => new G4FError(message, { code: 'invalid-request' });
