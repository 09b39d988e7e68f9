// MCP servers that mean harm: they flood, repeat what they were given, or answer without an end.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { isG4FError, TOOL_LIMITS } from '@g4f/core';
import { afterEach, describe, expect, it } from 'vitest';
import { type McpServerOptions, mcpTools } from '../../src/index.ts';
import { closeToolsets, SERVER } from './toolset.ts';

const KEY = 'the-key-of-a-user-0123456789';

const closing: (() => void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await closeToolsets();
});

const failureOf = async (options: McpServerOptions): Promise<Error> => {
  const set = await mcpTools({ name: 'evil', connectTimeout: 20_000, ...options }).catch(
    (error: Error) => error,
  );
  if (set instanceof Error) return set;
  await set.close();
  throw new Error('it was connected');
};

/** A server of HTTP that answers each request by its method of JSON-RPC. */
const listen = async (
  answer: (method: string | undefined, id: unknown, response: ServerResponse, key: unknown) => void,
): Promise<string> => {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { method, id } = body === '' ? { method: undefined, id: undefined } : JSON.parse(body);
    if (method === undefined) return void response.writeHead(405).end();
    if (id === undefined) return void response.writeHead(202).end();
    return answer(method, id, response, request.headers['x-service-key']);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
};

const json = (response: ServerResponse, id: unknown, fields: object): void => {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', id, ...fields }));
};

const hello = (response: ServerResponse, id: unknown): void =>
  json(response, id, {
    result: {
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: 'x', version: '1' },
    },
  });

describe('a process that writes lines that are no messages without an end', () => {
  it.each(['{}', 'x', '', '{"jsonrpc":"2.0"}', '[]'])('%s', async (line) => {
    // A turn of the loop is bounded by the lines that are read in it, of which each takes a tenth of a millisecond.
    const before = process.cpuUsage();
    const error = await failureOf({ command: process.execPath, args: [SERVER, 'noise-flood', line] });
    expect(error.message).toContain(`more than ${TOOL_LIMITS.mcpNoise} lines that are no messages`);
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(5000);
  });
});

describe('a key that a server repeats', () => {
  it('by the words of its process', async () => {
    const error = await failureOf({
      command: process.execPath,
      args: [SERVER, 'telling'],
      env: { SERVICE_KEY: KEY },
    });
    expect(error.message).toContain('cannot use [redacted] here');
    expect(inspect(error, { depth: 9 })).not.toContain(KEY);
  });

  it.each([
    ['SERVICE_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['SERVICE_KEY', '/hunter2/'],
    ['SERVICE_PLACE', 'correct horse battery'],
    ['SERVICE_PLACE', 'passphrase'],
  ])('whatever it looks like (%s: %s)', async (name, value) => {
    const error = await failureOf({
      command: process.execPath,
      args: ['-e', `console.error('cannot use ' + process.env.${name} + ' here')`],
      env: { [name]: value },
    });
    expect(error.message).toContain('cannot use [redacted] here');
    expect(inspect(error, { depth: 9 })).not.toContain(value);
  });

  it('by a refusal over HTTP, or by a failure of JSON-RPC', async () => {
    for (const status of [200, 400, 401, 500]) {
      const url = await listen((_, id, response, key) => {
        if (status === 200)
          json(response, id, { error: { code: -32_602, message: `no such key: ${key}`, data: key } });
        else response.writeHead(status).end(`${'x'.repeat(400)}${key}`);
      });
      const error = await failureOf({ url, headers: { 'x-service-key': KEY } });
      expect(isG4FError(error)).toBe(true);
      expect(inspect(error, { depth: 9 })).not.toContain(KEY.slice(0, 20));
    }
  });

  it('by a tool that fails', async () => {
    const url = await listen((method, id, response, key) => {
      if (method === 'initialize') return hello(response, id);
      if (method === 'tools/list')
        return json(response, id, { result: { tools: [{ name: 't', inputSchema: { type: 'object' } }] } });
      return json(response, id, {
        result: { content: [{ type: 'text', text: `bad ${key}` }], isError: true },
      });
    });
    const set = await mcpTools({ url, headers: { 'x-service-key': KEY } });
    const call = { id: 'c', type: 'function', function: { name: 't', arguments: '' } } as const;
    const { signal } = new AbortController();
    const error: unknown = await Promise.resolve(set.tools[0]?.execute({}, { signal, call })).catch(
      (thrown) => thrown,
    );
    await set.close();
    expect(String(error)).toContain('bad [redacted]');
  });
});

it('a refusal without an end is read to its limit', async () => {
  let sent = 0;
  const url = await listen((_, __, response) => {
    response.writeHead(500, { 'content-type': 'text/plain' });
    const piece = 'x'.repeat(65_536);
    const more = (): void => {
      if (response.destroyed) return;
      sent += piece.length;
      if (response.write(piece)) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  });
  const error = await failureOf({ url });
  expect(error.message).toContain('500');
  expect(error.message.length).toBeLessThan(20_000);
  // What is on its way in sockets and streams comes besides.
  expect(sent).toBeLessThan(32 * 1024 * 1024);
});

it('tools with a schema that is very long, or nested without an end, are left out', async () => {
  const deep = `${'{"type":"object","properties":{"a":'.repeat(20_000)}{}${'}}'.repeat(20_000)}`;
  const long = JSON.stringify({ type: 'object', properties: { a: { description: 'x'.repeat(300_000) } } });
  const url = await listen((method, id, response) => {
    if (method === 'initialize') return hello(response, id);
    const tools = [deep, long, '{"type":"object"}'].map(
      (schema, at) => `{"name":"t${at}","inputSchema":${schema}}`,
    );
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(`{"jsonrpc":"2.0","id":${id},"result":{"tools":[${tools.join(',')}]}}`);
  });
  const set = await mcpTools({ url });
  await set.close();
  expect(set.tools.map(({ function: { name } }) => name)).toEqual(['mcp__t2']);
});
