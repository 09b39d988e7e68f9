// Which pages and which names may reach this server: a browser carries requests of any page to 127.0.0.1.
import { urlOf } from '@g4f/core/internal';
import type { Answer } from '../answer/answer.ts';
import type { CallerRequest } from '../answer/caller-request.ts';
import { refuse } from '../failure/refusal.ts';

/** Which pages of browsers may ask: none, all, or those of these origins. */
export type Cors = boolean | readonly string[];

/** Which names it may be called by, besides those of this machine. */
export type Hosts = 'any' | readonly string[];

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

type Called = Pick<CallerRequest, 'headers' | 'url'>;

/** The name by which the server is called. */
const nameIn = ({ headers, url }: Called): string =>
  (headers.get('host') ?? new URL(url).host).toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');

const isOfThisMachine = (name: string): boolean => LOOPBACK.has(name) || name.endsWith('.localhost');

/** Whether the request is by a name of this machine, which no page can have been made to lead here. */
export const isCalledLocally = (request: Called): boolean => isOfThisMachine(nameIn(request));

/**
 * A page whose name was made to lead here (DNS rebinding) is known by the name in its requests.
 * @throws Refusal 403
 */
export const checkHost = ({ headers, url }: Called, hosts: Hosts): void => {
  if (hosts === 'any') return;
  const name = nameIn({ headers, url });
  if (isOfThisMachine(name) || hosts.includes(name)) return;
  throw refuse(
    403,
    'forbidden',
    'This server is not called by this name: add it to hosts in its options, or under address in its file of configuration.',
  );
};

/**
 * @param ownPage whether the gateway serves a page, by a name that was checked or to callers with keys: pages of its own origin may ask.
 * @returns the origin to be allowed, or undefined if no page asks. @throws Refusal 403 for a page that may not.
 */
export const checkOrigin = ({ headers, url }: Called, cors: Cors, ownPage = false): string | undefined => {
  const origin = headers.get('origin');
  if (origin === null) return checkSite(headers, cors);
  if (ownPage && isOwn(origin, headers.get('host') ?? new URL(url).host)) return origin;
  if (cors === true || (cors !== false && cors.includes(origin))) return origin;
  throw refuse(
    403,
    'forbidden',
    'Pages of this origin may not use this server: add it to cors in its options or its file of configuration.',
  );
};

/** Before a proxy that speaks TLS the scheme is another one than here. */
const isOwn = (origin: string, host: string): boolean =>
  /^https?:/.test(origin) && urlOf(origin)?.host === host.toLowerCase();

/** A page asks without naming its origin, for a picture or a script; a person who opens the address asks for a document. */
function checkSite(headers: Called['headers'], cors: Cors): undefined {
  const site = headers.get('sec-fetch-site');
  if (site === null || site === 'none' || site === 'same-origin' || cors === true) return undefined;
  throw refuse(403, 'forbidden', 'Pages of other sites may not use this server.');
}

/** Headers that let the page read the answer. */
export const corsHeaders = (origin: string): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': origin,
  'access-control-expose-headers':
    'x-request-id, request-id, x-g4f-provider, x-g4f-model, x-g4f-attempts, x-g4f-estimate, retry-after, retry-after-ms',
  vary: 'origin',
});

/** The answer to a browser that asks before it sends. */
export const preflight = ({ headers }: Called, origin: string): Answer => ({
  status: 204,
  body: null,
  headers: {
    ...corsHeaders(origin),
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': headers.get('access-control-request-headers') ?? 'content-type',
    'access-control-max-age': '600',
    ...(headers.get('access-control-request-private-network') === 'true' && {
      'access-control-allow-private-network': 'true',
    }),
  },
});
