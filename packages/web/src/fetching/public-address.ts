// Whether an IP address belongs to the public internet.
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The address at which Azure's virtual machines reach their host; it lies in a public range. */
const AZURE_HOST = '168.63.129.16';

/** Outside of it IPv6 has no public addresses; `::7f00:1`, an old form of 127.0.0.1, counts as unicast elsewhere. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether it may be connected to for a page that somebody else chose: no address of this machine, of a private or shared network, of
 * a tunnel, nor one that is reserved. An IPv4 address inside an IPv6 one counts as itself.
 */
export const isPublicAddress = (text: string): boolean => {
  // The library takes shorter forms too, which others read differently.
  if (isIP(text) === 0) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv6' ? address.match(GLOBAL_UNICAST) : address.toString() !== AZURE_HOST;
};
