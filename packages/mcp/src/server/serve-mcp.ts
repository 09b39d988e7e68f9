// A client of g4f as an MCP server, for programs such as editors and assistants.
import type { AsyncClient } from '@g4f/client';
import { G4FError } from '@g4f/core';
import { type WebSearch, webSearch } from '@g4f/web';
import { checkFolders } from './check-folders.ts';
import { createServer, SERVED_TOOLS } from './create-server.ts';
import { serveHttp } from './serve-http.ts';
import { serveStdio } from './serve-stdio.ts';
import type { ServedPrompt, ServedResource } from './served-data.ts';
import type { ServedTool, Workshop } from './served-tools.ts';

interface SharedOptions {
  /** Which tools are offered: all unless given. `web_search` is among them only where a search engine is set up. */
  readonly tools?: readonly ServedTool[];
  /** The model of questions that name none. */
  readonly model?: string;
  /** Folders whose files `transcribe` may read; none unless given. */
  readonly folders?: readonly string[];
  /** For `web_search`; unless given, the engine whose variable is in the environment, see `webSearch` of `@g4f/web`. */
  readonly search?: WebSearch;
  /** What callers may read besides `g4f://models`, the models that can be used now. */
  readonly resources?: readonly ServedResource[];
  /** Questions with gaps that callers may fill. */
  readonly prompts?: readonly ServedPrompt[];
}

/** Over standard input and output: the caller starts this program. Nothing else may write to standard output. */
export interface StdioOptions extends SharedOptions {
  readonly transport: 'stdio';
}

/** Over streamable HTTP, at `/mcp`. */
export interface HttpOptions extends SharedOptions {
  readonly transport: 'http';
  /** 4115 unless given; 0 takes one that is free. */
  readonly port?: number;
  /** The address it listens on; `127.0.0.1`, this machine alone, unless given. */
  readonly host?: string;
  /** Who has it may ask (`Authorization: Bearer`). One is made unless given. */
  readonly token?: string;
  /** Origins of pages of browsers that may ask; none unless given. */
  readonly origins?: readonly string[];
  /** Names by which it may be called, besides those of this machine and `host`, or `any`, which it is unless given where others reach `host`. */
  readonly hosts?: 'any' | readonly string[];
}

/** How a client is served. */
export type ServeMcpOptions = StdioOptions | HttpOptions;

/** A server that takes calls. */
export interface RunningMcp {
  /** Where it is, over HTTP. */
  readonly url?: string;
  /** What callers must have, over HTTP. */
  readonly token?: string;
  /** Settles when it has ended: over stdio when the caller has left. */
  readonly closed: Promise<void>;
  /** Aborts what runs, and ends. The client is the caller's, and stays open. */
  close(): Promise<void>;
}

/**
 * Serves the tools `ask`, `compare`, `list_models`, `embed`, `generate_image`, `transcribe`, `read_page` and `web_search`, the
 * resource `g4f://models`, and what is given besides. A caller that
 * cancels a call, or leaves, stops the provider.
 *
 * @throws G4FError `invalid-request` for an option that is not what it must be, a folder that is missing or cannot be read, a port that is in use, or where the SDK is not installed
 */
export const serveMcp = async (client: AsyncClient, options: ServeMcpOptions): Promise<RunningMcp> => {
  const { transport, tools, model, folders = [], search = engineOfEnvironment() } = options;
  const { resources = [], prompts = [] } = options;
  if (typeof Object(client).chat?.completions?.create !== 'function')
    throw wrong('client: an AsyncClient was expected');
  const unknown = tools?.find((name) => !SERVED_TOOLS.includes(name));
  if (unknown !== undefined) throw wrong(`tools: there is no ${unknown}, only ${SERVED_TOOLS.join(', ')}`);
  if (search === undefined && tools?.includes('web_search'))
    throw wrong('tools: web_search needs a search engine: give search, or set one of its variables');
  await checkFolders(folders);
  const offered = tools ?? SERVED_TOOLS.filter((name) => name !== 'web_search' || search !== undefined);
  const workshop: Workshop = { client, model, folders, search };
  const open = () => createServer({ tools: offered, resources, prompts }, workshop);
  if (transport === 'stdio') return serveStdio(open);
  if (transport === 'http') return serveHttp(open, options);
  throw wrong('transport: "stdio" or "http" was expected');
};

function engineOfEnvironment(): WebSearch | undefined {
  try {
    return webSearch();
  } catch {
    // None is set up.
    return undefined;
  }
}

const wrong = (what: string): G4FError => new G4FError(`serveMcp: ${what}.`, { code: 'invalid-request' });
