// How a server is spoken with: through the streams of a process, or over HTTP.
import { TOOL_LIMITS } from '@g4f/core';
import type { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { loadHttpClient, loadStdioClient } from '../sdk/load-sdk.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { McpServerOptions } from './options.ts';

/** A transport of the SDK, and what the server has written besides. */
export interface ServerTransport {
  readonly sdk: Transport;
  /** The end of what a process wrote to its standard error. */
  lastWords(): string;
}

/** So much of the standard error is kept. */
const KEPT_CHARACTERS = 500;

/** Not connected yet. */
export const openTransport = async (server: McpServerOptions): Promise<ServerTransport> => {
  const { command, url } = server;
  if (command !== undefined) return processTransport(command, server);
  const { StreamableHTTPClientTransport } = await loadHttpClient();
  const requestInit = { headers: { ...server.headers } };
  const sdk = new StreamableHTTPClientTransport(new URL(String(url)), { requestInit, fetch: boundedFetch });
  // The SDK's class and its interface differ in whether a session may be undefined.
  return { sdk: sdk as Transport, lastWords: () => '' };
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
  endWithProgram(sdk);
  return { sdk, lastWords: () => kept };
}

/** The processes that run. */
const running = new Set<number>();

/** One listener for all of them: Node warns of more than ten. */
const killAll = (): void => {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended just now.
    }
  }
};

/** The SDK gives a server two seconds to end by itself: a program that ends before them would leave it running. */
function endWithProgram(sdk: StdioClientTransport): void {
  const start = sdk.start.bind(sdk);
  let started: number | null = null;
  let told = sdk.onclose;
  // The SDK calls it when the process has ended, and not before: until then the id is nobody else's. The client sets one of its own.
  Object.defineProperty(sdk, 'onclose', {
    get: () => {
      const next = told;
      return () => {
        if (started !== null) forget(started);
        next?.();
      };
    },
    set: (given: typeof told) => {
      told = given;
    },
  });
  sdk.start = async () => {
    await start();
    started = sdk.pid;
    if (started === null) return;
    if (running.size === 0) process.on('exit', killAll);
    running.add(started);
  };
}

function forget(pid: number): void {
  if (running.delete(pid) && running.size === 0) process.off('exit', killAll);
}
