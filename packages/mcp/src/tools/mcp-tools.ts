// The tools of MCP servers, for `runTools`.
import type { RunnableTool } from '@g4f/client';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { readConfigFile } from '../config/config-file.ts';
import { Connection } from './connection.ts';
import {
  checkServer,
  checkToolset,
  type McpServerOptions,
  type McpToolFacts,
  type ToolsetOptions,
} from './options.ts';
import { factsOf, toRunnable } from './to-runnable.ts';
import { toolName } from './tool-name.ts';

/** Tools of one or several servers. */
export interface McpToolset {
  /** What the servers offer now: a server may change its tools. For `tools` of `runTools` of `AsyncClient`. */
  readonly tools: readonly RunnableTool[];
  /** What is known of a tool by the name that the model knows; undefined where there is none of that name. */
  factsOf(name: string): McpToolFacts | undefined;
  /** Asks the servers anew. */
  refresh(signal?: AbortSignal): Promise<void>;
  /** Ends the processes and connections. A process that does not end by itself is killed after some seconds. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 30_000;

const open = async (servers: readonly McpServerOptions[], options: ToolsetOptions): Promise<McpToolset> => {
  servers.forEach(checkServer);
  checkToolset(options);
  const { timeout = TIMEOUT_MS, connectTimeout = CONNECT_TIMEOUT_MS, signal } = options;
  const listed = new Map<Connection, readonly Tool[]>();
  let known: ReadonlyMap<string, KnownTool> = new Map();
  let tools: readonly RunnableTool[] = [];
  const list = async (connection: Connection, until?: AbortSignal): Promise<void> => {
    listed.set(connection, await connection.listTools(until));
    known = knownTools(listed, options);
    tools = [...known.values()].map(({ runnable }) => runnable);
  };
  const connections = servers.map((server) => {
    // A list that cannot be had now leaves what was known; the next call of a tool tells what is wrong.
    const connection: Connection = new Connection(server, { timeout, connectTimeout }, () => {
      list(connection).catch(() => undefined);
    });
    listed.set(connection, []);
    return connection;
  });
  const refresh = async (until?: AbortSignal): Promise<void> => {
    await Promise.all(connections.map((connection) => list(connection, until)));
  };
  const close = async (): Promise<void> => {
    await Promise.all(connections.map((connection) => connection.close()));
  };
  try {
    await refresh(signal);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    get tools() {
      return tools;
    },
    factsOf: (name) => known.get(name)?.facts,
    refresh,
    close,
    [Symbol.asyncDispose]: close,
  };
};

/** A tool, and what is known of it. */
interface KnownTool {
  readonly facts: McpToolFacts;
  readonly runnable: RunnableTool;
}

/** By the names that models know, in the order of the servers, which is that of `listed`. */
function knownTools(
  listed: ReadonlyMap<Connection, readonly Tool[]>,
  options: ToolsetOptions,
): ReadonlyMap<string, KnownTool> {
  const made = new Map<string, KnownTool>();
  for (const [connection, tools] of listed) {
    for (const tool of tools) {
      const name = toolName(connection.name, tool.name, (taken) => made.has(taken));
      // The same tool twice is one.
      if (made.has(name)) continue;
      const facts = factsOf(tool, connection.name);
      made.set(name, { facts, runnable: toRunnable(tool, { name, facts }, connection, options) });
    }
  }
  return made;
}

/**
 * Starts a server, or connects to one, and gives its tools under the names `server__tool`. What a tool gives is told to the model as
 * data; a tool that is marked destructive runs only if `approve` says so. `close()` it: a process that runs keeps the program alive.
 *
 * @throws G4FError `invalid-request` for options that are wrong, a command that is not there, or where the SDK is not installed;
 * `auth`, `network`, `timeout`, `bad-response`, `aborted`
 */
export const mcpTools = Object.assign(
  (options: McpServerOptions & ToolsetOptions): Promise<McpToolset> => open([options], options),
  {
    /**
     * The servers of a file in the form of Claude Desktop (`mcpServers`) or VS Code (`servers`), all of them or those named in `only`.
     *
     * @throws G4FError `invalid-request` for a file that cannot be read, naming the server and the field that is wrong
     */
    fromConfig: async (
      path: string | URL,
      { only, ...options }: ToolsetOptions & { readonly only?: readonly string[] } = {},
    ): Promise<McpToolset> => open(await readConfigFile(path, only), options),
  },
);
