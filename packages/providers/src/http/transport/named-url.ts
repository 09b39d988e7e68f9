// An address that a service names in its answer: one that it continues at is opened only where the service itself is.
import { G4FError } from '@g4f/core';
import { isPublicHost, urlOf } from '@g4f/core/internal';
import type { RequestFacts } from '../failures/failure.ts';

/**
 * The address, if it is the service's own: at the origin that was asked, or by `https:` at the usual port of a host of
 * `domain` (that host or one below it) where such a host was asked, and without a user or password: what was meant for a gateway of
 * the caller's does not go on to the service by itself.
 *
 * @throws G4FError `bad-response` naming the other host.
 */
export const ownURL = (named: string, { provider, model, url }: RequestFacts, domain: string): string => {
  const isBelow = (host: string): boolean => host === domain || host.endsWith(`.${domain}`);
  const { origin, host, protocol, hostname, port, username, password, href } =
    urlOf(named) ?? new URL('about:blank');
  const isOfDomain =
    protocol === 'https:' && port === '' && isBelow(hostname) && isBelow(new URL(url).hostname);
  const isHere = /^https?:$/.test(protocol) && origin === new URL(url).origin;
  if (username === '' && password === '' && (isOfDomain || isHere)) return href;
  throw new G4FError(
    `${provider}: the answer continues at ${host === '' ? 'what is no web address' : host}, which is not the service's own and is not opened. Check the baseURL, or choose another provider.`,
    // It would name the same address again.
    { code: 'bad-response', scope: 'provider', provider, model },
  );
};

/**
 * The address of a file that the service made, if it may be downloaded without a key: at the origin that was asked, or by `https:`
 * at a public name, and without a user or password.
 *
 * @throws G4FError `bad-response`
 */
export const fileURL = (named: string, { provider, model, url }: RequestFacts): string => {
  const { origin, host, protocol, hostname, username, password, href } =
    urlOf(named) ?? new URL('about:blank');
  const isHere = /^https?:$/.test(protocol) && origin === new URL(url).origin;
  if (username === '' && password === '' && (isHere || (protocol === 'https:' && isPublicHost(hostname))))
    return href;
  throw new G4FError(
    `${provider}: the file is at ${host === '' ? 'what is no web address' : host}, which is not opened: it is neither the service's own address nor a public one. Choose another provider.`,
    { code: 'bad-response', scope: 'provider', provider, model },
  );
};
