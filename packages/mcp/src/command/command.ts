// The command `g4f-mcp`: its arguments, and its end.
import { parseArgs } from 'node:util';
import { AsyncClient } from '@g4f/client';
import { G4FError, isG4FError } from '@g4f/core';
import { type RunningMcp, type ServeMcpOptions, serveMcp } from '../server/serve-mcp.ts';
import type { ServedTool } from '../server/served-tools.ts';

const HELP = `g4f-mcp: every provider of g4f as an MCP server, for editors and assistants.

  g4f-mcp [--model gpt-5.4] [--tools ask,list_models] [--folder recordings]
  g4f-mcp --http [--port 4115] [--host 127.0.0.1] [--origin https://app.example]
               [--allow-host mcp.example]

  --model     the model of questions that name none
  --tools     the tools that are offered, with commas between them; all unless given
  --folder    a folder whose files may be transcribed; may be given several times
  --http      serves over HTTP instead of standard input and output
  --port      where it listens; 0 takes a free one
  --host      the address it listens on
  --origin    an origin of pages that may ask; may be given several times
  --allow-host  a name it may be called by besides those of this machine, or any; may be given several times. Unless given:
              any where others reach the --host
  --version
  --help

Providers get their keys from the environment (OPENAI_API_KEY, …). Callers over HTTP need the token in
G4F_MCP_TOKEN; without it one is made and shown on standard error.
`;

/** What the command needs of its process. */
export interface CommandHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Standard error: standard output is the protocol's. */
  readonly out: (text: string) => void;
  /** Called once with what ends the server. */
  readonly onSignal: (end: () => void) => void;
}

/** Runs the command until its server has ended. @returns the exit code */
export const runCommand = async (args: readonly string[], host: CommandHost): Promise<number> => {
  const { env, version, out, onSignal } = host;
  try {
    const given = readArguments(args);
    if (given.help || given.version) {
      out(given.help ? HELP : `${version}\n`);
      return 0;
    }
    const client = new AsyncClient();
    const running = await serveMcp(client, optionsOf(given, env));
    onSignal(() => void running.close());
    if (running.url !== undefined) out(greeting(running, env));
    await running.closed;
    client.close();
    return 0;
  } catch (error) {
    out(`g4f-mcp: ${isG4FError(error) ? error.message : String(error)}\n`);
    return 1;
  }
};

const greeting = ({ url, token }: RunningMcp, { G4F_MCP_TOKEN }: CommandHost['env']): string =>
  `g4f-mcp listens on ${url}\n${G4F_MCP_TOKEN ? '' : `Its token: ${token}\n`}`;

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    model: text,
    tools: text,
    folder: list,
    http: flag,
    port: text,
    host: text,
    origin: list,
    'allow-host': list,
    version: flag,
    help: { ...flag, short: 'h' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new G4FError(`${error instanceof Error ? error.message : error} See --help.`, {
      code: 'invalid-request',
    });
  }
}

function optionsOf(
  { model, tools, folder, http, port, host, origin, 'allow-host': names }: ReturnType<typeof readArguments>,
  { G4F_MCP_TOKEN: token }: CommandHost['env'],
): ServeMcpOptions {
  const shared = {
    ...(model !== undefined && { model }),
    ...(tools !== undefined && { tools: tools.split(',').map((name) => name.trim()) as ServedTool[] }),
    ...(folder && { folders: folder }),
  };
  if (http !== true) {
    const needless = Object.entries({ port, host, origin, 'allow-host': names }).find(
      ([, value]) => value !== undefined,
    );
    if (needless !== undefined)
      throw new G4FError(`--${needless[0]} needs --http. See --help.`, { code: 'invalid-request' });
    return { transport: 'stdio', ...shared };
  }
  return {
    transport: 'http',
    ...shared,
    ...(port !== undefined && { port: /^\d+$/.test(port) ? Number(port) : Number.NaN }),
    ...(host !== undefined && { host }),
    ...(origin && { origins: origin }),
    ...(names && { hosts: names.includes('any') ? 'any' : names }),
    ...(token && { token }),
  };
}
