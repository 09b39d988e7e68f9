// Turns a failed connection into an error a person can act on.
import { G4FError } from '@g4f/core';

const CAUSES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known (check the address, or the network connection)',
  EAI_AGAIN: 'the host name could not be looked up (is this machine online?)',
  ECONNREFUSED: 'nothing listens there (is the server running, and the port right?)',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed while we were sending',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached (is this machine online?)',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the server closed the connection',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed (NODE_EXTRA_CA_CERTS names a file of trusted ones)',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate chain is not trusted (a proxy that inspects TLS? NODE_EXTRA_CA_CERTS names a file of trusted ones)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate could not be verified',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/**
 * @param error what undici reported.
 * @param origin scheme, host and port that were asked.
 * @param answering whether the answer had begun.
 */
export const networkFailure = (
  error: Error,
  provider: string,
  origin: string,
  answering: boolean,
): G4FError => {
  const code = codeOf(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new G4FError(
      `${provider}: no connection to ${origin} in time. Check the address and the network, or raise timeout.connect.`,
      {
        code: 'timeout',
        phase: 'connect',
        provider,
        cause: error,
      },
    );
  }
  const why = (code && CAUSES[code]) ?? error.message;
  const what = answering ? `the connection to ${origin} broke in mid-answer` : `${origin} did not answer`;
  return new G4FError(`${provider}: ${what}: ${why}. Try again or choose another provider.`, {
    code: 'network',
    provider,
    cause: error,
  });
};

/** The system's code of an error, looked for in its causes and in the errors of each address that was tried. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}
