// Who may ask: names, pages, keys; and how the gateway is made and opened.
import { AsyncClient } from '@g4f/client';
import { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { createHandler, serve } from '../src/index.ts';
import { gateway, gatewayOf, madeUp, raw, saying, start, stop, text } from './made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const chat = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };

describe('names and pages', () => {
  it('answers to names of this machine only, unless told', async () => {
    const { url, port } = await gatewayOf(hello);
    const status = async (host: string) => (await raw(`${url}/v1/models`, { host })).status;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, '[::1]', 'app.localhost', 'LOCALHOST'])
      expect([host, await status(host)]).toEqual([host, 200]);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '192.168.0.1',
    ])
      expect([host, await status(host)]).toEqual([host, 403]);
    const named = await gatewayOf(hello, { hosts: ['gateway.local'] });
    expect((await raw(`${named.url}/v1/models`, { host: 'gateway.local:80' })).status).toBe(200);
    expect((await raw(`${named.url}/v1/models`, { host: 'evil.example' })).status).toBe(403);
  });

  it.each([
    ['gateway.local:8443', 'gateway.local'],
    ['Gateway.Local.', 'gateway.local:80'],
    ['10.0.0.7:4114', '10.0.0.7'],
    ['fe80::1', '[fe80::1]:4114'],
    ['[FE80::1]:80', '[fe80::1]'],
  ])('hosts may be written as %s', async (given, host) => {
    const { url } = await gatewayOf(hello, { hosts: [given] });
    expect((await raw(`${url}/v1/models`, { host })).status).toBe(200);
    expect((await raw(`${url}/v1/models`, { host: 'evil.example' })).status).toBe(403);
  });

  it.each([
    ['https://chat.example/', 'https://chat.example'],
    ['HTTPS://Chat.Example:443', 'https://chat.example'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['chrome-extension://abcdef/', 'chrome-extension://abcdef'],
  ])('cors may be written as %s', async (given, origin) => {
    const { url } = await gatewayOf(hello, { cors: [given] });
    const answer = await raw(`${url}/v1/models`, { origin });
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin } });
    expect((await raw(`${url}/v1/models`, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('serves no page of a browser, whatever the page calls its body', async () => {
    const { url, seen } = await gatewayOf(hello);
    for (const origin of ['https://evil.example', 'null', 'http://localhost:3000']) {
      const asked = { origin, 'content-type': 'text/plain' };
      const answer = await raw(`${url}/v1/chat/completions`, asked, {
        method: 'POST',
        body: JSON.stringify(chat),
      });
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
    expect((await raw(`${url}/v1/models`, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await raw(`${url}/v1/models`, { 'sec-fetch-site': 'none' })).status).toBe(200);
    expect(
      (await raw(`${url}/v1/chat/completions`, { origin: 'https://evil.example' }, { method: 'OPTIONS' }))
        .status,
    ).toBe(403);
    expect(seen.requests).toEqual([]);
  });

  it('serves the pages that cors names', async () => {
    const origin = 'https://chat.example';
    const { url } = await gatewayOf(hello, { cors: [origin], keys: ['k'] });
    const asked = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const first = await raw(`${url}/v1/chat/completions`, asked, { method: 'OPTIONS' });
    expect(first.status).toBe(204);
    expect(first.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'authorization',
    });
    const answer = await raw(`${url}/v1/models`, { origin, authorization: 'Bearer k' });
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin } });
    expect(
      (await raw(`${url}/v1/models`, { origin: 'https://chat.example.evil', authorization: 'Bearer k' }))
        .status,
    ).toBe(403);
  });

  it('tells a load balancer that it lives and takes calls, without a key', async () => {
    const { url } = await gatewayOf(hello, { keys: ['k'] });
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect((await fetch(`${url}/v1/models`)).status).toBe(401);
  });
});

describe('ready', () => {
  const ready = (client: object) =>
    createHandler({ client: { env: {}, ...client } })(new Request('http://localhost/ready'));

  it('is a gateway that can ask somebody', async () => {
    const refused = await ready({ provider: 'openai' });
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('no key');
    expect((await ready({ provider: madeUp(hello).options.client.provider })).status).toBe(200);
    // One that cannot be reached has its key all the same.
    const away = await ready({ provider: 'openai', apiKey: 'k', baseURL: 'http://127.0.0.1:9/v1' });
    expect(away.status).toBe(200);
    const both = await ready({ provider: ['openai', madeUp(hello).options.client.provider] });
    expect(both.status).toBe(200);
  });

  it('needs a key of anybody where no provider is named', async () => {
    expect((await ready({})).status).toBe(503);
    expect((await ready({ env: { OPENAI_API_KEY: 'k' } })).status).toBe(200);
  });
});

describe('createHandler', () => {
  it('answers without Node, too, and stops when the signal of the request says so', async () => {
    const { options } = madeUp(hello);
    const handler = createHandler(options);
    const asked = (init: RequestInit) =>
      handler(new Request('http://localhost/v1/chat/completions', { method: 'POST', ...init }));
    const answer = await asked({ body: JSON.stringify({ ...chat, stream: true }) });
    expect(await answer.text()).toMatch(/Hello[\s\S]*data: \[DONE\]\n\n$/);
    const left = await asked({ body: JSON.stringify(chat), signal: AbortSignal.abort() });
    expect(left.status).toBe(503);
  });

  it('is not made with options that it does not know', () => {
    for (const options of [
      { kyes: ['a'] },
      { client: 5 },
      { keys: 'a' },
      { keys: [''] },
      { keys: [' '] },
      { cors: 'x' },
      { cors: ['chat.example.com'] },
      { cors: ['https://chat.example.com/app'] },
      { cors: ['https://chat.example.com/?a'] },
      { cors: ['https://user@chat.example.com'] },
      { cors: ['https://*.example.com'] },
      { cors: ['null'] },
      { cors: ['*'] },
      { hosts: 'x' },
      { hosts: ['https://gateway.local'] },
      { hosts: ['gateway.local/app'] },
      { hosts: ['*.local'] },
      { hosts: [''] },
      { bodyLimit: 0 },
    ])
      expect(() => createHandler(options as never)).toThrow(G4FError);
  });
});

describe('serve', () => {
  it('says that a port is in use', async () => {
    const { port } = await gatewayOf(hello);
    await expect(serve({ port })).rejects.toThrow(/the port is in use/);
  });

  it('opens to others only with keys, or when told that it is insecure', async () => {
    await expect(serve({ port: 0, host: '0.0.0.0' })).rejects.toThrow(/keys/);
    await expect(serve({ port: 0, host: '1.2.3', insecure: true })).rejects.toThrow(
      'server: host must be an address written out in full',
    );
    const { port } = await gateway({ ...madeUp(hello).options, host: '0.0.0.0', keys: ['k'] });
    expect((await raw(`http://127.0.0.1:${port}/v1/models`, { host: 'box.example' })).status).toBe(401);
    const open = await gateway({ ...madeUp(hello).options, host: '0.0.0.0', insecure: true });
    expect((await raw(`http://127.0.0.1:${open.port}/v1/models`, { host: 'box.example' })).status).toBe(200);
  });

  it('leaves a client open that the program made', async () => {
    const client = new AsyncClient(madeUp(hello).options.client);
    const server = await serve({ port: 0, client });
    await server.close();
    const answer = await client.chat.completions.create({ model: 'model-a', messages: 'Hello' });
    expect(answer.choices[0]?.message.content).toBe('Hello');
  });
});
