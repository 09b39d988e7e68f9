// Files in the form of Claude Desktop and of VS Code.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfigFile } from '../../src/config/config-file.ts';
import { mcpTools } from '../../src/index.ts';
import { SERVER } from '../tools/toolset.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-mcp-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const write = async (config: unknown): Promise<string> => {
  const path = join(folder, 'mcp.json');
  await writeFile(path, typeof config === 'string' ? config : JSON.stringify(config));
  return path;
};

/** As a file refers to one. */
const variable = (name: string): string => `\${${name}}`;

const NODE = { command: process.execPath, args: [SERVER] };

describe('a file', () => {
  it('in the form of Claude Desktop starts all its servers, those that are disabled excepted', async () => {
    const path = await write({
      mcpServers: { first: NODE, 'second one': NODE, third: { ...NODE, disabled: true } },
    });
    await using set = await mcpTools.fromConfig(path);
    const names = set.tools.map(({ function: { name } }) => name).filter((name) => name.endsWith('__add'));
    expect(names).toEqual(['first__add', 'second_one__add']);
  });

  it('in the form of VS Code starts those that are wanted', async () => {
    const path = await write({
      inputs: [],
      servers: { a: { type: 'stdio', ...NODE }, b: { type: 'http', url: 'http://127.0.0.1:1/' } },
    });
    await using set = await mcpTools.fromConfig(path, { only: ['a'] });
    expect(set.tools[0]?.function.name).toBe('a__add');
  });

  it('names variables of the environment', async () => {
    vi.stubEnv('G4F_TEST_TOKEN', 'abc');
    const path = await write({
      mcpServers: {
        one: {
          url: `https://x.example/${variable('G4F_TEST_TOKEN')}`,
          headers: { authorization: `Bearer ${variable('env:G4F_TEST_TOKEN')}` },
        },
      },
    });
    expect(await readConfigFile(path)).toEqual([
      { name: 'one', url: 'https://x.example/abc', headers: { authorization: 'Bearer abc' } },
    ]);
  });

  it('that starts one server that fails leaves none running', async () => {
    const path = await write({
      mcpServers: { good: NODE, bad: { command: process.execPath, args: [SERVER, 'dead'] } },
    });
    await expect(mcpTools.fromConfig(path)).rejects.toMatchObject({
      code: 'network',
      message: /MCP server bad/,
    });
  });
});

describe('a file that is wrong', () => {
  it.each([
    ['{"mcpServers": {"a": {"env": {"KEY": "sk-1234567890abcdef"}} // x', /not valid JSON/],
    ['[]', /an object "mcpServers" or "servers" was expected/],
    [{ mcpServers: [] }, /an object "mcpServers"/],
    [{ servers: { a: { type: 'sse', url: 'http://x.example' } } }, /a: the transport "sse" is not supported/],
    [
      { servers: { a: { command: 'x', env: { KEY: variable('input:key') } } } },
      /a\.env\.KEY needs \$\{input:key\}/,
    ],
    [
      { servers: { a: { command: 'x', args: [variable('NOT_SET_ANYWHERE')] } } },
      /a\.args needs \$\{NOT_SET_ANYWHERE\}/,
    ],
    [{ servers: { a: {} } }, /mcpTools a: command or url/],
    [{ servers: { a: 7 } }, /mcpTools a: command or url/],
    [{ servers: { a: { command: 'x', args: [1] } } }, /mcpTools a: args: a list of texts/],
  ])('%j', async (config, message) => {
    const failed = await mcpTools.fromConfig(await write(config)).catch((error) => error);
    expect(failed).toMatchObject({ code: 'invalid-request', message });
    expect(failed.message).not.toContain('sk-1234567890abcdef');
  });

  it('or is not there, or lacks a server', async () => {
    await expect(mcpTools.fromConfig(join(folder, 'none.json'))).rejects.toMatchObject({
      message: /cannot be read \(ENOENT\)/,
    });
    const path = await write({ servers: { a: NODE } });
    await expect(mcpTools.fromConfig(path, { only: ['b'] })).rejects.toMatchObject({
      message: /no server b in it, only a/,
    });
  });
});

it.skipIf(process.platform === 'win32')('that is a device, or very large, is not read', async () => {
  await expect(readConfigFile('/dev/zero')).rejects.toThrow('no plain file');
  const path = await write('x'.repeat(2 ** 20 + 1));
  await expect(readConfigFile(path)).rejects.toThrow('more than 1048576 bytes');
});
