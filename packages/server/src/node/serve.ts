// The gateway as a server on Node.
import { setMaxListeners } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { G4FError, GATEWAY_LIMITS, isG4FError } from '@g4f/core';
import { closeStalled } from '@g4f/core/internal';
import type { Answer } from '../answer/answer.ts';
import { createLog, type LoggingOptions, type RequestLog } from '../logging/logging.ts';
import { isListenHost, LISTEN_HOST } from '../options/listen-host.ts';
import { settleLogging } from '../options/logging.ts';
import { type HandlerOptions, type HandlerSettings, settleHandler } from '../options/options.ts';
import { checkOptions, wrong } from '../options/wrong.ts';
import { answerBadRequests, unreadableAnswer, withPlainHeaders } from './bad-requests.ts';
import { Connections } from './connections.ts';
import { Discards } from './discard.ts';
import { Generations } from './generations.ts';
import { listen } from './listen.ts';
import { NodeRequest } from './node-request.ts';
import { closeWithConnection } from './pipelined.ts';
import { send } from './send.ts';

/** How a server is started. */
export interface ServeOptions extends HandlerOptions {
  /** 4114 unless given; 0 takes one that is free. */
  readonly port?: number;
  /** The address it listens on; `127.0.0.1`, this machine alone, unless given. Any other needs `keys`, or `insecure`. */
  readonly host?: string;
  /** Lets anybody who reaches `host` use the providers, at the cost of whoever pays for them. */
  readonly insecure?: boolean;
  /** Whether a line of JSON is written for each request; false. */
  readonly logging?: boolean | LoggingOptions;
}

/** A server that takes calls. */
export interface RunningServer {
  /** `http://127.0.0.1:4114`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /**
   * Takes other options for the calls from now on; those that run end with the old ones. Where it listens, and whether it logs, stay.
   *
   * @throws G4FError `invalid-request` for an option that is not what it must be: then all is as before.
   */
  reload(options: ServeOptions): void;
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
export const serve = async (options: ServeOptions = {}): Promise<RunningServer> => {
  const { port, host, logging, checked } = settleServe(options);
  const log = logging === undefined ? undefined : await openLog(logging);
  const settings = logged(checked, log);
  await Promise.all([openState(settings), settings.metrics?.ready]);
  const ending = new AbortController();
  // Every call that runs listens.
  setMaxListeners(0, ending.signal);
  const generations = new Generations(settings, ending.signal);
  const discards = new Discards();
  const server = createServer(
    // Time enough for the body is given by the handler, which answers; this is for those that do not even send headers.
    {
      headersTimeout: GATEWAY_LIMITS.headersMs,
      // How often that is looked at.
      connectionsCheckingInterval: GATEWAY_LIMITS.headersMs / 10,
      requestTimeout: 0,
      keepAliveTimeout: 65_000,
    },
    withPlainHeaders(listenerOf({ generations, discards, host: inAddress(host) }), discards),
  );
  answerBadRequests(server, discards);
  closeStalled(server, GATEWAY_LIMITS.unreadMs);
  const connections = new Connections(server);
  try {
    await listen(server, port, host);
  } catch (error) {
    await settings.gate?.close();
    throw error;
  }
  const { port: taken } = server.address() as AddressInfo;
  const url = `http://${inAddress(host)}:${taken}`;
  log?.say(`listens on ${url}`);
  return {
    url,
    port: taken,
    reload(next) {
      generations.follow(logged(settingsFor(next, host, generations.settings), log));
      log?.say('has new options');
    },
    async close(graceMs = 10_000) {
      discards.end();
      await close(server, connections, ending, graceMs);
      generations.end();
      await settings.gate?.close();
      await log?.end();
    },
  };
};

/** A name, or a number, as it stands in an address. */
const inAddress = (host: string): string => (host.includes(':') ? `[${host}]` : host);

interface Listening {
  readonly generations: Generations;
  readonly discards: Discards;
  /** By which the gateway is asked where a request tells no name. */
  readonly host: string;
}

/** Answers the requests that Node reads. */
function listenerOf({ generations, discards, host }: Listening): RequestListener {
  const answerOf = (...[incoming, outgoing]: Parameters<RequestListener>): Answer | Promise<Answer> => {
    try {
      return generations.answer(new NodeRequest(incoming, host), { incoming, outgoing });
    } catch (error) {
      return unreadableAnswer(error);
    }
  };
  return async (incoming, outgoing) => {
    closeWithConnection(incoming.socket, outgoing);
    try {
      await send(await answerOf(incoming, outgoing), outgoing, { incoming, discards });
    } catch (error) {
      console.error('@g4f/server: an answer could not be sent:', error);
      outgoing.destroy();
    }
  };
}

/** All options, checked; nothing is opened. @throws G4FError `invalid-request` */
export const settleServe = (options: ServeOptions) => {
  checkOptions(options);
  const { port = 4114, host = '127.0.0.1', insecure = false } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw wrong('port', 'a whole number from 0 to 65535');
  if (!isListenHost(host)) throw wrong('host', LISTEN_HOST);
  if (typeof insecure !== 'boolean') throw wrong('insecure', 'true or false');
  return { port, host, logging: settleLogging(options.logging), checked: settingsFor(options, host) };
};

/** The options that are the handler's, where it listens on this address. */
function settingsFor(
  { port: _, host: _host, logging: _logging, insecure = false, ...options }: ServeOptions,
  host: string,
  before?: HandlerSettings,
): HandlerSettings {
  const isLocal = LOOPBACK.has(host);
  if (!isLocal && !insecure && (options.keys ?? []).length === 0 && options.state === undefined)
    throw wrong(
      'host',
      `an address of this machine alone (127.0.0.1) where there are no keys: give keys, or insecure to let anybody use it`,
    );
  const hadKeys = before !== undefined && before.keys.length > 0;
  if (hadKeys && !insecure && (options.keys ?? []).length === 0 && options.state === undefined)
    throw wrong('keys', 'given where there were some: give keys, or insecure to let anybody use it');
  return settleHandler(isLocal || !insecure ? options : { hosts: 'any', ...options }, before);
}

/** A state that cannot be opened is told before anybody asks. */
async function openState({ gate }: HandlerSettings): Promise<void> {
  try {
    await gate?.open();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new G4FError(`server: cannot open the state: ${why}.`, { code: 'invalid-request', cause: error });
  }
}

const logged = (settings: HandlerSettings, log: RequestLog | undefined): HandlerSettings =>
  log === undefined ? settings : { ...settings, observers: [...settings.observers, log.observe] };

async function openLog(logging: LoggingOptions): Promise<RequestLog> {
  try {
    return await createLog(logging);
  } catch (cause) {
    if (isG4FError(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new G4FError(`server: cannot write the log: ${why}. Correct logging.file, or leave it out.`, {
      code: 'invalid-request',
      cause,
    });
  }
}

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
