// The gateway as a server on Node.
import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { G4FError } from '@g4f/core';
import { getRequestListener } from '@hono/node-server';
import { handlerOf } from '../handler/handler.ts';
import { type HandlerOptions, type HandlerSettings, settleHandler } from '../options/options.ts';
import { wrong } from '../options/wrong.ts';
import { Connections } from './connections.ts';

/** How a server is started. */
export interface ServeOptions extends HandlerOptions {
  /** 4114 unless given; 0 takes one that is free. */
  readonly port?: number;
  /** The address it listens on; `127.0.0.1`, this machine alone, unless given. Any other needs `keys`, or `insecure`. */
  readonly host?: string;
  /** Lets anybody who reaches `host` use the providers, at the cost of whoever pays for them. */
  readonly insecure?: boolean;
}

/** A server that takes calls. */
export interface RunningServer {
  /** `http://127.0.0.1:4114`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /**
   * Takes no further calls, lets those that run end, and then closes. What still runs after `graceMs` (10,000) is aborted, and its caller is
   * told so.
   */
  close(graceMs?: number): Promise<void>;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Starts a gateway.
 *
 * @throws G4FError `invalid-request` for an option that is not what it must be, a port that is in use, or a state that cannot be opened.
 */
export const serve = async ({
  port = 4114,
  host = '127.0.0.1',
  insecure = false,
  ...options
}: ServeOptions = {}): Promise<RunningServer> => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw wrong('port', 'a whole number from 0 to 65535');
  const isLocal = LOOPBACK.has(host);
  if (!isLocal && !insecure && (options.keys ?? []).length === 0 && options.state === undefined)
    throw wrong(
      'host',
      `an address of this machine alone (127.0.0.1) where there are no keys: give keys, or insecure to let anybody use it`,
    );
  const settings = settleHandler(isLocal || !insecure ? options : { hosts: 'any', ...options });
  await openState(settings);
  const ending = new AbortController();
  // Every call that runs listens.
  setMaxListeners(0, ending.signal);
  const server = createServer(
    // Time enough for the body is given by the handler, which answers; this is for those that do not even send headers.
    { headersTimeout: 30_000, requestTimeout: 0, keepAliveTimeout: 65_000 },
    getRequestListener(handlerOf(settings, ending.signal), { overrideGlobalObjects: false, hostname: host }),
  );
  const connections = new Connections(server);
  try {
    await listen(server, port, host);
  } catch (error) {
    await settings.gate?.close();
    throw error;
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    async close(graceMs = 10_000) {
      await close(server, connections, ending, graceMs);
      if (settings.ownsClient) settings.client.close();
      await settings.gate?.close();
    },
  };
};

/** A state that cannot be opened is told before anybody asks. */
async function openState({ gate }: HandlerSettings): Promise<void> {
  try {
    await gate?.open();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new G4FError(`server: cannot open the state: ${why}.`, { code: 'invalid-request', cause: error });
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new G4FError(`server: cannot listen on ${host}:${port}: ${reasonOf(error)}.`, {
          code: 'invalid-request',
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException): string => {
  if (code === 'EADDRINUSE') return 'the port is in use. Stop what uses it, or choose another by port';
  if (code === 'EACCES') return 'this user may not use the port. Choose one above 1023';
  return code === 'EADDRNOTAVAIL' ? 'this machine does not have the address' : message;
};

/** How long callers may take to read that their call was aborted, in ms. */
const LAST_WORDS = 1_000;

async function close(
  server: Server,
  connections: Connections,
  ending: AbortController,
  graceMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  connections.end();
  let timer = setTimeout(() => {
    ending.abort(new G4FError('The gateway is shutting down: ask again.', { code: 'aborted' }));
    // Whoever is cut off has left, and that stops the provider.
    timer = setTimeout(() => server.closeAllConnections(), LAST_WORDS);
  }, graceMs);
  await closed;
  clearTimeout(timer);
}
