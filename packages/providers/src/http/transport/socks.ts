// Connects through a SOCKS5 proxy: undici's own agent, with what it needs to speak plainly to the proxy.
// Sources: https://www.rfc-editor.org/rfc/rfc1928, https://www.rfc-editor.org/rfc/rfc1929
import { G4FError } from '@g4f/core';
import { type buildConnector, type Dispatcher, Socks5ProxyAgent } from 'undici';
import type { ProxyAddress } from './proxy.ts';
import { decoded } from './tunnel.ts';

/** What the protocol has room for, in bytes. */
const LONGEST = 255;

/**
 * @param connect reaches the proxy. With `proxyTls` the agent would speak TLS to it, which SOCKS5 has not.
 * @param connectMs for the TLS of targets, in ms
 * @throws G4FError `invalid-request` for a user name or password that cannot be sent
 */
export const throughSocks = (
  { url, from }: ProxyAddress,
  connect: buildConnector.connector,
  connectMs: number,
): Dispatcher => {
  const proxy = new URL(url);
  const [username, password] = [decoded(proxy.username), decoded(proxy.password)];
  const isNamed = username !== '' || password !== '';
  const fits = [username, password].every((text) => text !== '' && Buffer.byteLength(text) <= LONGEST);
  if (isNamed && !fits)
    throw new G4FError(
      `the SOCKS5 proxy of ${from} needs both a user name and a password, of at most ${LONGEST} bytes each, or neither.`,
      { code: 'invalid-request' },
    );
  return new Socks5ProxyAgent(proxy, {
    connect,
    requestTls: { timeout: connectMs },
    ...(isNamed && { username, password }),
  });
};
