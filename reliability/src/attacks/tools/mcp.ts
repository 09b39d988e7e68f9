// Attacks by MCP servers over HTTP and by processes: floods, keys that are repeated, refusals without an end, tools of any form.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { isG4FError, TOOL_LIMITS } from '@g4f/core';
import { type McpServerOptions, type McpToolset, mcpTools } from '@g4f/mcp';
import type { Attack, Random } from '../attack.ts';
import { checkEnds } from '../bounded-time.ts';
import { below, mustHold, oneOf } from '../scratch.ts';

const KEY = 'the-key-of-a-user-0123456789';

/** What the server answers to a method; undefined where it has answered by itself. */
type Answer = (method: string, response: ServerResponse) => object | undefined;

const HELLO = {
  result: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'x', version: '1' },
  },
};

const withServer = async (
  answer: Answer,
  work: (options: McpServerOptions) => Promise<void>,
): Promise<void> => {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { method, id } = body === '' ? { method: undefined, id: undefined } : JSON.parse(body);
    if (typeof method !== 'string') return void response.writeHead(405).end();
    if (id === undefined) return void response.writeHead(202).end();
    const fields = answer(method, response);
    if (fields === undefined) return undefined;
    const text = JSON.stringify({ jsonrpc: '2.0', id, ...fields });
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  try {
    await work({ name: 'evil', url, headers: { 'x-service-key': KEY } });
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

/** Opens it, calls each of its tools, and closes it. @returns what failed first */
const use = async (options: McpServerOptions): Promise<unknown> => {
  let set: McpToolset | undefined;
  try {
    set = await mcpTools({ connectTimeout: 10_000, timeout: 10_000, ...options });
    const { signal } = new AbortController();
    for (const { function: fn, execute } of set.tools.slice(0, 3)) {
      const call = { id: 'c', type: 'function', function: { name: fn.name, arguments: '{}' } } as const;
      await execute({}, { signal, call });
    }
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await set?.close();
  }
};

const anyName = (random: Random): string =>
  oneOf(
    ['\u001b[2J', '__proto__', 'constructor', 'a'.repeat(5000), '\u202egnp', '', ' ', 'x\ny', 'ü'.repeat(70)],
    random,
  );

export const MCP_ATTACKS: readonly Attack[] = [
  {
    name: 'an MCP server whose process writes what is no message, without an end',
    promise: 'Nothing that a server says holds the event loop: one that floods is left.',
    run(random) {
      const line = oneOf(
        ['{}', 'x', '', '{"jsonrpc":"2.0"}', '[]', '"x"', '{"jsonrpc":"2.0","id":9,"result":{}}'],
        random,
      );
      const program = `const l=${JSON.stringify(`${line}\n`)}.repeat(20000);const m=()=>{while(process.stdout.write(l));process.stdout.once('drain',m)};process.on('SIGTERM',()=>{});m()`;
      const name = `${this.name}: ${line}`;
      return checkEnds(name, async () => {
        const error = await use({ command: process.execPath, args: ['-e', program] });
        mustHold(
          isG4FError(error) && error.code === 'bad-response',
          `${line}: it failed by ${String(error)}`,
        );
      });
    },
  },
  {
    name: 'an MCP server that repeats the key which it was given',
    promise: 'No error, however it is printed, shows a key.',
    run(random) {
      const form = oneOf(
        [KEY, KEY.toUpperCase(), Buffer.from(KEY).toString('base64'), `${KEY.slice(0, 14)} ${KEY.slice(14)}`],
        random,
      );
      const said = `${'x'.repeat(below(600, random))} ${form} ${'y'.repeat(below(600, random))}`;
      const where = below(4, random);
      const status = oneOf([400, 401, 404, 500], random);
      return withServer(
        (method, response) => {
          if (where === 0) {
            response.writeHead(status).end(said);
            return undefined;
          }
          if (where === 1) return { error: { code: -32_602, message: said, data: said } };
          if (method === 'initialize') return HELLO;
          if (method === 'tools/list')
            return { result: { tools: [{ name: 't', inputSchema: { type: 'object' } }] } };
          return where === 2
            ? { result: { content: [{ type: 'text', text: said }], isError: true } }
            : { error: { code: -32_000 - below(5, random), message: said } };
        },
        async (options) => {
          const error = await use(options);
          mustHold(isG4FError(error), `it failed by what is no error of ours: ${String(error)}`);
          const shown = inspect(error, { depth: 9 });
          mustHold(!shown.includes(form), `it is shown: ${shown.slice(0, 1000)}`);
        },
      );
    },
  },
  {
    name: 'an MCP server with tools of any name and schema',
    promise: 'What a service may choose has limits.',
    run(random) {
      const tools = Array.from({ length: below(600, random) }, () => ({
        name: anyName(random),
        description: anyName(random),
        inputSchema: {
          type: 'object',
          ...(random() < 0.02 && { properties: { a: { description: 'x'.repeat(300_000) } } }),
          [random() < 0.1 ? 'constructor' : 'x']: 1,
        },
      }));
      return withServer(
        (method) =>
          method === 'initialize' ? HELLO : method === 'tools/list' ? { result: { tools } } : { result: {} },
        async (options) => {
          const set = await mcpTools(options);
          await set.close();
          const text = JSON.stringify(set.tools);
          mustHold(set.tools.length <= TOOL_LIMITS.mcpTools, `there are ${set.tools.length} tools`);
          for (const { function: fn } of set.tools)
            mustHold(
              /^[\w-]{1,64}$/.test(fn.name),
              `a tool is called ${JSON.stringify(fn.name.slice(0, 100))}`,
            );
          mustHold(!text.includes('x'.repeat(250_000)), 'a schema of 300,000 characters was taken');
        },
      );
    },
  },
];
