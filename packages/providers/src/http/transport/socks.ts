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
 * @throws G4FError `invalid-request` for a user name or password that cannot be sent
 */
export const throughSocks = ({ url, from }: ProxyAddress, connect: buildConnector.connector): Dispatcher => {
  const proxy = new URL(url);
  const [username, password] = [decoded(proxy.username), decoded(proxy.password)];
  const isNamed = username !== '' || password !== '';
  const fits = [username, password].every((text) => text !== '' && Buffer.byteLength(text) <= LONGEST);
  if (isNamed && !fits)
    throw new G4FError(
      `the SOCKS5 proxy of ${from} needs both a user name and a password, of at most ${LONGEST} bytes each, or neither.`,
      { code: 'invalid-request' },
    );
  const agent = new Socks5ProxyAgent(proxy, {
    connect: toldOfEnds(connect),
    ...(isNamed && { username, password }),
  });
  return agent.compose(withoutDeadlines);
};

/** undici's own are off (transport.ts), and this agent takes them with each request alone. */
const withoutDeadlines: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler);

/** A proxy that closes is told as an error at once: the agent would go on waiting for its answer. */
const toldOfEnds =
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) =>
    connect(options, (...connected) => {
      const [, socket] = connected;
      socket?.once('close', () => {
        // Only the talk with the proxy is read by this event.
        if (socket.listenerCount('data') > 0) socket.emit('error', new Error('it closed the connection'));
      });
      callback(...connected);
    });
