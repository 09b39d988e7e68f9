// Requests go through the proxy that the caller or the environment names.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { LIMITS } from '@g4f/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listening } from '../../../../../scripts/listening.ts';
import { contextOf, failureOf, get, startService, textOf } from '../service.ts';

/** A proxy that tunnels by CONNECT to any host name, all of which are this machine. */
const startProxy = async (allowed = 'none') => {
  const tunnels: string[] = [];
  const server = createServer();
  server.on('connect', (request, client, head) => {
    tunnels.push(request.url ?? '');
    if (allowed !== 'none' && request.headers['proxy-authorization'] !== allowed)
      return client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    onTestFinished(() => void upstream.destroy());
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, tunnels };
};

const ask = async (url: string, given: Parameters<typeof contextOf>[0]): Promise<string> =>
  textOf((await contextOf(given).send(get(url))).body);

const startOrigin = async () => {
  const service = await startService((response) => response.end('reached'));
  return { ...service, named: service.url.replace('127.0.0.1', 'models.invalid') };
};

/** A proxy that answers every CONNECT with this, and forwards what is sent to it in absolute form. */
const startForwarder = async (answer: string) => {
  const tunnels: string[] = [];
  const forwarded: [url: string | undefined, host: string | undefined][] = [];
  const server = createServer((request, response) => {
    forwarded.push([request.url, request.headers.host]);
    if (answer.includes(' 407 ')) response.writeHead(407).end();
    else response.end('forwarded');
  });
  server.on('connect', (request, client) => {
    tunnels.push(request.url ?? '');
    client.on('error', () => undefined).end(answer);
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}`, tunnels, forwarded };
};

/** A port where every connection is accepted, and closed when it says something. */
const startCloser = async () => {
  const connections = { count: 0 };
  const server = createTcpServer((socket) => {
    connections.count += 1;
    socket.on('error', () => undefined).once('data', () => socket.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, connections };
};

describe('a proxy', () => {
  it('named by the option is used for every request, whatever the environment says', async () => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    const env = { NO_PROXY: '*', HTTP_PROXY: 'http://127.0.0.1:1' };
    expect(await ask(origin.named, { proxy: proxy.url, env })).toBe('reached');
    expect(proxy.tunnels).toEqual([new URL(origin.named).host]);
  });

  it('does not change the headers it was given', async () => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    const headers = Object.freeze({ 'x-a': '1' });
    const response = await contextOf({ proxy: proxy.url }).send({ ...get(origin.named), headers });
    expect(await textOf(response.body)).toBe('reached');
  });

  it.each(['HTTP_PROXY', 'http_proxy'])('is taken from %s', async (name) => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    expect(await ask(origin.named, { env: { HTTP_PROXY: '', [name]: proxy.host } })).toBe('reached');
    expect(proxy.tunnels).toHaveLength(1);
  });

  it('of HTTPS_PROXY is not used for http', async () => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    expect(await ask(origin.url, { env: { HTTPS_PROXY: proxy.url } })).toBe('reached');
    expect(proxy.tunnels).toEqual([]);
  });

  it('of HTTPS_PROXY is used for https', async () => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    const url = origin.named.replace('http:', 'https:');
    await failureOf(() => ask(url, { env: { HTTPS_PROXY: proxy.url } }));
    expect(proxy.tunnels).toEqual([new URL(url).host]);
  });

  it('is not used for the hosts of NO_PROXY', async () => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    const env = { HTTP_PROXY: proxy.url, NO_PROXY: 'example.com,models.invalid' };
    await failureOf(() => ask(origin.named, { env }));
    expect(proxy.tunnels).toEqual([]);
    expect(await ask(origin.named.replace('models', 'other'), { env })).toBe('reached');
    expect(proxy.tunnels).toHaveLength(1);
  });

  it('of the environment is not used for a server on this machine; the option is', async () => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    expect(await ask(origin.url, { env: { HTTP_PROXY: proxy.url } })).toBe('reached');
    expect(proxy.tunnels).toEqual([]);
    expect(await ask(origin.url, { proxy: proxy.url })).toBe('reached');
    expect(proxy.tunnels).toHaveLength(1);
  });

  it.each([
    ['http', {}],
    ['https', {}],
    ['https', { HTTP_PROXY: 'http://127.0.0.1:1' }],
  ])('of ALL_PROXY is used for %s where none is named for it: %j', async (protocol, others) => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    const url = origin.named.replace('http:', `${protocol}:`);
    const outcome = ask(url, { env: { ...others, ALL_PROXY: proxy.url } });
    if (protocol === 'http') expect(await outcome).toBe('reached');
    else await failureOf(() => outcome);
    expect(proxy.tunnels).toEqual([new URL(url).host]);
  });

  it('named by HTTP_PROXY comes before ALL_PROXY', async () => {
    const [origin, proxy] = [await startOrigin(), await startProxy()];
    const env = { ALL_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: proxy.url };
    expect(await ask(origin.named, { env })).toBe('reached');
  });

  it.each(['http', 'https'])('that closes on CONNECT is asked once, and named: %s', async (protocol) => {
    const proxy = await startCloser();
    const error = await failureOf(() =>
      ask(`${protocol}://models.invalid`, { proxy: `http://${proxy.host}` }),
    );
    const message = expect.stringMatching(
      `the proxy ${proxy.host} .set by the proxy option. closed the connection .*http://user:password@host:port`,
    );
    expect(error).toMatchObject({ code: 'network', retryable: false, message });
    expect(proxy.connections.count).toBe(1);
  });

  it('of SOCKS that closes is asked once, and named', async () => {
    const proxy = await startCloser();
    const error = await failureOf(() => ask('http://models.invalid', { proxy: `socks5h://${proxy.host}` }));
    const message = expect.stringContaining(
      `the proxy ${proxy.host} (set by the proxy option) closed the connection when it was asked`,
    );
    expect(error).toMatchObject({ code: 'network', retryable: false, message });
    expect(proxy.connections.count).toBe(1);
  });

  it.each([408, 429, 502, 503, 504])('that answers %i may do better in a moment', async (status) => {
    const proxy = await startForwarder(`HTTP/1.1 ${status} No\r\n\r\n`);
    const error = await failureOf(() => ask('https://models.invalid', { proxy: proxy.url }));
    const message = expect.stringMatching(
      `^acme: the proxy .* could not connect to https://models.invalid just now: ${status}. Try again or`,
    );
    expect(error).toMatchObject({ code: 'network', retryable: true, message });
    expect(String(error)).not.toContain('password');
  });

  it.each([408, 502])('that answers %i is not taken for one that does not tunnel', async (status) => {
    const proxy = await startForwarder(`HTTP/1.1 ${status} No\r\n\r\n`);
    const error = await failureOf(() => ask('http://models.invalid', { proxy: proxy.url }));
    expect(error).toMatchObject({ code: 'network', retryable: true });
    expect(proxy.forwarded).toEqual([]);
  });

  it.each([401, 403, 405, 407])('that answers %i is named, with what may help', async (status) => {
    const proxy = await startForwarder(`HTTP/1.1 ${status} No\r\n\r\n`);
    const error = await failureOf(() => ask('https://models.invalid', { proxy: proxy.url }));
    const message = expect.stringMatching(
      `^acme: the proxy .* refuses to connect to https://models.invalid: ${status}. .*user name and password`,
    );
    expect(error).toMatchObject({ code: 'network', retryable: false, message });
    expect(proxy.tunnels).toEqual(['models.invalid:443']);
  });

  it.each([403, 405])('that answers %i is sent http without a tunnel, from then on', async (status) => {
    const proxy = await startForwarder(`HTTP/1.1 ${status} No\r\n\r\n`);
    const given = { proxy: proxy.url };
    expect(await ask('http://models.invalid/a?b', given)).toBe('forwarded');
    expect(await ask('http://models.invalid/c', given)).toBe('forwarded');
    expect(proxy.tunnels).toHaveLength(1);
    expect(proxy.forwarded).toEqual([
      ['http://models.invalid/a?b', 'models.invalid'],
      ['http://models.invalid/c', 'models.invalid'],
    ]);
  });

  it('that wants a password for a forwarded request as well is named', async () => {
    const proxy = await startForwarder('HTTP/1.1 407 No\r\n\r\n');
    const error = await failureOf(() => ask('http://models.invalid', { proxy: proxy.url }));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('models.invalid: 407') });
  });

  it('is told the name and password in its address, which no error shows', async () => {
    const basic = `Basic ${Buffer.from('user:pa55word').toString('base64')}`;
    const [origin, proxy] = [await startOrigin(), await startProxy(basic)];
    const withPassword = (password: string): string => proxy.url.replace('//', `//user:${password}@`);
    expect(await ask(origin.named, { proxy: withPassword('pa55word') })).toBe('reached');
    const error = await failureOf(() => ask(origin.named, { proxy: withPassword('wr0ngword') }));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('407') });
    expect(error instanceof Error && error.message).not.toContain('wr0ngword');
  });

  it.each([
    [
      { proxy: 'http://user:pa55word@127.0.0.1:1' },
      '127.0.0.1:1 (set by the proxy option) did not answer: nothing listens',
    ],
    [
      { env: { HTTP_PROXY: 'localhost:1' } },
      'localhost:1 (set by HTTP_PROXY) did not answer: nothing listens',
    ],
    [
      { env: { HTTP_PROXY: 'http://proxy.invalid' } },
      'proxy.invalid (set by HTTP_PROXY) did not answer: the host name',
    ],
  ])('that is not there is named, and where it is set: %j', async (given, words) => {
    const origin = await startOrigin();
    const error = await failureOf(() => ask(origin.named, given));
    expect(error).toMatchObject({
      code: 'network',
      message: expect.stringContaining(`acme: the proxy ${words}`),
    });
    expect(error instanceof Error && error.message).not.toContain('pa55word');
  });

  it('is not blamed for a host that is reached without it', async () => {
    const env = { HTTP_PROXY: 'http://127.0.0.1:2', NO_PROXY: '127.0.0.1' };
    expect(await failureOf(() => ask('http://127.0.0.1:1', { env }))).toMatchObject({
      message: expect.stringContaining('acme: http://127.0.0.1:1 did not answer: nothing listens'),
    });
  });

  it.each([
    [{ proxy: 'ftp://user:pa55word@host' }, 'http', 'the proxy option'],
    [{ env: { HTTP_PROXY: 'http://' } }, 'http', 'HTTP_PROXY'],
    [{ env: { HTTPS_PROXY: 'http://' } }, 'https', 'HTTPS_PROXY'],
    [{ env: { HTTP_PROXY: 'http://' } }, 'https', 'HTTP_PROXY'],
  ])(
    'whose address is none is an error that names where it is set: %j, %s',
    async (given, protocol, from) => {
      const error = await failureOf(() => ask(`${protocol}://127.0.0.1:1/`, given));
      expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(from) });
      expect(error instanceof Error && error.message).not.toContain('pa55word');
    },
  );

  it('is left at once, also while it has not answered', async () => {
    const closed: string[] = [];
    const server = createServer();
    server.on('connect', (request, client) => {
      // An HTTP server's sockets stay half open.
      client.on('error', () => undefined).on('end', () => client.end());
      client.on('close', () => closed.push(request.url ?? '')).resume();
      left.abort();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const left = new AbortController();
    const proxy = `http://127.0.0.1:${port}`;
    const failure = await failureOf(() =>
      contextOf({ proxy, signal: left.signal, connectMs: 0 }).send(get('https://models.invalid')),
    );
    expect(failure).toMatchObject({ code: 'aborted' });
    await expect.poll(() => closed).toEqual(['models.invalid:443']);
  });
});

describe('pools', () => {
  it('are closed when there are too many, and what they answer is read to its end', async () => {
    const service = await startService((response) => {
      response.write('a');
      setImmediate(() => response.end('b'));
    });
    const first = await contextOf({ connectMs: 60_001 }).send(get(service.url));
    for (let at = 0; at < LIMITS.pools; at++) {
      const { body } = await contextOf({ connectMs: 70_000 + at }).send(get(service.url));
      await textOf(body);
    }
    expect(await textOf(first.body)).toBe('ab');
    await expect.poll(() => service.sockets[0]?.destroyed).toBe(true);
    expect(await textOf((await contextOf({ connectMs: 60_001 }).send(get(service.url))).body)).toBe('ab');
  });
});
