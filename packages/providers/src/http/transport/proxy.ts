// Which proxy a request goes through: the caller's, or the environment's by curl's conventions; and how one fails.
// Source: https://curl.se/docs/manpage.html#ENVIRONMENT
import { G4FError } from '@g4f/core';
import { urlOf } from '@g4f/core/internal';
import type { Address } from './address.ts';
import { isExempt } from './no-proxy.ts';

/** A proxy on the way. */
export interface ProxyAddress {
  /** With the user name and password, if it has any: not for messages. */
  readonly url: string;
  /** Where it is set: `HTTPS_PROXY`, or `the proxy option`. */
  readonly from: string;
}

/** The proxy would not connect us: it refused, closed the connection, or could not be reached (`cause`). */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  /** The status with which it refused, in HTTP. */
  readonly status: number | undefined;
  /** Where it refused without a status: whether it may do better in a moment. */
  readonly mayPass: boolean | undefined;
  /** Whether it accepted our connection. */
  readonly reached: boolean;

  constructor(
    message: string,
    details: { status?: number; mayPass?: boolean; reached: boolean; cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.status = details.status;
    this.mayPass = details.mayPass;
    this.reached = details.reached;
  }
}

/** Where a proxy may be named. */
export interface ProxySettings {
  /** A proxy's URL for every request; without it `env` decides. */
  readonly proxy?: string | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY are looked up, in lower or upper case. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The proxy for this address, or undefined. The environment's is never used for this machine itself: a prompt for a
 * local server is no business of a proxy, and the proxy would look for that server on its own machine.
 *
 * @throws G4FError `invalid-request` when a proxy's address is not one.
 */
export const proxyFor = (
  { proxy, env }: ProxySettings,
  address: Address,
): ProxyAddress | undefined | Promise<ProxyAddress | undefined> => {
  if (proxy !== undefined) return checked('the proxy option', proxy);
  const found = fromEnvironment(env, address.protocol);
  if (found === undefined) return undefined;
  return isExempt(address, env.no_proxy || env.NO_PROXY || '').then((exempt) => (exempt ? undefined : found));
};

type Environment = ProxySettings['env'];

/** Each variable is looked up only when it is needed: reading the environment of the process is slow. */
function fromEnvironment(env: Environment, protocol: string): ProxyAddress | undefined {
  if (protocol !== 'https:') return named(env, 'HTTP_PROXY') ?? named(env, 'ALL_PROXY');
  return named(env, 'HTTPS_PROXY') ?? named(env, 'ALL_PROXY') ?? named(env, 'HTTP_PROXY');
}

const LOWER_CASE = { HTTP_PROXY: 'http_proxy', HTTPS_PROXY: 'https_proxy', ALL_PROXY: 'all_proxy' } as const;

const named = (env: Environment, name: keyof typeof LOWER_CASE): ProxyAddress | undefined =>
  checked(name, env[LOWER_CASE[name]] || env[name]);

/** The address as a URL; `host:port` counts as `http:`. Its text is not shown in the error: it may hold a password. */
function checked(from: string, address: string | undefined): ProxyAddress | undefined {
  const text = address?.trim();
  if (!text) return undefined;
  // With `socks5h` the proxy looks the host name up, which is what undici asks of every SOCKS5 proxy.
  const url = (text.includes('://') ? text : `http://${text}`).replace(/^socks5h:/i, 'socks5:');
  if (/^(https?|socks5?):$/.test(urlOf(url)?.protocol ?? '')) return { url, from };
  throw new G4FError(
    `the proxy's address in ${from} is not a URL of http, https or socks5. Set one such as http://host:8080.`,
    { code: 'invalid-request' },
  );
}
