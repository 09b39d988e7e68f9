// A file that names MCP servers, in the form of Claude Desktop, Cursor and VS Code.
import { readFile, stat } from 'node:fs/promises';
import { G4FError, isG4FError, LIMITS } from '@g4f/core';
import { notPermitted } from '@g4f/core/internal';

/** One server of the file; what is in its fields is checked where it is used. */
export interface ConfiguredServer {
  readonly name: string;
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const FIELDS = ['command', 'args', 'env', 'cwd', 'url', 'headers'] as const;

/**
 * Its servers; those that are `disabled` are left out. `${NAME}` and `${env:NAME}` stand for variables of the environment.
 *
 * Sources: https://modelcontextprotocol.io/quickstart/user, https://code.visualstudio.com/docs/copilot/reference/mcp-configuration
 *
 * @param only the names that are wanted; all unless given.
 * @throws G4FError `invalid-request`
 */
export const readConfigFile = async (
  path: string | URL,
  only?: readonly string[],
): Promise<readonly ConfiguredServer[]> => {
  const file = parse(await read(path), path);
  const { mcpServers, servers } = Object(file);
  const listed: unknown = mcpServers ?? servers;
  if (typeof listed !== 'object' || listed === null || Array.isArray(listed))
    throw wrong(path, 'an object "mcpServers" or "servers" was expected in it');
  const missing = only?.find((name) => !Object.hasOwn(listed, name));
  if (missing !== undefined)
    throw wrong(path, `there is no server ${missing} in it, only ${Object.keys(listed).join(', ')}`);
  return Object.entries(listed)
    .filter(([name, server]) => only?.includes(name) ?? Object(server).disabled !== true)
    .map(([name, server]) => toServer(name, server, path));
};

async function read(path: string | URL): Promise<string> {
  try {
    const info = await stat(path);
    // A pipe or a device has no end, and its size says nothing.
    if (!info.isFile()) throw wrong(path, 'it is no plain file');
    if (info.size > LIMITS.configurationBytes)
      throw wrong(path, `it has more than ${LIMITS.configurationBytes} bytes`);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (isG4FError(cause)) throw cause;
    const why = notPermitted(cause);
    throw new G4FError(
      why === undefined
        ? `mcpTools: ${nameOf(path)} cannot be read (${Object(cause).code}). Check the path.`
        : `mcpTools: ${nameOf(path)} cannot be read: ${why}.`,
      { code: 'invalid-request', cause },
    );
  }
}

function parse(text: string, path: string | URL): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What JSON.parse says repeats a part of the file, which may be a key.
    throw wrong(path, 'it is not valid JSON (comments are not JSON)');
  }
}

function toServer(name: string, server: unknown, path: string | URL): ConfiguredServer {
  const { type, ...given }: Readonly<Record<string, unknown>> = Object(server);
  if (type === 'sse')
    throw wrong(path, `${name}: the transport "sse" is not supported; use one of "stdio" and "http"`);
  const fields = FIELDS.filter((field) => given[field] !== undefined).map((field) => [
    field,
    expanded(given[field], `${name}.${field}`, path),
  ]);
  return { name, ...Object.fromEntries(fields) };
}

/** In texts, lists and objects alike. */
function expanded(value: unknown, field: string, path: string | URL): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{([^{}]{1,200})\}/g, (_, name: string) => variable(name, field, path));
  if (Array.isArray(value)) return value.map((one) => expanded(one, field, path));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, expanded(one, `${field}.${key}`, path)]),
  );
}

function variable(written: string, field: string, path: string | URL): string {
  const name = written.startsWith('env:') ? written.slice('env:'.length) : written;
  const value = /^\w+$/.test(name) ? process.env[name] : undefined;
  if (value !== undefined) return value;
  throw wrong(path, `${field} needs \${${written}}, which is no variable of the environment`);
}

const nameOf = (path: string | URL): string => String(path);

const wrong = (path: string | URL, what: string): G4FError =>
  new G4FError(`mcpTools: ${nameOf(path)}: ${what}.`, { code: 'invalid-request' });
