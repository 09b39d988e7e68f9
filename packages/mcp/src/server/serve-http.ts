// An MCP server over streamable HTTP.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { G4FError, GATEWAY_LIMITS, TOOL_LIMITS } from '@g4f/core';
import { closeStalled, pageOriginOf, urlOf } from '@g4f/core/internal';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { loadHttpServer } from '../sdk/load-sdk.ts';
import { createGuard, type Hosts, hostName, isLoopback } from './http-guard.ts';

/** Where it listens, and who may ask. */
export interface HttpPlace {
  readonly port?: number;
  readonly host?: string;
  readonly token?: string;
  readonly origins?: readonly string[];
  readonly hosts?: Hosts;
}

/** With callers that do not send what they began. */
const patience = () => ({
  headersTimeout: GATEWAY_LIMITS.headersMs,
  requestTimeout: TOOL_LIMITS.mcpRequestMs,
  connectionsCheckingInterval: GATEWAY_LIMITS.headersMs / 10,
});
const PORT = 4115;
const PATH = '/mcp';
/** What a path is read against. */
const ORIGIN = 'http://localhost';

/** A session of a caller. */
interface Session {
  readonly server: McpServer;
  readonly transport: StreamableHTTPServerTransport;
}

/** @throws G4FError `invalid-request` for a port or an address that cannot be listened on */
export const serveHttp = async (open: () => Promise<McpServer>, place: HttpPlace) => {
  const { port = PORT, host = '127.0.0.1', token = randomUUID() } = place;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw wrong('port: a whole number from 0 to 65535 was expected');
  if (typeof token !== 'string' || token.trim() === '') throw wrong('token: a text was expected');
  const sessions = new Sessions(open);
  const refusal = createGuard({
    token,
    origins: settleOrigins(place.origins),
    hosts: settleHosts(host, place.hosts),
  });
  const server = createServer(patience(), (request, response) => {
    const path = pathOf(request);
    if (path === undefined) return answer(response, 400, 'The address asked for is none.');
    const refused =
      refusal(request) ?? (path === PATH ? undefined : { status: 404, message: `The server is at ${PATH}.` });
    if (refused !== undefined) return answer(response, refused.status, refused.message);
    sessions
      .handle(request, response)
      .catch(() => answer(response, 500, 'The request failed by a fault of the server.'));
  });
  closeStalled(server, GATEWAY_LIMITS.unreadMs);
  await listen(server, port, host);
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}${PATH}`,
    token,
    closed,
    close: async (): Promise<void> => {
      server.close();
      await sessions.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

/**
 * The names by which it may be called. An address that others reach has names that this machine does not know: there the token
 * alone decides, unless names are given.
 * @throws G4FError `invalid-request`
 */
function settleHosts(host: string, given: Hosts | undefined): Hosts {
  const own = hostName(host) ?? host;
  if (given === undefined) return isLoopback(own) ? [] : 'any';
  if (given === 'any') return given;
  if (!Array.isArray(given)) throw wrong('hosts: "any" or a list of names was expected');
  const names = given.map((name: unknown, at) => {
    const settled = typeof name === 'string' ? hostName(name.trim()) : undefined;
    if (settled === undefined)
      throw wrong(`hosts[${at}]: a name (mcp.example.com) was expected, without a scheme or a path`);
    return settled;
  });
  return [own, ...names];
}

/** As browsers write them, where `null` is a page without an origin: one that none could be lets nobody in. @throws G4FError `invalid-request` */
function settleOrigins(given: readonly string[] = []): readonly string[] {
  if (!Array.isArray(given)) throw wrong('origins: a list of origins was expected');
  return given.map((one: unknown, at) => {
    const origin = typeof one === 'string' ? originOf(one) : undefined;
    if (origin === undefined)
      throw wrong(`origins[${at}]: an origin (https://chat.example.com) was expected, without a path`);
    return origin;
  });
}

const originOf = (given: string): string | undefined =>
  given.trim() === 'null' ? 'null' : pageOriginOf(given);

/** Where a request goes; undefined if that is no address: a stranger may write anything after the method. */
const pathOf = ({ url = '' }: IncomingMessage): string | undefined => urlOf(url, ORIGIN)?.pathname;

/** The callers, each with a server of its own. */
class Sessions {
  readonly #open: () => Promise<McpServer>;
  /** The one used longest ago stands first. */
  readonly #known = new Map<string, Session>();

  constructor(open: () => Promise<McpServer>) {
    this.#open = open;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.headers['mcp-session-id'];
    if (id === undefined) return (await this.#begin()).transport.handleRequest(request, response);
    const session = typeof id === 'string' ? this.#known.get(id) : undefined;
    if (session === undefined || typeof id !== 'string')
      return answer(response, 404, 'There is no such session: begin a new one.');
    this.#known.delete(id);
    this.#known.set(id, session);
    return session.transport.handleRequest(request, response);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#known.values()].map(({ server }) => server.close()));
  }

  /** It is known once the caller has said hello; a request that says something else is refused by the SDK. */
  async #begin(): Promise<Session> {
    const { StreamableHTTPServerTransport: ServerTransport } = await loadHttpServer();
    const server = await this.#open();
    const transport = new ServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: TOOL_LIMITS.mcpMessageBytes,
      onsessioninitialized: (id) => this.#keep(id, session),
    });
    const session: Session = { server, transport };
    server.server.onclose = () => {
      if (transport.sessionId !== undefined) this.#known.delete(transport.sessionId);
    };
    // The SDK's class and its interface differ in whether a session may be undefined.
    await server.connect(transport as Transport);
    return session;
  }

  #keep(id: string, session: Session): void {
    this.#known.set(id, session);
    const [oldest] = this.#known.values();
    if (this.#known.size > TOOL_LIMITS.mcpSessions) void oldest?.server.close();
  }
}

function answer(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return void response.destroy();
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null });
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  response
    .writeHead(status, { 'content-type': 'application/json', connection: 'close', ...challenge })
    .end(body);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      reject(wrong(`cannot listen on ${host}:${port} (${code}): choose another port or host`));
    });
    server.listen(port, host, resolve);
  });
}

const wrong = (what: string): G4FError => new G4FError(`serveMcp: ${what}.`, { code: 'invalid-request' });
