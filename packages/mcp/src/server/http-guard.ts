// Who may ask over HTTP: callers with the token, under a name of this server, and no page of a browser that was not named.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { namesOtherHost, urlOf } from '@g4f/core/internal';

/** Who may. */
export interface Admission {
  readonly token: string;
  readonly origins: readonly string[];
  /** Names besides those of this machine. */
  readonly hosts: Hosts;
}

/** Any name, or these. */
export type Hosts = 'any' | readonly string[];

/** Why one may not. */
export interface HttpRefusal {
  readonly status: number;
  readonly message: string;
}

/** Whether a name is one of this machine for itself. */
export const isLoopback = (name: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(name) || name.endsWith('.localhost');

/** A name as it is compared: in lower case, IPv6 in brackets, without a port and the dot at its end. Undefined for what is none. */
export const hostName = (text: string): string | undefined => {
  const host = isIPv6(text) ? `[${text}]` : text;
  return /[\s/?#@*\\]/.test(host) ? undefined : urlOf(`http://${host}`)?.hostname.replace(/\.$/, '');
};

/**
 * Looks at one request. A page whose name was made to lead here (DNS rebinding) is known by the name in its requests.
 * Source: https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#security-warning
 */
export const createGuard = ({
  token,
  origins,
  hosts,
}: Admission): ((request: IncomingMessage) => HttpRefusal | undefined) => {
  const expected = digest(token);
  return ({ url = '', headers: { host = '', origin, authorization = '' } }) => {
    if (namesOtherHost(url, host))
      return { status: 400, message: 'The address that is asked for is of another host than Host.' };
    if (hosts !== 'any' && !isNamed(hostName(host), hosts))
      return {
        status: 403,
        message:
          'This server is not called by this name: add it to the option hosts (of "g4f mcp": --allow-host).',
      };
    if (origin !== undefined && !origins.includes(origin))
      return {
        status: 403,
        message:
          'Pages of this origin may not use this server: add it to the option origins (of "g4f mcp": --origin).',
      };
    const [, given = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (!timingSafeEqual(digest(given), expected))
      return { status: 401, message: 'The token of this server is needed: Authorization: Bearer.' };
    return undefined;
  };
};

const isNamed = (name: string | undefined, hosts: readonly string[]): boolean =>
  name !== undefined && (isLoopback(name) || hosts.includes(name));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
