// The MCP servers that a person names: an address, a configuration file, or a command that is started.

import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { urlOf } from '@g4f/core/internal';
import { type McpToolset, mcpTools } from '@g4f/mcp';
import { UsageError } from '../failure/usage-error.ts';

/** The person has been asked by the time that a tool runs, see `Toolbox`. */
const APPROVED = { approve: () => true } as const;

/**
 * Connects to what is named.
 * @param isTaken whether a server of this name is there already.
 * @throws UsageError for a command that cannot be read; G4FError where the server cannot be reached or started.
 */
export const openMcp = (source: string, isTaken: (name: string) => boolean): Promise<McpToolset> => {
  if (/^https?:\/\//i.test(source)) {
    const address = urlOf(source);
    if (address === undefined) throw new UsageError(`--mcp ${source}: this is no address`);
    return mcpTools({ name: freeName(address.hostname, isTaken), url: source, ...APPROVED });
  }
  if (statSync(source, { throwIfNoEntry: false })?.isFile() === true && /\.jsonc?$/i.test(source))
    return mcpTools.fromConfig(source, APPROVED);
  const [command, ...args] = wordsOf(source);
  if (command === undefined)
    throw new UsageError('--mcp needs a command, an address or a configuration file');
  return mcpTools({ name: freeName(serverName([command, ...args]), isTaken), command, args, ...APPROVED });
};

/** The words of a command as a shell reads them, without variables: quotes hold words together, a backslash takes the next character as it is. */
const wordsOf = (line: string): readonly string[] => {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    if (letter === '\\' && quote !== "'" && process.platform !== 'win32')
      word = (word ?? '') + line.charAt(++at);
    else if (letter === quote) quote = undefined;
    else if (quote === undefined && (letter === '"' || letter === "'")) [quote, word] = [letter, word ?? ''];
    else if (quote === undefined && /\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (quote !== undefined) throw new UsageError(`--mcp ${line}: a quotation mark is not closed`);
  return word === undefined ? words : [...words, word];
};

/** What starts another program: not what a server is called. */
const LAUNCHERS: ReadonlySet<string> = new Set(
  'npx bunx pnpx uvx pipx node bun deno python python3 uv docker run'.split(' '),
);

/** A name for the server of a command: `npx -y @modelcontextprotocol/server-filesystem .` is `filesystem`. */
const serverName = (words: readonly string[]): string => {
  const named = words
    .filter((word) => !word.startsWith('-'))
    .map((word) => basename(word).replace(/(?<=.)@[^@]*$|\.\w{1,4}$/g, ''))
    .find((word) => word !== '' && !LAUNCHERS.has(word));
  return named?.replace(/^(?:mcp-)?server-|-(?:mcp-)?server$|^mcp-|-mcp$/g, '') || 'mcp';
};

function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted;
  for (let number = 2; isTaken(name); number++) name = `${wanted}-${number}`;
  return name;
}
