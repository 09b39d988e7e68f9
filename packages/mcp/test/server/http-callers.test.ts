// Who may ask the server over HTTP, and our own tools as its caller.
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mcpTools, serveMcp } from '../../src/index.ts';
import { PIECES } from '../model-service.ts';
import { createStage, type Stage, search } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(() => stage.close());

describe('who may ask', () => {
  /** The status of a request as a browser or a stranger makes it. */
  const statusOf = (headers: Record<string, string>, path = '/mcp'): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const { port, hostname } = new URL(stage.running.url ?? '');
      const sent = request(
        { port, hostname, path, method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on('error', reject).end('{}');
    });

  it('callers with the token, under a name of this machine, and no page', async () => {
    const authorization = `Bearer ${stage.running.token}`;
    expect(await statusOf({})).toBe(401);
    expect(await statusOf({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await statusOf({ authorization, host: 'rebound.example' })).toBe(403);
    expect(await statusOf({ authorization, origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf({ authorization, origin: 'null' })).toBe(403);
    expect(await statusOf({ authorization }, '/other')).toBe(404);
    expect(await statusOf({ authorization, 'mcp-session-id': 'unknown' })).toBe(404);
    expect(await statusOf({ authorization, accept: 'application/json, text/event-stream' })).toBe(400);
  });

  it.each(['//', 'http://[', '/\\'])(
    'no address that is none (%s), and the server goes on',
    async (target) => {
      const { port, host } = new URL(stage.running.url ?? '');
      const socket = connect(Number(port), '127.0.0.1');
      socket.end(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
      expect(await statusOf({})).toBe(401);
    },
  );

  it('no target of another host than Host', async () => {
    const { port, host } = new URL(stage.running.url ?? '');
    const statusOf = async (target: string): Promise<string> => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.end(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      return (await text(socket)).slice(0, 13);
    };
    expect(await statusOf('http://evil.example/mcp')).toBe('HTTP/1.1 400 ');
    expect(await statusOf(`http://${host}/mcp`)).toBe('HTTP/1.1 401 ');
  });

  it('pages of an origin that is named', async () => {
    const own = await serveMcp(stage.client, {
      transport: 'http',
      port: 0,
      token: 'ours',
      origins: ['https://app.example'],
      tools: ['ask'],
    });
    const asked = stage.running;
    stage.running = own;
    const headers = {
      authorization: 'Bearer ours',
      origin: 'https://app.example',
      accept: 'application/json, text/event-stream',
    };
    expect(await statusOf(headers)).toBe(400);
    await own.close();
    stage.running = asked;
  });
});

describe('the names it is called by', () => {
  const statusAs = async (name: string, options: object): Promise<number | undefined> => {
    const own = await serveMcp(stage.client, {
      transport: 'http',
      port: 0,
      token: 'ours',
      tools: ['ask'],
      ...options,
    });
    const socket = connect(Number(new URL(own.url ?? '').port), '127.0.0.1');
    socket.end(
      `GET /other HTTP/1.1\r\nhost: ${name}\r\nauthorization: Bearer ours\r\nconnection: close\r\n\r\n`,
    );
    const answer = await text(socket);
    await own.close();
    return Number(answer.slice('HTTP/1.1 '.length).split(' ', 1)[0]);
  };

  it.each([
    ['LOCALHOST.:1', {}, 404],
    ['app.localhost', {}, 404],
    ['[0:0::1]:1', {}, 404],
    ['other.example', {}, 403],
    ['a b', {}, 403],
    ['mcp.example:1', { hosts: ['MCP.Example.'] }, 404],
    ['[fd00::1]', { hosts: ['FD00:0::1'] }, 404],
    ['other.example', { hosts: ['mcp.example'] }, 403],
    ['other.example', { hosts: 'any' }, 404],
    ['mcp.example', { host: '0.0.0.0' }, 404],
    ['other.example', { host: '0.0.0.0', hosts: ['mcp.example'] }, 403],
  ])('%s with %j: %i', async (name, options, status) => {
    expect(await statusAs(name, options)).toBe(status);
  });
});

describe('mcpTools over HTTP', () => {
  it('uses it, with its headers', async () => {
    const { url = '', token } = stage.running;
    await using set = await mcpTools({ name: 'own', url, headers: { authorization: `Bearer ${token}` } });
    const ask = set.tools.find(({ function: { name } }) => name === 'own__ask');
    const context = {
      signal: new AbortController().signal,
      call: { id: 'c', type: 'function' as const, function: { name: 'x', arguments: '' } },
    };
    expect(await ask?.execute({ prompt: 'Tides?' }, context)).toBe(PIECES.join(''));
  });

  it('is refused without the token, and told', async () => {
    await expect(mcpTools({ url: stage.running.url ?? '' })).rejects.toMatchObject({
      code: 'auth',
      message: /refused with 401/,
    });
    await expect(mcpTools({ url: 'http://127.0.0.1:1/mcp' })).rejects.toMatchObject({ code: 'network' });
  });

  it('begins a new session where the server has forgotten the old one', async () => {
    const { url = '', token = '' } = stage.running;
    await using set = await mcpTools({ name: 'own', url, headers: { authorization: `Bearer ${token}` } });
    await stage.running.close();
    stage.running = await serveMcp(stage.client, {
      transport: 'http',
      port: Number(new URL(url).port),
      token,
      search,
    });
    const find = set.tools.find(({ function: { name } }) => name === 'own__web_search');
    const context = {
      signal: new AbortController().signal,
      call: { id: 'c', type: 'function' as const, function: { name: 'x', arguments: '' } },
    };
    const ask = async () => find?.execute({ query: 'a' }, context);
    // The first may still go over connections that have been closed.
    await expect.poll(ask).toMatchObject({ results: [{ title: 'a' }] });
  });
});

describe('options that are wrong', () => {
  it.each([
    [{ transport: 'pigeon' }, /transport: "stdio" or "http"/],
    [{ transport: 'http', port: -1 }, /port: a whole number/],
    [{ transport: 'http', token: '' }, /token: a text/],
    [{ transport: 'http', port: 0, hosts: ['http://mcp.example/'] }, /hosts\[0\]: a name/],
    [{ transport: 'http', port: 0, hosts: 'mcp.example' }, /hosts: "any" or a list/],
    [
      { transport: 'http', port: 0, origins: ['https://a.example', 'a.example/x'] },
      /origins\[1\]: an origin/,
    ],
    [{ transport: 'http', port: 0, origins: 'https://a.example' }, /origins: a list/],
    [{ transport: 'stdio', tools: ['dance'] }, /there is no dance, only ask/],
  ])('%j', async (options, message) => {
    await expect(serveMcp(stage.client, options as Parameters<typeof serveMcp>[1])).rejects.toMatchObject({
      code: 'invalid-request',
      message,
    });
  });

  it('a port that is in use is told', async () => {
    const port = Number(new URL(stage.running.url ?? '').port);
    await expect(serveMcp(stage.client, { transport: 'http', port })).rejects.toMatchObject({
      message: /EADDRINUSE/,
    });
  });
});
