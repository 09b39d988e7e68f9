// Where a request goes, taken apart once for a whole program's requests to the same place.
import { G4FError } from '@g4f/core';
import { urlOf } from '@g4f/core/internal';
import { excerpt } from '../failures/excerpt.ts';

/** Where a request goes. */
export interface Address {
  /** `http:` or `https:`. */
  readonly protocol: string;
  readonly origin: string;
  readonly path: string;
}

let last: { readonly url: string; readonly address: Address } | undefined;

/**
 * The address of a URL. The last one is kept: most requests of a program go to the same place.
 * @throws G4FError `invalid-request` when it is not an http(s) URL.
 */
export function addressOf(url: string, provider: string): Address {
  if (last?.url !== url) last = { url, address: parse(url, provider) };
  return last.address;
}

function parse(url: string, provider: string): Address {
  const { protocol = '', origin = '', pathname, search } = urlOf(url) ?? {};
  if (/^https?:$/.test(protocol)) return { protocol, origin, path: `${pathname}${search}` };
  // A password may stand before the last @, whatever else is wrong.
  const shown = url.includes('@') ? `…${url.slice(url.lastIndexOf('@'))}` : url;
  throw new G4FError(`${provider}: "${excerpt(shown)}" is not an http(s) URL. Correct the baseURL.`, {
    code: 'invalid-request',
    provider,
  });
}
