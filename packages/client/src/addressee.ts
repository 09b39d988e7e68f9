// Refuses a key, an address or headers of which it is not clear for which backend they are.
import { G4FError } from '@g4f/core';
import { hasOwnHeaders } from './given-headers.ts';
import type { Offer } from './offers.ts';
import { isKeyList, type Settings } from './settings.ts';

/** One key, one address or one set of headers is for one backend: it is never sent to others that happen to offer the model. */
export function checkAddressee(offers: readonly Offer[], settings: Settings, named: boolean): void {
  if (named && offers.length === 1) return;
  const hasHeaders = hasOwnHeaders(settings.headers);
  if (!isKeyList(settings.apiKey) && settings.baseURL === undefined && !hasHeaders) return;
  const ids = offers.map(([backend]) => backend.id).join(', ');
  if (isKeyList(settings.apiKey)) {
    throw new G4FError(
      `apiKey is one key, and it is not clear whose: name one provider of ${ids}, or give one key for each id, such as { "${offers[0]?.[0].id}": … }.`,
      { code: 'invalid-request' },
    );
  }
  if (hasHeaders) {
    throw new G4FError(
      `headers are for one service, and it is not clear for which: name one provider of ${ids}, or give them for each id, such as { "${offers[0]?.[0].id}": { … } }.`,
      { code: 'invalid-request' },
    );
  }
  if (settings.baseURL !== undefined) {
    throw new G4FError(`baseURL is one address, but several providers are named (${ids}): name one.`, {
      code: 'invalid-request',
    });
  }
}
