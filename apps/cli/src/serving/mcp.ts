// This command as an MCP server: its keys, its models, its templates, and where that is wanted its log.
import type { ServedTool } from '@g4f/mcp';
import type { Command } from 'commander';
import { openClient } from '../asking/open-client.ts';
import { several } from '../asking/question-options.ts';
import { installed, MCP_PACKAGES } from '../failure/optional-package.ts';
import { UsageError } from '../failure/usage-error.ts';
import { note } from '../terminal/output.ts';
import { logResource, templatePrompts } from './mcp-data.ts';

interface McpOptions {
  readonly model?: string;
  readonly tools?: string;
  readonly folder?: readonly string[];
  readonly log?: boolean;
  readonly http?: boolean;
  readonly port?: string;
  readonly host?: string;
  readonly origin?: readonly string[];
  readonly allowHost?: readonly string[];
}

/** Lines to try. */
export const examples = [
  [
    'g4f mcp -m gpt-5.4 < /dev/null',
    'serves over standard input and output: an editor or assistant starts it so',
  ],
  ['g4f mcp --http --port 0', 'serves over HTTP, to callers with the token that is shown, until Ctrl-C'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .option('-m, --model <name>', 'the model of questions that name none')
    .option('--tools <names>', 'the tools that are offered, with commas between them; all without it')
    .option('--folder <path>', 'a folder whose files may be transcribed; repeatable', several)
    .option('--log', 'lets callers read the last questions and answers of the log')
    .option('--http', 'serves over HTTP; callers need the token in G4F_MCP_TOKEN, or the one that is shown')
    .option('--port <number>', 'where it listens: 4115; 0 takes a free one')
    .option('--host <address>', 'the address it listens on')
    .option('--origin <origin>', 'an origin of pages that may ask; repeatable', several)
    .option('--allow-host <name>', 'a name it may be called by, or any; repeatable', several)
    .action(mcp);
};

async function mcp(options: McpOptions): Promise<void> {
  const { serveMcp } = await installed(import('@g4f/mcp'), MCP_PACKAGES);
  const { client, config } = await openClient();
  const { tools, folder = [], log = false } = options;
  const model = options.model ?? (process.env.G4F_MODEL || config.model);
  const running = await serveMcp(client, {
    ...placeOf(options),
    ...(model && { model }),
    ...(tools !== undefined && { tools: tools.split(',').map((name) => name.trim()) as ServedTool[] }),
    folders: folder,
    prompts: await templatePrompts(note),
    resources: log ? [logResource] : [],
  });
  const end = (): void => void running.close();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  if (running.url !== undefined) {
    note(`g4f mcp listens on ${running.url}`);
    if (!process.env.G4F_MCP_TOKEN) note(`its token: ${running.token}`);
  }
  await running.closed;
  client.close();
}

/** @throws UsageError for what needs HTTP. */
function placeOf({ http, port, host, origin, allowHost }: McpOptions) {
  if (!http) {
    const needless = Object.entries({ port, host, origin, 'allow-host': allowHost }).find(
      ([, value]) => value !== undefined,
    );
    if (needless !== undefined) throw new UsageError(`--${needless[0]} needs --http`);
    return { transport: 'stdio' } as const;
  }
  const token = process.env.G4F_MCP_TOKEN;
  return {
    transport: 'http' as const,
    ...(port !== undefined && { port: /^\d+$/.test(port) ? Number(port) : Number.NaN }),
    ...(host !== undefined && { host }),
    ...(origin !== undefined && { origins: origin }),
    ...(allowHost !== undefined && { hosts: allowHost.includes('any') ? ('any' as const) : allowHost }),
    ...(token && { token }),
  };
}
