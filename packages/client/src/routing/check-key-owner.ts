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
  const [[only] = []] = offers;
  // One provider may be named with several models.
  const isOne = named && only !== undefined && offers.every(([backend]) => backend === only);
  if (isKeyList(settings.apiKey) && !(isOne && settings.owned.apiKey)) {
    throw unclear(
      `apiKey is one key, and it is not clear whose: ${nameOne(offers)} beside it, or give one key for each id, such as { "${only?.id}": … }.`,
    );
  }
  if (hasOwnHeaders(settings.headers) && !(isOne && settings.owned.headers)) {
    throw unclear(
      `headers are for one service, and it is not clear for which: ${nameOne(offers)} beside them, or give them for each id, such as { "${only?.id}": { … } }.`,
    );
  }
  if (settings.baseURL !== undefined && !isOne)
    throw unclear(`baseURL is one address, but several providers are named (${idsOf(offers)}): name one.`);
}

const idsOf = (offers: readonly Offer[]): string =>
  [...new Set(offers.map(([backend]) => backend.id))].join(', ');

const nameOne = (offers: readonly Offer[]): string =>
  offers.length === 1 ? `name the provider ${idsOf(offers)}` : `name one provider of ${idsOf(offers)}`;

const unclear = (message: string): G4FError => new G4FError(message, { code: 'invalid-request' });
