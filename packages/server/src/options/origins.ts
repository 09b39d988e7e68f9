// The options `cors` and `hosts` as a browser writes origins and names: what could never match is refused at the start.
import { pageOriginOf, urlOf } from '@g4f/core/internal';
import type { Cors, Hosts } from '../guard/origins.ts';
import { wrong } from './wrong.ts';

const ORIGINS = 'true, false or a list of origins (https://chat.example.com)';
const NAMES = '"any" or a list of names (gateway.example.com)';

/** @throws G4FError `invalid-request` */
export const settleCors = (cors: unknown): Cors => {
  if (typeof cors === 'boolean') return cors;
  if (!Array.isArray(cors)) throw wrong('cors', ORIGINS);
  return cors.map((origin: unknown, at) => {
    const settled = typeof origin === 'string' ? pageOriginOf(origin) : undefined;
    if (settled === undefined)
      throw wrong(`cors[${at}]`, 'an origin (https://chat.example.com), without a path');
    return settled;
  });
};

/** @throws G4FError `invalid-request` */
export const settleHosts = (hosts: unknown): Hosts => {
  if (hosts === 'any') return hosts;
  if (!Array.isArray(hosts)) throw wrong('hosts', NAMES);
  return hosts.map((host: unknown, at) => {
    const name = typeof host === 'string' ? nameOf(host.trim()) : undefined;
    if (name === undefined)
      throw wrong(`hosts[${at}]`, 'a name (gateway.example.com), without a scheme or a path');
    return name;
  });
};

/** The port that stands behind a name says nothing: requests are told by the name alone. */
export function nameOf(text: string): string | undefined {
  const host = text.split(':').length > 2 && /^[0-9a-f:.]+$/i.test(text) ? `[${text}]` : text;
  if (!/^(?:[^\s/\\:?#@[\]*]+|\[[0-9a-f:.]+\])(?::\d+)?$/i.test(host)) return undefined;
  return urlOf(`http://${host}`)?.hostname.replace(/\.$/, '');
}
