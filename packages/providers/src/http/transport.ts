// Connection pools, one per proxy setting and connect deadline, shared by all backends and opened on first use.
import type { Dispatcher } from 'undici';

/** How to reach the network. */
export interface Transport {
  /** An HTTP proxy's URL for every request; without it `env` decides. */
  readonly proxy?: string | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up, in upper or lower case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** ms until a connection attempt is given up. */
  readonly connectMs: number;
}

const pools = new Map<string, Promise<Dispatcher>>();

/** The pool for this way of reaching the network; undici is loaded when the first one is opened. */
export const poolFor = ({ proxy, env, connectMs }: Transport): Promise<Dispatcher> => {
  const httpProxy = proxy ?? env.HTTP_PROXY ?? env.http_proxy ?? '';
  const httpsProxy = proxy ?? env.HTTPS_PROXY ?? env.https_proxy ?? httpProxy;
  const noProxy = env.NO_PROXY ?? env.no_proxy ?? '';
  const key = JSON.stringify([httpProxy, httpsProxy, noProxy, connectMs]);
  const pool = pools.get(key) ?? openPool({ httpProxy, httpsProxy, noProxy }, connectMs);
  pools.set(key, pool);
  return pool;
};

interface ProxySetting {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

async function openPool(setting: ProxySetting, connectMs: number): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  // Deadlines for headers and body are the caller's (they know what counts as progress); undici's are off.
  const options = { connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 };
  if (setting.httpProxy === '' && setting.httpsProxy === '') return new Agent(options);
  return new EnvHttpProxyAgent({ ...options, ...setting });
}
