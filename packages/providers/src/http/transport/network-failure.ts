// Turns a failed connection into an error a person can act on.
import { G4FError, LIMITS } from '@g4f/core';
import { deniedFlag } from '@g4f/core/internal';
import { excerpt } from '../failures/excerpt.ts';
import { type ProxyAddress, ProxyFailure } from './proxy.ts';

const CAUSES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known (check the address, or the network connection)',
  EAI_AGAIN: 'the host name could not be looked up (is this machine online?)',
  ECONNREFUSED: 'nothing listens there (is the server running, and the port right?)',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed while we were sending',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached (is this machine online?)',
  ETIMEDOUT: 'the connection timed out',
  EPROTO: 'it does not speak TLS there (http: instead of https:?)',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there (http: instead of https:?)',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there (http: instead of https:?)',
  UND_ERR_SOCKET: 'the server closed the connection',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed (NODE_EXTRA_CA_CERTS names a file of trusted ones)',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate chain is not trusted (a proxy that inspects TLS? NODE_EXTRA_CA_CERTS names a file of trusted ones)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate could not be verified',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** Who asked whom, for the error. */
export interface Asking {
  readonly provider: string;
  /** Scheme, host and port that were asked. */
  readonly origin: string;
  /** Whether the answer had begun. */
  readonly answering: boolean;
  readonly proxy?: ProxyAddress | undefined;
}

/** The error for what undici reported. */
export const networkFailure = (error: Error, asking: Asking): G4FError => {
  const { provider, origin, answering, proxy } = asking;
  const flag = deniedFlag(error);
  if (flag !== undefined) return notAllowed(provider, origin, flag);
  if (error instanceof ProxyFailure && proxy !== undefined) return proxyFailure(error, asking, proxy);
  const code = codeOf(error);
  const cause = describedCause(error, code);
  if (code === 'UND_ERR_INVALID_ARG') {
    return new G4FError(
      `${provider}: the request to ${origin} cannot be sent: ${excerpt(error.message)}. Correct the headers or the address.`,
      { code: 'invalid-request', provider, cause },
    );
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new G4FError(
      `${provider}: ${origin} answered with more than ${LIMITS.headerBytes / 1024} KiB of headers, which is not read. Check the address, and any proxy on the way.`,
      { code: 'bad-response', provider, cause },
    );
  }
  const way = proxy === undefined ? origin : `${origin} through ${named(proxy)}`;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return connectTimeout(provider, way, cause);
  const what = answering ? `the connection to ${origin} broke in mid-answer` : `${way} did not answer`;
  return new G4FError(
    `${provider}: ${what}: ${reasonOf(error, code)}. Try again or choose another provider.`,
    { code: 'network', provider, cause },
  );
};

/** What the runtime refuses it refuses to every provider, and again. */
const notAllowed = (provider: string, origin: string, flag: string): G4FError =>
  new G4FError(
    `${provider}: this program may not connect to ${origin}: the runtime's permission model forbids it. Start it with ${flag} as well.`,
    { code: 'invalid-request', provider },
  );

const connectTimeout = (provider: string, to: string, cause: Error): G4FError =>
  new G4FError(
    `${provider}: no connection to ${to} in time. Check the address and the network, or raise timeout.connect.`,
    { code: 'timeout', phase: 'connect', provider, cause },
  );

function proxyFailure(failure: ProxyFailure, { provider, origin }: Asking, proxy: ProxyAddress): G4FError {
  if (failure.status !== undefined) return proxyRefusal(provider, origin, proxy, failure.status);
  if (failure.mayPass !== undefined)
    return refusedBy(proxy, {
      provider,
      origin,
      mayPass: failure.mayPass,
      why: excerpt(failure.message),
      cause: failure,
    });
  const code = codeOf(failure);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return connectTimeout(provider, named(proxy), failure);
  if (!failure.reached)
    return new G4FError(
      `${provider}: ${named(proxy)} did not answer: ${reasonOf(failure, code)}. Check its address, or choose another provider.`,
      { code: 'network', provider, cause: failure },
    );
  return new G4FError(
    `${provider}: ${named(proxy)} closed the connection when it was asked for ${origin} (${reasonOf(failure, code)}). ${check(proxy)}`,
    { code: 'network', scope: 'provider', provider, cause: failure },
  );
}

/** The status by which a proxy refused, which is no field of the error: there the status is the service's. */
const refusals = new WeakMap<Error, number>();

/** The status by which a proxy refused to connect; undefined for any other failure. */
export const refusedWith = (error: unknown): number | undefined =>
  error instanceof Error ? refusals.get(error) : undefined;

/** The error for a proxy that answers a status of its own instead of connecting us. */
export const proxyRefusal = (
  provider: string,
  origin: string,
  proxy: ProxyAddress,
  status: number,
): G4FError => {
  const cause = new ProxyFailure(`it answered ${status}`, { status, reached: true });
  const error = refusedBy(proxy, { provider, origin, why: status, mayPass: MAY_PASS.has(status), cause });
  refusals.set(error, status);
  return error;
};

interface ProxyRefusal {
  readonly provider: string;
  readonly origin: string;
  readonly why: number | string;
  readonly mayPass: boolean;
  readonly cause: ProxyFailure;
}

function refusedBy(proxy: ProxyAddress, { provider, origin, why, mayPass, cause }: ProxyRefusal): G4FError {
  const what = mayPass
    ? `could not connect to ${origin} just now: ${why}. Try again or choose another provider.`
    : `refuses to connect to ${origin}: ${why}. ${check(proxy)}`;
  // What was refused would be refused again; another provider may be allowed.
  const scope = mayPass ? undefined : 'provider';
  return new G4FError(`${provider}: ${named(proxy)} ${what}`, { code: 'network', scope, provider, cause });
}

/** Statuses by which a proxy says that it is busy, or did not reach the service in this moment. */
const MAY_PASS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

const check = ({ url }: ProxyAddress): string =>
  new URL(url).username === ''
    ? `Check whether it needs a user name and password (${new URL(url).protocol}//user:password@host:port), and what it allows.`
    : 'Check the user name and password in its address, and what it allows.';

/** Without its name and password. */
const named = ({ url, from }: ProxyAddress): string => `the proxy ${new URL(url).host} (set by ${from})`;

/** Name, code and message alone: what else undici attaches may hold what was sent, the key included. */
const describedCause = ({ name, message }: Error, code: string | undefined): Error =>
  Object.assign(new Error(excerpt(message)), { name, ...(code !== undefined && { code }) });

function reasonOf(error: Error, code: string | undefined): string {
  if (code?.startsWith('HPE_') || error.name === 'HTTPParserError')
    return 'what came is not HTTP (check the scheme and the port)';
  const known = code !== undefined && Object.hasOwn(CAUSES, code) ? CAUSES[code] : undefined;
  return known ?? excerpt(error.message);
}

/** The system's code of an error, looked for in its causes and in the errors of each address that was tried. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}
