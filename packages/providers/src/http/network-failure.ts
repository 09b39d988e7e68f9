// Turns a failed connection into an error a person can act on.
import { G4FError } from '@g4f/core';
import { excerpt } from './excerpt.ts';

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

/** A proxy on the way. */
export interface ProxyAddress {
  readonly url: string;
  /** Where it is set: `HTTPS_PROXY`, or `the proxy option`. */
  readonly from: string;
}

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
  const code = codeOf(error);
  const cause = error;
  const unreached = proxy !== undefined && isUnreached(proxy, error, origin) ? named(proxy) : origin;
  if (code === 'UND_ERR_INVALID_ARG') {
    return new G4FError(
      `${provider}: the request to ${origin} cannot be sent: ${excerpt(error.message)}. Correct the headers or the address.`,
      { code: 'invalid-request', provider, cause },
    );
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new G4FError(
      `${provider}: no connection to ${unreached} in time. Check the address and the network, or raise timeout.connect.`,
      { code: 'timeout', phase: 'connect', provider, cause },
    );
  }
  const what = answering ? `the connection to ${origin} broke in mid-answer` : `${unreached} did not answer`;
  return new G4FError(
    `${provider}: ${what}: ${reasonOf(error, code)}. Try again or choose another provider.`,
    { code: 'network', provider, cause },
  );
};

/** Whether the connection that failed was that to the proxy: the system's words name the host or the port. */
function isUnreached({ url }: ProxyAddress, error: Error, origin: string): boolean {
  const words = wordsOf(error);
  const [proxy, target] = [new URL(url), new URL(origin)];
  return (
    (proxy.hostname !== target.hostname && words.includes(proxy.hostname)) ||
    (proxy.port !== '' && proxy.port !== target.port && new RegExp(`:${proxy.port}\\b`).test(words))
  );
}

/** Without its name and password. */
const named = ({ url, from }: ProxyAddress): string => `the proxy ${new URL(url).host} (set by ${from})`;

/** All that an error and what is in it say. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const inside: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  return [error.message, ...inside.map(wordsOf)].join(' ');
}

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
