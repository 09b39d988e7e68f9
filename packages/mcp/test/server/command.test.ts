// The command as a program of its own, over its standard streams and over HTTP.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type ModelService, PIECES, startModelService } from '../model-service.ts';

let service: ModelService;
beforeEach(async () => {
  service = await startModelService();
});
afterEach(() => service.close());

const environment = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  OPENAI_API_KEY: 'sk-test',
  OPENAI_BASE_URL: service.baseURL,
});

const start = (args: readonly string[], env = environment()) => {
  const child = spawn(process.execPath, [inject('command'), ...args], { env, stdio: 'pipe' });
  let [out, err] = ['', ''];
  child.stdout.on('data', (piece) => {
    out += piece;
  });
  child.stderr.on('data', (piece) => {
    err += piece;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, out, err }));
  return { child, ended, err: () => err };
};

describe('over its standard streams', () => {
  it('answers the SDK’s client, and stops the service when a call is cancelled', async () => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [inject('command'), '--model', 'openai:gpt-4o', '--tools', 'ask,list_models'],
      env: environment(),
      stderr: 'ignore',
    });
    const caller = new Client({ name: 'test', version: '1' });
    await caller.connect(transport);
    expect((await caller.listTools()).tools.map(({ name }) => name)).toEqual(['ask', 'list_models']);
    const answer = await caller.callTool({ name: 'ask', arguments: { prompt: 'Tides?' } });
    expect(answer).toMatchObject({ content: [{ type: 'text', text: PIECES.join('') }] });
    const controller = new AbortController();
    const options = { signal: controller.signal, onprogress: () => controller.abort() };
    const params = { name: 'ask', arguments: { prompt: 'x', model: 'openai:endless' } };
    await expect(caller.callTool(params, undefined, options)).rejects.toThrow();
    await service.left;
    await caller.close();
  });

  it('ends with its input, and writes nothing but the protocol', async () => {
    const { child, ended } = start([]);
    child.stdin.end('noise\n{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    const { code, out } = await ended;
    expect({ code, out }).toEqual({ code: 0, out: '{"result":{},"jsonrpc":"2.0","id":1}\n' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends by %s', async (signal) => {
    const { child, ended } = start([]);
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, err: '' });
  });
});

describe('over HTTP', () => {
  it('says where it is and its token, and ends by a signal', async () => {
    const { child, ended, err } = start(['--http', '--port', '0']);
    await expect.poll(err).toMatch(/listens on http:\/\/127\.0\.0\.1:\d+\/mcp\nIts token: [\w-]+\n/);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, out: '' });
  });

  it('does not show a token that it was given', async () => {
    const { child, ended, err } = start(['--http', '--port', '0'], {
      ...environment(),
      G4F_MCP_TOKEN: 'secret-token',
    });
    await expect.poll(err).toMatch(/listens on/);
    child.kill('SIGTERM');
    expect((await ended).err).not.toMatch(/secret-token|Its token/);
  });
});

describe('arguments', () => {
  it.each([
    [['--help'], 0, /g4f-mcp --http/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['--nothing'], 1, /nothing.*See --help/],
    [['--port', '1'], 1, /--port needs --http/],
    [['--http', '--port', 'x'], 1, /port: a whole number/],
    [['--tools', 'dance'], 1, /there is no dance/],
  ])('%j', async (args, code, err) => {
    const ended = await start(args).ended;
    expect(ended).toMatchObject({ code, out: '' });
    expect(ended.err).toMatch(err);
  });
});
