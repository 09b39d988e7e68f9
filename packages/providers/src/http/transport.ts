// Connection pools, one per proxy setting and connect deadline, shared by all backends and opened on first use.
import type { Socket } from 'node:net';
import { G4FError } from '@g4f/core';
import type { buildConnector, Dispatcher } from 'undici';

/** How to reach the network. */
export interface Transport {
  /** An HTTP proxy's URL for every request; without it `env` decides. */
  readonly proxy?: string | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up, in lower or upper case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** ms until a connection attempt is given up. */
  readonly connectMs: number;
}

const pools = new Map<string, Promise<Dispatcher>>();

/**
 * The pool for this way of reaching the network; undici is loaded when the first one is opened.
 * @throws G4FError `invalid-request` when a proxy's address is none.
 */
export const poolFor = (transport: Transport): Promise<Dispatcher> => {
  const setting = proxySetting(transport);
  const key = JSON.stringify([setting, transport.connectMs]);
  const pool = pools.get(key) ?? openPool(setting, transport.connectMs);
  pools.set(key, pool);
  return pool;
};

interface ProxySetting {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

function proxySetting({ proxy, env }: Transport): ProxySetting {
  if (proxy !== undefined) {
    const url = checked('the proxy option', proxy);
    return { httpProxy: url, httpsProxy: url, noProxy: '' };
  }
  const from = (name: string): string => env[name.toLowerCase()] || env[name] || '';
  const httpProxy = checked('HTTP_PROXY', from('HTTP_PROXY'));
  const httpsProxy = checked('HTTPS_PROXY', from('HTTPS_PROXY')) || httpProxy;
  return { httpProxy, httpsProxy, noProxy: from('NO_PROXY') };
}

/** The address as a URL; `host:port` counts as `http:`. Its text is not shown in the error: it may hold a password. */
function checked(from: string, address: string): string {
  if (address === '') return '';
  const url = address.includes('://') ? address : `http://${address}`;
  if (URL.canParse(url) && /^(https?|socks5?):$/.test(new URL(url).protocol)) return url;
  throw new G4FError(
    `the proxy's address in ${from} is not an http(s) URL. Set one such as http://host:8080.`,
    {
      code: 'invalid-request',
    },
  );
}

async function openPool(setting: ProxySetting, connectMs: number): Promise<Dispatcher> {
  const { Agent, buildConnector, EnvHttpProxyAgent } = await import('undici');
  const tls = { timeout: connectMs };
  const connect = withoutHolding(buildConnector(tls));
  // Deadlines for headers and body are the caller's (they know what counts as progress); undici's are off.
  const options = { connect, headersTimeout: 0, bodyTimeout: 0 };
  if (setting.httpProxy === '' && setting.httpsProxy === '') return new Agent(options);
  return new EnvHttpProxyAgent({ ...options, ...setting, proxyTls: tls, requestTls: tls });
}

/**
 * A connector whose attempts do not keep the process alive: undici cannot call one off, so an attempt that was given
 * up would delay the program's exit until its own deadline. Whoever waits for one holds the process himself (send.ts).
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
