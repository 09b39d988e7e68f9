// An MCP server over standard input and output.
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { loadStdioServer } from '../sdk/load-sdk.ts';

/** Serves the program that started this one, until it leaves. */
export const serveStdio = async (open: () => Promise<McpServer>) => {
  const { StdioServerTransport } = await loadStdioServer();
  const server = await open();
  let leave = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    leave = resolve;
  });
  server.server.onclose = leave;
  const close = async (): Promise<void> => {
    await server.close();
    await closed;
  };
  // The SDK does not look at the end of its input.
  process.stdin.once('end', () => void close());
  // A caller that reads no more has left: this is no error of ours.
  process.stdout.on('error', () => void close());
  await server.connect(new StdioServerTransport());
  return { closed, close };
};
