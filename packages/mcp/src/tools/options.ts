// Which MCP server is used, and how.
import { G4FError } from '@g4f/core';
import { urlOf } from '@g4f/core/internal';

/** What is known of a tool. Its server says it, so it is a hint and no promise. */
export interface McpToolFacts {
  readonly server: string;
  /** The server's name of it. */
  readonly name: string;
  readonly description?: string;
  /** It changes nothing. */
  readonly isReadOnly: boolean;
  /** It may destroy or overwrite something: undefined where the server does not say. */
  readonly isDestructive?: boolean;
}

/** How tools of servers are used. */
export interface ToolsetOptions {
  /**
   * Whether a tool may run with these arguments; asked for each that its server does not mark as harmless (`readOnlyHint`, or
   * `destructiveHint: false`). Without it, tools that are marked destructive are refused. Counts towards `toolTimeout` of `runTools`.
   */
  readonly approve?: (tool: McpToolFacts, args: Readonly<Record<string, unknown>>) => unknown;
  /** How long a server may take for one call, in ms; 60,000 unless given. */
  readonly timeout?: number;
  /** How long a server may take to start and to tell its tools, in ms; 30,000 unless given. */
  readonly connectTimeout?: number;
  readonly signal?: AbortSignal;
}

/** One server: a command that is started, or an address. */
export interface McpServerOptions {
  /** The first part of the names of its tools; `mcp` unless given. */
  readonly name?: string;
  /** The program. It gets `HOME`, `PATH` and the like, and of the rest of the environment nothing but `env`. */
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Where a server of streamable HTTP is. */
  readonly url?: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @throws G4FError `invalid-request` naming what is wrong */
export const checkServer = (server: McpServerOptions): void => {
  const { name, command, args, env, cwd, url, headers } = Object(server);
  const who = `mcpTools${typeof name === 'string' ? ` ${name}` : ''}`;
  if (name !== undefined && (typeof name !== 'string' || name.trim() === ''))
    throw wrong(who, 'name', 'a text');
  if ((command === undefined) === (url === undefined))
    throw wrong(who, 'command or url', 'one of them, and not both,');
  if (url !== undefined && !/^https?:$/.test(urlOf(String(url))?.protocol ?? ''))
    throw wrong(who, 'url', 'an address with http: or https:');
  if (command !== undefined && (typeof command !== 'string' || command === ''))
    throw wrong(who, 'command', 'the name of a program');
  if (args !== undefined && !(Array.isArray(args) && args.every(isText)))
    throw wrong(who, 'args', 'a list of texts');
  if (cwd !== undefined && !isText(cwd)) throw wrong(who, 'cwd', 'a path');
  for (const [field, value] of Object.entries({ env, headers }))
    if (
      value !== undefined &&
      !(typeof value === 'object' && value !== null && Object.values(value).every(isText))
    )
      throw wrong(who, field, 'an object of texts');
};

/** @throws G4FError `invalid-request` naming what is wrong */
export const checkToolset = ({ approve, timeout, connectTimeout }: ToolsetOptions): void => {
  if (approve !== undefined && typeof approve !== 'function')
    throw wrong('mcpTools', 'approve', 'a function');
  for (const [name, value] of Object.entries({ timeout, connectTimeout }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0))
      throw wrong('mcpTools', name, 'a whole number above 0');
};

const isText = (value: unknown): boolean => typeof value === 'string';

const wrong = (who: string, field: string, expected: string): G4FError =>
  new G4FError(`${who}: ${field}: ${expected} was expected.`, { code: 'invalid-request' });
