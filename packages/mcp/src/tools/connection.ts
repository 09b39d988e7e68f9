// The connection to one MCP server. A server that has ended is started anew with the next call.
import { G4FError, secretsIn, TOOL_LIMITS } from '@g4f/core';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { loadClient } from '../sdk/load-sdk.ts';
import { callFailure, connectFailure, isSessionLost } from './failures.ts';
import { type Flood, watchForFloods } from './flood.ts';
import type { McpServerOptions } from './options.ts';
import { openTransport, type ServerTransport } from './server-transport.ts';

/** How long a server may take, in ms. */
export interface Patience {
  readonly timeout: number;
  readonly connectTimeout: number;
}

/** A client of the SDK, and what it speaks through. */
interface Link {
  readonly client: Client;
  readonly transport: ServerTransport;
  readonly flood: Flood;
  isOpen: boolean;
  /** Why it was closed by us, if it was. */
  reason?: string;
}

/** Pages of a list that are asked for at most. */
const MOST_PAGES = 64;

/** Shorter values stand in texts by chance, and are only hidden where their name says that they are keys. */
const SHORTEST_SECRET = 8;

/** Every value that it was given, whatever it looks like: a key may be a word, or hold slashes as a path does. */
function secretsOf({ headers = {}, env = {} }: McpServerOptions): readonly string[] {
  const given = { ...headers, ...env };
  const values = Object.values(given).filter((value) => value.length >= SHORTEST_SECRET);
  return [...new Set([...values, ...secretsIn(given)])];
}

/** One server. */
export class Connection {
  readonly name: string;
  /** What the server was given, and might repeat. */
  readonly secrets: readonly string[];
  readonly #server: McpServerOptions;
  readonly #patience: Patience;
  readonly #onChange: () => void;
  #link: Promise<Link> | undefined;
  #isClosed = false;

  /** @param onChange told when the server says that its tools have changed. */
  constructor(server: McpServerOptions, patience: Patience, onChange: () => void) {
    this.name = server.name ?? 'mcp';
    this.secrets = secretsOf(server);
    this.#server = server;
    this.#patience = patience;
    this.#onChange = onChange;
  }

  /** Its tools now. @throws G4FError `network`, `timeout`, `bad-response`, `aborted` */
  async listTools(signal?: AbortSignal): Promise<readonly Tool[]> {
    const { ListToolsResultSchema } = await loadClient();
    const options = { timeout: this.#patience.connectTimeout, ...(signal && { signal }) };
    return this.#request('the list of tools', signal, async (client) => {
      const tools: Tool[] = [];
      let cursor: string | undefined;
      // Not by `client.listTools`, which compiles the output schemas: they are the server's, and may take any time.
      for (let page = 0; page < MOST_PAGES && tools.length < TOOL_LIMITS.mcpTools; page += 1) {
        const params = cursor === undefined ? {} : { cursor };
        const result = await client.request({ method: 'tools/list', params }, ListToolsResultSchema, options);
        tools.push(...result.tools);
        cursor = result.nextCursor;
        if (cursor === undefined) break;
      }
      return tools.slice(0, TOOL_LIMITS.mcpTools).filter(hasShortSchema);
    });
  }

  /** @throws G4FError `network` where the server ended, `timeout`, `bad-response` for what it refuses, `aborted` */
  async callTool(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<CallToolResult> {
    const { CallToolResultSchema } = await loadClient();
    const request = { method: 'tools/call' as const, params: { name, arguments: args } };
    const options = { timeout: this.#patience.timeout, signal };
    return this.#request(`the tool ${name}`, signal, (client) =>
      client.request(request, CallToolResultSchema, options),
    );
  }

  /** Ends the server, or leaves it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const link = await this.#link?.catch(() => undefined);
    await link?.client.close().catch(() => undefined);
  }

  /** A server that has forgotten the session has done nothing, and is asked again in a new one. */
  async #request<T>(
    what: string,
    signal: AbortSignal | undefined,
    send: (client: Client) => Promise<T>,
  ): Promise<T> {
    const link = await this.#open(signal);
    try {
      return await send(link.client);
    } catch (error) {
      if (!isSessionLost(error)) throw callFailure(error, this.#told(what, link), signal);
      link.isOpen = false;
    }
    const anew = await this.#open(signal);
    return send(anew.client).catch((error) => {
      throw callFailure(error, this.#told(what, anew), signal);
    });
  }

  async #open(signal?: AbortSignal): Promise<Link> {
    if (this.#isClosed)
      throw new G4FError(`MCP server ${this.name}: it was closed. Make new tools by mcpTools.`, {
        code: 'invalid-request',
      });
    for (;;) {
      const seen = this.#link;
      const link = await seen?.catch(() => undefined);
      if (link?.isOpen === true) {
        link.flood.calm();
        return link;
      }
      // Another call may have begun to connect meanwhile.
      if (this.#link === seen) break;
    }
    this.#link = this.#connect(signal);
    return this.#link;
  }

  async #connect(signal?: AbortSignal): Promise<Link> {
    const { Client, ToolListChangedNotificationSchema } = await loadClient();
    const client = new Client({ name: 'g4f', version: '1' });
    const transport = await openTransport(this.#server);
    const flood = watchForFloods(transport.sdk, transport.stopsReading, (why) => {
      link.reason = why;
      link.isOpen = false;
      // It would go on for the seconds in which it may end by itself.
      transport.stop('SIGKILL');
      void client.close().catch(() => undefined);
    });
    const link: Link = { client, transport, flood, isOpen: true };
    client.onclose = () => {
      link.isOpen = false;
    };
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => this.#onChange());
    const { connectTimeout: timeout } = this.#patience;
    try {
      await client.connect(transport.sdk, { timeout, ...(signal && { signal }) });
    } catch (error) {
      // The SDK closes by itself, and does not wait for the end of the process.
      transport.stop();
      await client.close().catch(() => undefined);
      throw connectFailure(error, this.#told('connecting', link), signal);
    }
    if (this.#isClosed) await client.close();
    return link;
  }

  #told(what: string, { transport, reason }: Link) {
    return {
      who: `MCP server ${this.name}`,
      what,
      lastWords: transport.lastWords(),
      reason,
      secrets: this.secrets,
    };
  }
}

/** A model is sent it with every request; one of lists inside each other without an end cannot be written at all. */
function hasShortSchema({ inputSchema }: Tool): boolean {
  try {
    return JSON.stringify(inputSchema).length <= TOOL_LIMITS.mcpResultCharacters;
  } catch {
    return false;
  }
}
