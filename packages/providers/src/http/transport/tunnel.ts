// Connects through a proxy; of HTTP: CONNECT, and the socket that comes of it. undici's own agent asks a proxy that closes the
// connection again without an end, and tells a refusal as an abort.
// Source: https://www.rfc-editor.org/rfc/rfc9110#name-connect
import type { ClientRequest, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { type ProxyAddress, ProxyFailure } from './proxy.ts';

type Connector = buildConnector.connector;

/** Opens a connection to `host:port` through a proxy. @throws ProxyFailure */
export type OpenTunnel = (host: string, port: number, signal: AbortSignal) => Promise<Socket>;

/**
 * A connector that reaches its target through a proxy.
 *
 * @param toTarget makes TLS on the tunnel's socket, for `https:` targets.
 * @param onBegin is given, for each attempt, what calls it off.
 */
export const tunnelThrough =
  (open: OpenTunnel, toTarget: Connector, onBegin: (callOff: () => void) => void): Connector =>
  (options, callback) => {
    const { protocol, hostname, port } = options;
    const left = new AbortController();
    onBegin(() => left.abort());
    open(hostname, Number(port) || (protocol === 'https:' ? 443 : 80), left.signal).then(
      (socket) => {
        if (protocol === 'https:') toTarget({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: Error) => callback(error, null),
    );
  };

/** By CONNECT of an HTTP proxy. @param connectMs how long it may take to answer, in ms; 0 is for ever. */
export const httpTunnel =
  (proxy: ProxyAddress, connectMs: number): OpenTunnel =>
  (host, port, signal) =>
    openTunnel(proxy, `${host.includes(':') ? `[${host}]` : host}:${port}`, connectMs, signal);

async function openTunnel(
  proxy: ProxyAddress,
  authority: string,
  connectMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  const url = new URL(proxy.url);
  const connecting = await begin(url, authority, connectMs, signal);
  return await new Promise((resolve, reject) => {
    let reached = false;
    const fail = (cause: Error) => reject(new ProxyFailure(cause.message, { reached, cause: plain(cause) }));
    connecting.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.on('error', () => undefined).destroy();
        reject(new ProxyFailure(`it answered ${statusCode}`, { status: statusCode, reached: true }));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve(socket.ref());
    });
    connecting.once('socket', (socket: Socket) => {
      // An attempt that was given up must not delay the end of the process; who waits for it holds it (exchange.ts).
      socket.unref();
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        reached = true;
      });
    });
    connecting.once('timeout', () => {
      fail(tookTooLong());
      connecting.destroy();
    });
    connecting.on('error', fail);
    connecting.end();
  });
}

/** What a deadline that passes while a proxy is waited for is told as. */
export const tookTooLong = (): Error =>
  Object.assign(new Error('it took too long'), { code: 'UND_ERR_CONNECT_TIMEOUT' });

/** Without what else Node attaches: a parser's error holds the raw bytes of the answer. */
export const plain = (error: Error): Error =>
  Object.assign(new Error(error.message), 'code' in error ? { code: error.code } : {});

async function begin(
  proxy: URL,
  authority: string,
  connectMs: number,
  signal: AbortSignal,
): Promise<ClientRequest> {
  const isSecure = proxy.protocol === 'https:';
  const { request } = await (isSecure ? import('node:https') : import('node:http'));
  const host = hostOf(proxy);
  const options: RequestOptions & { readonly servername?: string } = {
    method: 'CONNECT',
    host,
    port: proxy.port || (isSecure ? 443 : 80),
    path: authority,
    headers: { host: authority, ...proxyAuthorization(proxy) },
    agent: false,
    signal,
    ...(connectMs > 0 && { timeout: connectMs }),
    // Else it would be taken from the host header, which names the target.
    ...(isSecure && { servername: /^[\d.]+$|:/.test(host) ? '' : host }),
  };
  return request(options);
}

/** As the system wants it: an address of IPv6 without its brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** The header that holds the name and password of a proxy's address; none if it has none. */
export const proxyAuthorization = ({ username, password }: URL): Readonly<Record<string, string>> => {
  if (username === '' && password === '') return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
};

/** Percent signs that encode nothing are meant as they are. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
