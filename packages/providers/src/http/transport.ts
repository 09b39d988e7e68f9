// Connection pools, one per proxy setting and connect deadline, shared by all backends and opened on first use.
/// <reference path="./undici-files.d.ts" />
import type { Socket } from 'node:net';
import { G4FError } from '@g4f/core';
import type { buildConnector, Dispatcher } from 'undici';
import type { ProxyAddress } from './network-failure.ts';

/** How to reach the network. */
export interface Transport {
  /** An HTTP proxy's URL for every request; without it `env` decides. */
  readonly proxy?: string | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up, in lower or upper case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** ms until a connection attempt is given up. */
  readonly connectMs: number;
}

/** A pool, and the proxy that its connections go through unless NO_PROXY says otherwise. */
export interface Pool {
  readonly dispatcher: Dispatcher;
  readonly proxy: ProxyAddress | undefined;
}

/** By the connect deadline where there is no proxy, and by all that tells two apart where there is one. */
const pools = new Map<number | string, Pool | Promise<Pool>>();

/**
 * The pool for this way of reaching an address with this protocol (`https:`); undici is loaded when the first is opened.
 * @throws G4FError `invalid-request` when a proxy's address is none.
 */
export const poolFor = (transport: Transport, protocol: string): Pool | Promise<Pool> => {
  const { proxy, noProxy } = proxyFor(transport, protocol);
  const { connectMs } = transport;
  const key = proxy === undefined ? connectMs : `${connectMs} ${proxy.from} ${proxy.url} ${noProxy}`;
  const known = pools.get(key);
  if (known !== undefined) return known;
  const opening = openPool(proxy, noProxy, connectMs);
  pools.set(key, opening);
  opening.then(
    (pool) => pools.set(key, pool),
    // It is opened again for the next request.
    () => pools.delete(key),
  );
  return opening;
};

/** The proxy, if there is one, and the hosts that are reached without it. */
function proxyFor(
  { proxy, env }: Transport,
  protocol: string,
): { readonly proxy: ProxyAddress | undefined; readonly noProxy: string } {
  if (proxy !== undefined) return { proxy: checked('the proxy option', proxy), noProxy: '' };
  // No variable is looked up in vain: reading the environment of the process takes longer than it seems.
  const secure =
    protocol === 'https:' ? checked('HTTPS_PROXY', env.https_proxy || env.HTTPS_PROXY) : undefined;
  const found = secure ?? checked('HTTP_PROXY', env.http_proxy || env.HTTP_PROXY);
  return { proxy: found, noProxy: found === undefined ? '' : env.no_proxy || env.NO_PROXY || '' };
}

/** The address as a URL; `host:port` counts as `http:`. Its text is not shown in the error: it may hold a password. */
function checked(from: string, address: string | undefined): ProxyAddress | undefined {
  if (!address) return undefined;
  const url = address.includes('://') ? address : `http://${address}`;
  if (URL.canParse(url) && /^(https?|socks5?):$/.test(new URL(url).protocol)) return { url, from };
  throw new G4FError(
    `the proxy's address in ${from} is not an http(s) URL. Set one such as http://host:8080.`,
    {
      code: 'invalid-request',
    },
  );
}

async function openPool(proxy: ProxyAddress | undefined, noProxy: string, connectMs: number): Promise<Pool> {
  const { Agent, buildConnector } = await loadAgent();
  const tls = { timeout: connectMs };
  const connect = withoutHolding(buildConnector(tls));
  // Deadlines for headers and body are the caller's (they know what counts as progress); undici's are off.
  const options = { connect, headersTimeout: 0, bodyTimeout: 0 };
  if (proxy === undefined) return { dispatcher: new Agent(options), proxy };
  const { EnvHttpProxyAgent } = await import('undici');
  const both = { httpProxy: proxy.url, httpsProxy: proxy.url, noProxy };
  const dispatcher = new EnvHttpProxyAgent({ ...options, ...both, proxyTls: tls, requestTls: tls });
  return { dispatcher, proxy };
}

type Parts = Pick<typeof import('undici'), 'Agent' | 'buildConnector'>;

/**
 * An agent and its connector from undici's own files: its door loads `fetch`, web sockets and caches besides, which takes
 * three times as long. Where the files are not what they were, the door has both.
 *
 * @throws G4FError `invalid-request` when there is no undici that can be loaded: asking again would not help.
 */
async function loadAgent(): Promise<Parts> {
  try {
    const [agent, connect] = await Promise.all([
      import('undici/lib/dispatcher/agent.js'),
      import('undici/lib/core/connect.js'),
    ]);
    if (typeof agent.default === 'function' && typeof connect.default === 'function')
      return { Agent: agent.default, buildConnector: connect.default };
  } catch {
    // Not there any more.
  }
  try {
    return await import('undici');
  } catch (cause) {
    const [why] = String(cause instanceof Error ? cause.message : cause).split('\n');
    throw new G4FError(
      `undici could not be loaded: ${why}. Install it; a bundler must leave it out (external), or make CommonJS.`,
      { code: 'invalid-request', cause },
    );
  }
}

/**
 * A connector whose attempts do not keep the process alive: undici cannot call one off, so an attempt that was given
 * up would delay the program's exit until its own deadline. Whoever waits for one holds the process himself (exchange.ts).
 */
const withoutHolding =
  (connector: buildConnector.connector): buildConnector.connector =>
  (options, callback) => {
    // The types say nothing of it, but the connector returns its socket.
    const socket: unknown = connector(options, (...outcome) => {
      const [, connected] = outcome;
      connected?.ref();
      callback(...outcome);
    });
    if (isSocket(socket)) socket.unref();
  };

/** By its shape: `node:net` is slow to load, and whoever only imports this library needs none of it. */
const isSocket = (value: unknown): value is Pick<Socket, 'unref'> =>
  typeof value === 'object' && value !== null && 'unref' in value && typeof value.unref === 'function';
