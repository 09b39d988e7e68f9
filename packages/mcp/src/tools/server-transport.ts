// How a server is spoken with: through the streams of a process, or over HTTP.
import { TOOL_LIMITS } from '@g4f/core';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { loadHttpClient, loadStdioClient } from '../sdk/load-sdk.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { endWithProgram } from './end-with-program.ts';
import type { McpServerOptions } from './options.ts';

/** A transport of the SDK, and what the server has written besides. */
export interface ServerTransport {
  readonly sdk: Transport;
  /** The end of what a process wrote to its standard error. */
  lastWords(): string;
  /** Whether what a listener throws ends the reading of what has come. */
  readonly stopsReading: boolean;
  /** Ends a process without waiting, by SIGTERM unless it is another; over HTTP there is none. */
  stop(signal?: 'SIGKILL'): void;
}

/** So much of the standard error is kept: more than is shown, so that no key is cut where the shown part begins. */
const KEPT_CHARACTERS = 4000;

/** Not connected yet. */
export const openTransport = async (server: McpServerOptions): Promise<ServerTransport> => {
  const { command, url } = server;
  if (command !== undefined) return processTransport(command, server);
  const { StreamableHTTPClientTransport } = await loadHttpClient();
  const requestInit = { headers: { ...server.headers } };
  const sdk = new StreamableHTTPClientTransport(new URL(String(url)), { requestInit, fetch: boundedFetch });
  // The SDK's class and its interface differ in whether a session may be undefined.
  return { sdk: sdk as Transport, lastWords: () => '', stopsReading: false, stop: () => undefined };
};

async function processTransport(
  command: string,
  { args, env, cwd }: McpServerOptions,
): Promise<ServerTransport> {
  const { StdioClientTransport } = await loadStdioClient();
  const sdk = new StdioClientTransport({
    command,
    args: [...(args ?? [])],
    stderr: 'pipe',
    maxBufferSize: TOOL_LIMITS.mcpMessageBytes,
    ...(env && { env: { ...env } }),
    ...(cwd !== undefined && { cwd }),
  });
  let kept = '';
  // It is read in any case: a process whose standard error is full waits.
  sdk.stderr?.on('data', (piece: Buffer) => {
    kept = (kept + piece.toString('utf8')).slice(-KEPT_CHARACTERS);
  });
  return { sdk, lastWords: () => kept, stopsReading: true, stop: endWithProgram(sdk) };
}
