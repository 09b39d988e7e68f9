// Connects through a SOCKS5 proxy. undici speaks the protocol; its agent for it knows no deadline but its own, leaves sockets open
// that were given up, and sends addresses as names.
// Sources: https://www.rfc-editor.org/rfc/rfc1928, https://www.rfc-editor.org/rfc/rfc1929
import type { Socket } from 'node:net';
import { G4FError } from '@g4f/core';
import type { Socks5Client } from 'undici/lib/core/socks5-client.js';
import { type ProxyAddress, ProxyFailure } from './proxy.ts';
import { decoded, hostOf, type OpenTunnel, plain, tookTooLong } from './tunnel.ts';

/** What the protocol has room for, in bytes. */
const LONGEST = 255;
const PORT = 1080;

/** A failure, a network or host that cannot be reached, a refused connection, a TTL that ended. */
const MAY_PASS = /^UND_ERR_SOCKS5_REPLY_[13456]$/;

/**
 * By CONNECT of a SOCKS5 proxy.
 *
 * @param connectMs how long it may be silent, in ms; 0 is for ever.
 * @throws G4FError `invalid-request` for a user name or password that cannot be sent
 */
export const socksTunnel = (proxy: ProxyAddress, connectMs: number): OpenTunnel => {
  const url = new URL(proxy.url);
  const credentials = credentialsOf(url, proxy.from);
  return async (host, port, signal) => {
    const [{ connect }, socks] = await Promise.all([
      import('node:net'),
      import('undici/lib/core/socks5-client.js'),
    ]);
    const socket = connect({ host: hostOf(url), port: Number(url.port) || PORT });
    const client = new socks.default.Socks5Client(socket, credentials);
    const leave = (): void => void socket.destroy();
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    if (connectMs > 0) socket.setTimeout(connectMs, () => socket.destroy(tookTooLong()));
    // An attempt that was given up must not delay the end of the process; who waits for it holds it (exchange.ts).
    socket.unref();
    try {
      await talk(client, socket, host, port);
    } finally {
      signal.removeEventListener('abort', leave);
    }
    return socket.setTimeout(0).pause().ref();
  };
};

/** Asks for the connection. @throws ProxyFailure */
const talk = (client: Socks5Client, socket: Socket, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    let reached = false;
    socket.once('connect', () => {
      reached = true;
      client.handshake();
    });
    client.once('authenticated', () => client.connect(host, port));
    client.once('connected', () => resolve());
    client.once('close', () => reject(new ProxyFailure('without an answer', { reached })));
    // Without end: a connection that breaks later is told to whoever uses it, and here it would be thrown.
    client.on('error', (error) => reject(failureOf(error, reached)));
  });

/** What undici found in the proxy's words has a code of undici's. */
const failureOf = (error: Error & { readonly code?: string }, reached: boolean): ProxyFailure => {
  const { code = '', message } = error;
  const isRefusal = /^UND_ERR_(?:SOCKS5|INVALID_ARG)/.test(code);
  const cause = plain(error);
  return new ProxyFailure(message, { reached, cause, ...(isRefusal && { mayPass: MAY_PASS.test(code) }) });
};

function credentialsOf(proxy: URL, from: string): { username?: string; password?: string } {
  const [username, password] = [decoded(proxy.username), decoded(proxy.password)];
  if (username === '' && password === '') return {};
  if ([username, password].every((text) => text !== '' && Buffer.byteLength(text) <= LONGEST))
    return { username, password };
  throw new G4FError(
    `the SOCKS5 proxy of ${from} needs both a user name and a password, of at most ${LONGEST} bytes each, or neither.`,
    { code: 'invalid-request' },
  );
}
