// Name resolution that gives public addresses only. The connection is made to what it gives, so that a name cannot lead elsewhere
// the second time it is asked for (DNS rebinding).
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** What a refused name is told by: its `code` is this. */
export const PRIVATE_ADDRESS = 'G4F_PRIVATE_ADDRESS';

/**
 * The function for a socket's option `lookup`. A name with one address that is not public is refused, whatever its others are. A
 * socket does not call it for IP addresses: these are looked at before.
 *
 * @param resolve what resolves names; the system's unless given.
 */
export const publicLookup =
  (resolve: typeof lookup = lookup): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
        return done(Object.assign(new Error('not a public address'), { code: PRIVATE_ADDRESS }), []);
      if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
