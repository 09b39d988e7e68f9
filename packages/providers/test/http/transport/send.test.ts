// One request over the network: what comes back, and what a failure says, against a real server.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { isG4FError } from '@g4f/core';
import { describe, expect, it, vi } from 'vitest';
import { Answer } from '../../../src/http/reading/answer.ts';
import { createDecoder } from '../../../src/wires/openai-chat/chat-decoder.ts';
import { afterTurns, contextOf, failureOf, get, startService, textOf, until } from '../service.ts';

const intervals = vi.spyOn(globalThis, 'setInterval');
/** Whether the one timer that keeps the process alive does; what else this process holds is not asked. */
const isProcessHeld = (): boolean =>
  intervals.mock.results.some(
    ({ value }, at) => intervals.mock.calls[at]?.[1] === 2 ** 31 - 1 && value.hasRef(),
  );

describe('send', () => {
  it('hands back status and headers before the body has come, then streams it', async () => {
    let more: (() => void) | undefined;
    const service = await startService((response) => {
      response.writeHead(201, { 'X-Request-ID': 'r1', 'set-cookie': ['a=1', 'b=2'] });
      response.write('one');
      more = () => response.end('two');
    });
    const context = contextOf();
    const response = await context.send(get(service.url));
    expect(response.status).toBe(201);
    expect(response.headers).toMatchObject({ 'x-request-id': 'r1', 'set-cookie': 'a=1, b=2' });
    const bytes = response.body[Symbol.asyncIterator]();
    expect(String((await bytes.next()).value)).toBe('one');
    more?.();
    expect(String((await bytes.next()).value)).toBe('two');
    expect((await bytes.next()).done).toBe(true);
    expect(context.entered).toEqual(['prepare', 'connect', 'headers', 'first-content']);
  });

  it('sends method, path, query, headers and body as they are, and changes nothing of the request', async () => {
    const service = await startService((response, { method, url, headers }, body) =>
      response.end(JSON.stringify({ method, url, key: headers['x-key'], body })),
    );
    const request = Object.freeze({
      method: 'POST' as const,
      url: `${service.url}/v1/chat?a=b%20c`,
      headers: Object.freeze({ 'x-key': 'k' }),
      body: 'héllo',
    });
    const response = await contextOf().send(request);
    expect(JSON.parse(await textOf(response.body))).toEqual({
      method: 'POST',
      url: '/v1/chat?a=b%20c',
      key: 'k',
      body: 'héllo',
    });
  });

  it('does not hold the process for a request that cannot be sent at all', async () => {
    const service = await startService((response) => response.end('reached'));
    await textOf((await contextOf().send(get(service.url))).body);
    const request = { ...get(service.url), headers: { 'x-broken': 'a\nb' } };
    expect(await failureOf(() => contextOf().send(request))).toMatchObject({ provider: 'acme' });
    expect(isProcessHeld()).toBe(false);
  });

  it('holds the process while it connects, and no longer', async () => {
    const mute = createServer();
    await once(mute.listen(0, '127.0.0.1'), 'listening');
    const { port } = mute.address() as AddressInfo;
    const giveUp = new AbortController();
    const request = { ...get(`https://127.0.0.1:${port}/`), signal: giveUp.signal };
    const failing = failureOf(() => contextOf().send(request));
    const [socket] = await once(mute, 'connection');
    expect(isProcessHeld()).toBe(true);
    giveUp.abort();
    expect(await failing).toMatchObject({ code: 'aborted' });
    expect(isProcessHeld()).toBe(false);
    socket.destroy();
    mute.close();
  });

  it('passes over 1xx answers', async () => {
    const service = await startService((response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.end('done');
    });
    const response = await contextOf().send(get(service.url));
    expect(response.status).toBe(200);
    expect(await textOf(response.body)).toBe('done');
  });

  it.each([204, 302, 404, 500])('does not throw for status %i', async (status) => {
    const service = await startService((response) => response.writeHead(status, { location: '/x' }).end());
    const response = await contextOf().send(get(service.url));
    expect(response.status).toBe(status);
    expect(await textOf(response.body)).toBe('');
  });

  it('uses one connection for requests in sequence, also after streams that ended at [DONE]', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}\n\n');
      response.write('data: [DONE]\n\n');
      response.end();
    });
    for (let turn = 0; turn < 5; turn++) {
      const { send } = contextOf();
      const asked = { provider: 'acme', model: 'm', url: service.url };
      const response = await send(get(service.url));
      const decoder = createDecoder({ model: 'm', messages: [], stream: true }, asked, response.headers);
      const types: string[] = [];
      for await (const batch of new Answer(response, decoder, asked))
        types.push(...batch.map(({ type }) => type));
      expect(types).toEqual(['answer-start', 'text-delta', 'finish']);
      // The rest of the body is still on its way to the pool.
      await afterTurns(() => undefined);
    }
    expect(service.sockets).toHaveLength(1);
    expect(service.left.count).toBe(0);
  });

  it('says that nothing listens there', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const address = probe.address();
    await new Promise((resolve) => probe.close(resolve));
    const port = typeof address === 'object' ? address?.port : 0;
    const error = await failureOf(() => contextOf().send(get(`http://127.0.0.1:${port}/v1`)));
    expect(error).toMatchObject({
      code: 'network',
      provider: 'acme',
      message: `acme: http://127.0.0.1:${port} did not answer: nothing listens there (is the server running, and the port right?). Try again or choose another provider.`,
    });
  });

  it('says that a host is not known', async () => {
    const error = await failureOf(() => contextOf().send(get('http://no-such-host.invalid/')));
    expect(error).toMatchObject({ code: 'network', message: expect.stringMatching(/host name/) });
  });

  it('says that what answers is not HTTP', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.write('SSH-2.0-OpenSSH\r\n'));
    });
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const error = await failureOf(() => contextOf().send(get(`http://127.0.0.1:${port}/`)));
    server.close();
    expect(error).toMatchObject({
      code: 'network',
      message: expect.stringContaining('what came is not HTTP'),
    });
  });

  it('says that TLS is not spoken there', async () => {
    const service = await startService((response) => response.end());
    const error = await failureOf(() => contextOf().send(get(service.url.replace('http:', 'https:'))));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('does not speak TLS') });
    expect(error instanceof Error && error.message).not.toContain('\n');
  });

  it('gives what came before a reset, then the failure', async () => {
    const service = await startService((response) => {
      response.write('before');
      void afterTurns(() => response.socket?.resetAndDestroy());
    });
    const response = await contextOf().send(get(service.url));
    const got: string[] = [];
    const error = await failureOf(async () => {
      for await (const chunk of response.body) got.push(String(chunk));
    });
    expect(got).toEqual(['before']);
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('broke in mid-answer') });
  });

  it('takes a body shorter than it was announced for a broken one', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      void afterTurns(() => response.socket?.end());
    });
    const response = await contextOf().send(get(service.url));
    expect(await failureOf(() => textOf(response.body))).toMatchObject({ code: 'network' });
  });

  it.each([
    ['a header with a newline', { authorization: 'Bearer sec\nret-12345' }],
    ['a header with a character that is none', { authorization: 'Bearer sec\u0000ret-12345' }],
    ['a header name with a blank', { 'my key': 'secret-12345' }],
    ['a header of undici’s own', { 'transfer-encoding': 'secret-12345' }],
  ])('refuses %s without showing its value', async (_name, headers) => {
    const service = await startService((response) => response.end());
    const error = await failureOf(() => contextOf().send({ ...get(service.url), headers }));
    expect(error).toMatchObject({ code: 'invalid-request', provider: 'acme' });
    expect(JSON.stringify([error, isG4FError(error) && error.toData()])).not.toMatch(/ret-12345/);
  });

  it.each(['not a url', 'localhost:11434/v1', 'file:///etc/passwd', ''])(
    'refuses the address %j',
    async (url) => {
      const error = await failureOf(() => contextOf().send(get(url)));
      expect(error).toMatchObject({
        code: 'invalid-request',
        message: `acme: "${url}" is not an http(s) URL. Correct the baseURL.`,
      });
    },
  );

  it('shows no password of an address that is none', async () => {
    for (const url of ['htp://me:hunter2@acme.test', 'me:hunter2@acme.test/v1', 'http://me:hun@ter2@a b']) {
      const error = await failureOf(() => contextOf().send(get(url)));
      expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining('@') });
      expect(String(error)).not.toMatch(/hunter2|hun@|ter2/);
    }
  });

  it('slows the service down for a slow reader', async () => {
    let written = 0;
    const service = await startService((response) => {
      const block = Buffer.alloc(64 * 1024);
      const write = (): void => {
        while (written < 64 * 1024 * 1024) {
          written += block.length;
          if (!response.write(block)) return void response.once('drain', write);
        }
      };
      write();
    });
    const response = await contextOf().send(get(service.url));
    const bytes = response.body[Symbol.asyncIterator]();
    await bytes.next();
    // The sockets' own buffers fill; all 64 MiB would be written by then if nobody held them up.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(written).toBeLessThan(32 * 1024 * 1024);
    await bytes.return?.();
    await until(() => service.left.count === 1);
  });

  it('says that the headers of an answer are too large, and is not told as something else', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'x-large': 'x'.repeat(20 * 1024) });
      response.end();
    });
    expect(await failureOf(() => contextOf().send(get(service.url)))).toMatchObject({
      code: 'bad-response',
      message: expect.stringMatching(/^acme: http:.* answered with more than 16 KiB of headers/),
    });
  });
});
