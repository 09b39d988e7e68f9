// The connection to one MCP server. A server that has ended is started anew with the next call.
import { G4FError, TOOL_LIMITS } from '@g4f/core';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { loadClient } from '../sdk/load-sdk.ts';
import { callFailure, connectFailure, isSessionLost } from './failures.ts';
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
  isOpen: boolean;
  /** How many have come since the last call began. */
  messages: number;
  /** Why it was closed by us, if it was. */
  reason?: string;
}

/** Pages of a list that are asked for at most. */
const MOST_PAGES = 64;

/** One server. */
export class Connection {
  readonly name: string;
  readonly #server: McpServerOptions;
  readonly #patience: Patience;
  readonly #onChange: () => void;
  #link: Promise<Link> | undefined;
  #isClosed = false;

  /** @param onChange told when the server says that its tools have changed. */
  constructor(server: McpServerOptions, patience: Patience, onChange: () => void) {
    this.name = server.name ?? 'mcp';
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
      return tools.slice(0, TOOL_LIMITS.mcpTools);
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
        link.messages = 0;
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
    const link: Link = { client, transport, isOpen: true, messages: 0 };
    client.onclose = () => {
      link.isOpen = false;
    };
    // Lines that are no messages are the server's own noise; what breaks the connection closes it.
    client.onerror = () => undefined;
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
    watchForFloods(link);
    if (this.#isClosed) await client.close();
    return link;
  }

  #told(what: string, { transport, reason }: Link) {
    return { who: `MCP server ${this.name}`, what, lastWords: transport.lastWords(), reason };
  }
}

/** Closes a connection over which more comes than any call is answered with. */
function watchForFloods(link: Link): void {
  const { sdk } = link.transport;
  const read = sdk.onmessage;
  sdk.onmessage = (message, extra) => {
    link.messages += 1;
    if (link.messages < TOOL_LIMITS.mcpMessages) read?.(message, extra);
    if (link.messages !== TOOL_LIMITS.mcpMessages) return;
    link.reason = `it sent more than ${TOOL_LIMITS.mcpMessages} messages without being asked`;
    link.isOpen = false;
    void link.client.close().catch(() => undefined);
  };
}
