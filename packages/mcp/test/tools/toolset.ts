// Tools of the server in the fixtures, and how a test calls one.
import { fileURLToPath } from 'node:url';
import type { RunnableTool } from '@g4f/client';
import { type McpToolset, mcpTools, type ToolsetOptions } from '../../src/index.ts';

/** The server. */
export const SERVER = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));

const opened: McpToolset[] = [];

/** Starts it; `closeToolsets` ends it. @param args how it misbehaves. */
export const open = async (
  args: readonly string[] = [],
  options: ToolsetOptions = {},
): Promise<McpToolset> => {
  const set = await mcpTools({ name: 'fix', command: process.execPath, args: [SERVER, ...args], ...options });
  opened.push(set);
  return set;
};

/** For `afterEach`. */
export const closeToolsets = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map((set) => set.close()));
};

/** The tool of this name. */
export const toolOf = (set: McpToolset, name: string): RunnableTool => {
  const found = set.tools.find(({ function: { name: known } }) => known === `fix__${name}`);
  if (found === undefined) throw new Error(`no tool ${name}`);
  return found;
};

/** Calls it as `runTools` does. */
export const call = async (
  set: McpToolset,
  name: string,
  args: object = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<unknown> =>
  toolOf(set, name).execute(args, {
    signal,
    call: { id: 'c', type: 'function', function: { name, arguments: '' } },
  });
