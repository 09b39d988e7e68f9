// Who may ask over HTTP: callers with the token, under a name of this server, and no page of a browser that was not named.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may. */
export interface Admission {
  readonly token: string;
  readonly origins: readonly string[];
  readonly hosts: readonly string[];
}

/** Why one may not. */
export interface HttpRefusal {
  readonly status: number;
  readonly message: string;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

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
  return ({ headers: { host = '', origin, authorization = '' } }) => {
    const name = host.toLowerCase().replace(/:\d+$/, '');
    if (!LOOPBACK.has(name) && !hosts.includes(name))
      return { status: 403, message: 'This server is not called by this name: add it to the option hosts.' };
    if (origin !== undefined && !origins.includes(origin))
      return {
        status: 403,
        message: 'Pages of this origin may not use this server: add it to the option origins.',
      };
    const [, given = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (!timingSafeEqual(digest(given), expected))
      return { status: 401, message: 'The token of this server is needed: Authorization: Bearer.' };
    return undefined;
  };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
