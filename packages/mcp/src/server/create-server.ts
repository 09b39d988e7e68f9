// An MCP server of the SDK with our tools.
import { isG4FError } from '@g4f/core';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { loadServer } from '../sdk/load-sdk.ts';
import { generateImage, transcribe } from './media-tools.ts';
import { offerData, type ServedPrompt, type ServedResource } from './served-data.ts';
import type { ServedTool, ToolOffer, Workshop } from './served-tools.ts';
import { ask, compare, embed, listModels } from './text-tools.ts';
import { readWebPage, searchWeb } from './web-tools.ts';

const OFFERS = {
  ask,
  compare,
  list_models: listModels,
  embed,
  generate_image: generateImage,
  transcribe,
  read_page: readWebPage,
  web_search: searchWeb,
} as const;

/** The names of all tools. */
export const SERVED_TOOLS: readonly ServedTool[] = Object.keys(OFFERS) as ServedTool[];

/** Progress of a stream is told no more often, in ms; each telling has what has come since. */
const PROGRESS_MS = 100;

/** What one server offers. */
export interface Offered {
  readonly tools: readonly ServedTool[];
  readonly resources: readonly ServedResource[];
  readonly prompts: readonly ServedPrompt[];
}

/** One server, for one connection. */
export const createServer = async (
  { tools, resources, prompts }: Offered,
  workshop: Workshop,
): Promise<McpServer> => {
  const { McpServer: Server } = await loadServer();
  const server = new Server(
    { name: 'g4f', version: '1' },
    { instructions: 'Language models of many services, and the web. Name a model that list_models lists.' },
  );
  for (const name of tools) register(server, name, OFFERS[name] as unknown as ToolOffer, workshop);
  offerData(server, resources, prompts, workshop);
  return server;
};

function register(server: McpServer, name: string, tool: ToolOffer, workshop: Workshop): void {
  const { title, description, parameters: inputSchema, isOpenWorld: openWorldHint } = tool;
  const annotations = { readOnlyHint: true, openWorldHint };
  server.registerTool(name, { title, description, inputSchema, annotations }, async (args, extra) => {
    const { signal, _meta, sendNotification } = extra;
    const token = _meta?.progressToken;
    const progress = teller((params) => {
      if (token === undefined || signal.aborted) return;
      // A caller that has left cannot be told.
      sendNotification({
        method: 'notifications/progress',
        params: { progressToken: token, ...params },
      }).catch(() => undefined);
    });
    try {
      return await tool.run(args, { ...workshop, signal, progress });
    } catch (error) {
      return failed(error);
    }
  });
}

/** What is told of progress. */
interface Told {
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}

/** Gathers the messages of what comes faster than anybody reads. */
function teller(
  tell: (told: Told) => void,
): (done: number, total: number | undefined, message?: string) => void {
  let last = Number.NEGATIVE_INFINITY;
  let gathered = '';
  return (done, total, message = '') => {
    gathered += message;
    const now = performance.now();
    if (total === undefined && now - last < PROGRESS_MS) return;
    last = now;
    tell({ progress: done, ...(total !== undefined && { total }), message: gathered });
    gathered = '';
  };
}

/** Failures are results, so that the caller's model is told. What is no error of ours is not shown: it may be anything. */
const failed = (error: unknown): CallToolResult => ({
  isError: true,
  content: [
    { type: 'text', text: isG4FError(error) ? error.message : 'The tool failed by a fault of the server.' },
  ],
});
