// Connection pools, one for each proxy and connect deadline, shared by all providers and opened on first use.
/// <reference path="./undici-files.d.ts" />
import type { Socket } from 'node:net';
import { G4FError, LIMITS } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import type { buildConnector, Dispatcher } from 'undici';
import type { Address } from './address.ts';
import { type ProxyAddress, type ProxySettings, proxyFor } from './proxy.ts';

/** How to reach the network. */
export interface Transport extends ProxySettings {
  /** ms until a connection attempt is given up. */
  readonly connectMs: number;
}

/** A pool, and the proxy that its connections go through. */
export interface Pool {
  readonly dispatcher: Dispatcher;
  readonly proxy: ProxyAddress | undefined;
  /** Connects to the proxy itself, for requests in absolute form; only where it is an HTTP proxy. */
  readonly forwarder?: Dispatcher;
  /** Set when the proxy has refused to tunnel to an `http:` address: it is asked in absolute form from then on. */
  forwards?: boolean;
  /** Calls off the tunnel that was begun last: read right after a request was dispatched. */
  callOff?: (() => void) | undefined;
}

/** How a request leaves: through a pool, or by the platform's `fetch` where undici cannot be loaded (some bundles cannot `require` Node's modules). */
export type Way = Pool | 'fetch';

/** By the connect deadline where there is no proxy, and by all that tells two apart where there is one. */
const pools = new Map<number | string, Way | Promise<Way>>();

/**
 * The pool for this way of reaching an address; undici is loaded when the first is opened.
 * @throws G4FError `invalid-request` when a proxy's address is not one, or there is no undici to go through it.
 */
export const poolFor = (transport: Transport, address: Address): Way | Promise<Way> => {
  const proxy = proxyFor(transport, address);
  return isPromise(proxy)
    ? proxy.then((found) => pool(found, transport.connectMs))
    : pool(proxy, transport.connectMs);
};

function pool(proxy: ProxyAddress | undefined, connectMs: number): Way | Promise<Way> {
  const key = proxy === undefined ? connectMs : `${connectMs} ${proxy.from} ${proxy.url}`;
  const known = pools.get(key);
  if (known !== undefined) {
    if (pools.size > 1) keep(key, known);
    return known;
  }
  const opening = openPool(proxy, connectMs);
  keep(key, opening);
  opening.then(
    (opened) =>
      pools.get(key) === opening && (opened === 'fetch' ? pools.delete(key) : pools.set(key, opened)),
    // What failed is tried again by the next request: some failures pass, such as too many open files.
    () => pools.get(key) === opening && pools.delete(key),
  );
  return opening;
}

/** The newest is the last; the one that was asked for longest ago is closed when there are too many. */
function keep(key: number | string, pool: Way | Promise<Way>): void {
  pools.delete(key);
  pools.set(key, pool);
  if (pools.size <= LIMITS.pools) return;
  const [oldest] = pools;
  if (oldest === undefined) return;
  pools.delete(oldest[0]);
  Promise.resolve(oldest[1]).then(closePool, () => undefined);
}

/** Once its answers have been read. */
const closePool = (way: Way): void => {
  if (way === 'fetch') return;
  for (const each of [way.dispatcher, way.forwarder]) each?.close().catch(() => undefined);
};

async function openPool(proxy: ProxyAddress | undefined, connectMs: number): Promise<Way> {
  const parts = await loadAgent();
  if ('failure' in parts) {
    // Whoever has set a proxy must not be connected past it.
    if (proxy !== undefined) throw withoutUndici(proxy, parts.failure);
    return 'fetch';
  }
  const { Agent, buildConnector } = parts;
  const direct = withoutHolding(buildConnector({ timeout: connectMs }));
  // Deadlines for headers and body are the caller's (they know what counts as progress); undici's are off.
  const options = { headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: LIMITS.headerBytes };
  if (proxy === undefined) return { dispatcher: new Agent({ ...options, connect: direct }), proxy };
  const { httpTunnel, tunnelThrough } = await import('./tunnel.ts');
  const isHttp = /^https?:/i.test(proxy.url);
  const open = isHttp
    ? httpTunnel(proxy, connectMs)
    : (await import('./socks.ts')).socksTunnel(proxy, connectMs);
  const connect = tunnelThrough(open, direct, (callOff) => {
    opened.callOff = callOff;
  });
  const opened: Pool = {
    dispatcher: new Agent({ ...options, connect }),
    proxy,
    ...(isHttp && { forwarder: new Agent({ ...options, connect: direct }) }),
  };
  return opened;
}

type Parts = Pick<typeof import('undici'), 'Agent' | 'buildConnector'>;

/**
 * An agent and its connector from undici's own files: its door loads `fetch`, web sockets and caches besides, which takes
 * three times as long. Where the files are not what they were, the door has both.
 */
async function loadAgent(): Promise<Parts | { readonly failure: unknown }> {
  // undici counts with Node's own timers, which a page has not, nor what poses as one (jsdom).
  if (typeof clearImmediate !== 'function') return { failure: 'this environment has no timers of Node' };
  try {
    // undici reads variables when it connects, which Deno may forbid.
    void process.env.JEST_WORKER_ID;
    void process.env.UNDICI_NO_WASM_SIMD;
  } catch (failure) {
    return { failure };
  }
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
  } catch (failure) {
    return { failure };
  }
}

function withoutUndici(proxy: ProxyAddress, cause: unknown): G4FError {
  const [why] = String(cause instanceof Error ? cause.message : cause).split('\n');
  return new G4FError(
    `undici could not be loaded: ${why}. The proxy of ${proxy.from} needs it: install it; a bundler must leave it out (external), or make CommonJS.`,
    { code: 'invalid-request', cause },
  );
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
