// What callers are told of failures that are not theirs, and by which name of a field.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AsyncClient } from '@g4f/client';
import { G4FError, LIMITS } from '@g4f/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failedAddresses, withoutAddresses } from '../src/failure/hidden-addresses.ts';
import { failing, gateway, gatewayOf, post, saying, start, stop, text } from './made-up.ts';

const chat = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };
const errorOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { message: string; param: unknown; code: string } };
  return error;
};

/** A gateway before a service that answers everything with this. */
async function before(status: number, type: string, body: string) {
  const service = createServer((_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  onTestFinished(() => void service.close());
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  const baseURL = `http://127.0.0.1:${port}/v1`;
  const client = { provider: 'openai', apiKey: 'k', baseURL, maxRetries: 0, env: {} } as const;
  return `${(await gateway({ client })).url}/v1/chat/completions`;
}

it('says that one was asked where one alone was, whatever it said', async () => {
  for (const status of [400, 402, 422, 429, 500]) {
    const url = await before(status, 'application/json', '{"error":{"message":"No."}}');
    expect((await post(url, chat)).headers.get('x-g4f-attempts')).toBe('1');
  }
  const url = await before(200, 'text/html', '<p>Hello');
  expect((await post(url, { ...chat, temperature: 'warm' })).headers.get('x-g4f-attempts')).toBeNull();
});

describe('advice', () => {
  const OF_THE_LIBRARY =
    /\.(?:list|create|generate|retrieve)\b|baseURL|apiKey|timeout\.|npm |G4F_|constructor|with provider\b|[Ss]et a valid/;

  it.each([
    [404, 'application/json', '{"error":{"message":"No such model."}}', /GET \/v1\/models/],
    [401, 'application/json', '{"error":{"message":"No."}}', /[Tt]ell the operator of this gateway/],
    [405, 'text/plain', 'No.', /Tell the operator|tell the operator/],
    [200, 'text/html', '<p>Hello', /tell the operator of this gateway/],
  ])(
    'of a service that says %i is what a caller over HTTP can follow',
    async (status, type, body, advised) => {
      const { message } = await errorOf(await post(await before(status, type, body), chat));
      expect(message).toMatch(advised);
      expect(message).not.toMatch(OF_THE_LIBRARY);
    },
  );

  it.each([
    ['no-such-model', /GET \/v1\/models names the families/],
    ['omni-moderation-latest', /use POST \/v1\/moderations\./],
    ['text-embedding-3-small', /use POST \/v1\/embeddings\./],
    ['gpt-4o', /GET \/v1\/models/],
  ])('about the model %s is what a caller over HTTP can follow', async (model, advised) => {
    const { url } = await gateway({ client: { env: {} } });
    const { message } = await errorOf(await post(`${url}/v1/chat/completions`, { ...chat, model }));
    expect(message).toMatch(advised);
    expect(message).not.toMatch(OF_THE_LIBRARY);
  });

  it('about a deadline names none of the operator’s options', async () => {
    const service = createServer(() => undefined);
    onTestFinished(() => service.closeAllConnections());
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void service.close());
    const baseURL = `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1`;
    const timeout = { headers: 20, firstContent: 20 };
    const client = { provider: 'openai', apiKey: 'k', baseURL, maxRetries: 0, env: {}, timeout } as const;
    const { message } = await errorOf(
      await post(`${(await gateway({ client })).url}/v1/chat/completions`, chat),
    );
    expect(message).toMatch(/Try again, or choose another provider\./);
    expect(message).not.toMatch(OF_THE_LIBRARY);
  });
});

describe('param', () => {
  it('is the field that the gateway or its client names', async () => {
    const { url } = await gatewayOf(saying([start()], [text('Hello')], [stop]));
    for (const [body, param] of [
      [{ ...chat, messages: [{ role: 'nobody', content: 'a' }] }, 'messages[0].role'],
      [{ ...chat, temperature: 'warm' }, 'temperature'],
      [{ ...chat, extraBody: {} }, 'extraBody'],
      [{ ...chat, stream: 'yes' }, 'stream'],
    ] as const)
      expect(await errorOf(await post(`${url}/v1/chat/completions`, body))).toMatchObject({ param });
  });

  it('is no word of a provider’s', async () => {
    for (const message of ['prompt is too long for this one.', 'upstream: no.', 'quota must be raised.']) {
      const { url } = await gatewayOf(
        failing(new G4FError(message, { code: 'invalid-request', provider: 'made-up' }), [start()]),
      );
      const answer = await post(`${url}/v1/chat/completions`, chat);
      expect(answer.status).toBe(400);
      expect(await errorOf(answer)).toMatchObject({ param: null });
      const service = await before(400, 'application/json', JSON.stringify({ error: { message } }));
      expect(await errorOf(await post(service, chat))).toMatchObject({ param: null });
    }
  });
});

describe('what a caller is told', () => {
  it.each([false, true])('names no address of the operator’s (stream: %s)', async (stream) => {
    const chosen = {
      provider: ['openai', 'groq'],
      maxRetries: 0,
      env: {
        ...{ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://127.0.0.1:9/secret-path/v1' },
        ...{ GROQ_API_KEY: 'k', GROQ_BASE_URL: 'https://secret-host.invalid/v1' },
      },
    };
    const { url } = await gateway({ client: chosen });
    const answer = await post(`${url}/v1/chat/completions`, { ...chat, stream });
    const told = (await errorOf(answer)).message;
    expect(told).toContain('openai: its address did not answer');
    expect(told).toContain('groq: its address did not answer');
    expect(told).not.toMatch(/127\.0\.0\.1|secret/);
  });

  it('nor of a proxy', async () => {
    const client = {
      provider: 'openai',
      apiKey: 'k',
      proxy: 'http://127.0.0.1:9',
      maxRetries: 0,
      env: {},
    } as const;
    const { url } = await gateway({ client });
    const told = (await errorOf(await post(`${url}/v1/chat/completions`, chat))).message;
    expect(told).toContain('its address');
    expect(told).not.toContain('127.0.0.1');
  });

  it.each([
    { backends: [{ id: 'mine', baseURL: 'http://127.0.0.1:9/secret' }], provider: 'mine' },
    { provider: 'ollama', env: { OLLAMA_HOST: '127.0.0.1:9' } },
    {
      provider: 'azure-openai',
      env: { AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_ENDPOINT: 'http://127.0.0.1:9' },
    },
  ] as const)('nor of a row, nor of a variable: $provider', async (chosen) => {
    const { url } = await gateway({ client: { env: {}, maxRetries: 0, ...chosen } });
    const answer = await post(`${url}/v1/chat/completions`, chat);
    const told = (await errorOf(answer)).message;
    expect(told).not.toMatch(/127\.0\.0\.1|secret/);
    for (const path of ['/v1/models', '/api/tags'])
      expect(await (await fetch(url + path)).text()).not.toMatch(/127\.0\.0\.1|secret/);
  });

  it('nor of a client made elsewhere', async () => {
    const client = new AsyncClient({
      ...{ provider: 'openai', apiKey: 'k', proxy: 'http://127.0.0.1:9', maxRetries: 0, env: {} },
    });
    const { url } = await gateway({ client });
    const told = (await errorOf(await post(`${url}/v1/chat/completions`, chat))).message;
    expect(told).toContain('its address');
    expect(told).not.toContain('127.0.0.1');
  });

  it('nor any that is private, unless the caller wrote it', async () => {
    const words =
      'no http://10.0.0.7:8000/v1, host gpu-box:8000, db.lan:80, 10.1.2.3, [::1]:99, ENOTFOUND ollama: 1.5';
    const error = new G4FError(`${words} and https://caller.lan/cat.png?.`, { code: 'server' });
    const { url } = await gatewayOf(failing(error));
    const told = async (content: string) =>
      (
        await errorOf(
          await post(`${url}/v1/chat/completions`, { ...chat, messages: [{ role: 'user', content }] }),
        )
      ).message;
    expect(await told('See https://caller.lan/cat.png')).toContain(
      'no its address, host its address, its address, its address, its address, ENOTFOUND its address: 1.5 and https://caller.lan/cat.png?.',
    );
    expect(await told('Hello')).not.toContain('caller');
  });

  it.each([
    'upstream gpu-box:8000 refused',
    'cannot connect to gpu-box:8000',
    'dial tcp vllm:8000: refused',
    'connect ECONNREFUSED vllm:8000',
    'getaddrinfo ENOTFOUND box',
    'see http://vllm:8000/v1 and http://box/',
    'see https://user@docs.example.com/',
    'https://gateway.example.com:8443/v1 broke',
    'lookup vllm.models.svc:80',
    'https://wiki.corp/limits',
    'localhost:8000',
    '[fd00::1]:8000 and fe80::1',
    'your address 203.0.113.7 may not ask',
    'redis://user:secret@box.example.com/0 is down',
    'amqp://guest:guest@vllm.lan',
    'redis://vault.example.com/0 is down',
  ])('hides what is private: %s', (message) => {
    const told = withoutAddresses({ status: 502, code: 'server', message }, []).message;
    expect(told).toContain('its address');
    expect(told).not.toMatch(/box|vllm|8000|8443|docs|wiki|203|fe80|svc|secret|guest|vault/);
  });

  it('looks into a large body once, however many addresses are told', () => {
    let looks = 0;
    const written = {
      get messages() {
        looks += 1;
        return ['see 10.0.0.1'];
      },
    };
    const message = Array.from({ length: 50 }, (_, at) => `10.0.0.${at}`).join(' ');
    const told = withoutAddresses({ status: 502, code: 'server', message }, [], written).message;
    expect(told).toContain('its address 10.0.0.1 its address');
    expect(looks).toBe(1);
  });

  it.each([
    'max:32768 is too much: at most max-tokens:8192',
    'see https://platform.openai.com/account/api-keys.',
    'Go to https://console.anthropic.com/settings/limits (or https://docs.example.com/a?b=c#d).',
    'no model gpt-oss:20b, llama3.1:70b or qwen2.5:32768',
    'at 12:30:45 of 2026-01-02, version 1.2.3',
    'body.temperature:10 is wrong',
    'ratio 16:9, id a:1234b',
  ])('leaves the words of a service: %s', (message) => {
    expect(withoutAddresses({ status: 400, code: 'invalid-request', message }, []).message).toBe(message);
  });

  it('hides the address of a connection that failed, wherever it is named', () => {
    const network = {
      code: 'network',
      message: 'a: https://proxy.example.com did not answer (see https://docs.example.com).',
    };
    const thrown = {
      code: 'no-provider',
      message: `All failed. ${network.message} b: see https://platform.openai.com/docs.`,
      attempts: [network, { code: 'auth', message: 'b: see https://platform.openai.com/docs.' }],
    };
    const failure = { status: 503, code: 'no-provider', message: thrown.message } as const;
    expect(withoutAddresses(failure, failedAddresses(thrown)).message).toBe(
      'All failed. a: its address did not answer (see its address). b: see https://platform.openai.com/docs.',
    );
    const written = { image: 'https://proxy.example.com' };
    expect(withoutAddresses(failure, failedAddresses(thrown, written), written).message).toContain(
      'https://proxy.example.com did not answer',
    );
  });

  it('and no half of one is hidden', () => {
    const failure = { status: 502, code: 'server', message: 'At 127.0.0.1, and 127.0.0.12' } as const;
    expect(withoutAddresses(failure, ['http://127.0.0.1:9'], ['127.0.0.12']).message).toBe(
      'At its address, and 127.0.0.12',
    );
    const long = { ...failure, message: 'a.'.repeat(50_000) + '1:'.repeat(50_000) };
    const before = performance.now();
    withoutAddresses(long, []);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('nor in the middle of a stream', async () => {
    const service = createServer((_, response) => {
      const delta = JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hi' } }] });
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${delta}\n\n`);
      setImmediate(() => response.destroy());
    });
    onTestFinished(() => void service.close());
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const { port } = service.address() as AddressInfo;
    const baseURL = `http://127.0.0.1:${port}/v1`;
    const { url } = await gateway({ client: { provider: 'openai', apiKey: 'k', baseURL, env: {} } });
    const said = await (await post(`${url}/v1/chat/completions`, { ...chat, stream: true })).text();
    expect(said).toContain('its address broke in mid-answer');
    expect(said).not.toContain(String(port));
  });
});

it('a body of very many messages is refused before they are looked at', async () => {
  const { url, seen } = await gatewayOf(saying([start()], [text('Hello')], [stop]));
  const many = (count: number) => ({ ...chat, messages: Array(count).fill(chat.messages[0]) });
  const answer = await post(`${url}/v1/chat/completions`, many(LIMITS.bodyObjects));
  expect(answer.status).toBe(413);
  expect((await errorOf(answer)).message).toContain(`${LIMITS.bodyObjects} lists and objects (messages`);
  expect(seen.requests).toEqual([]);
  expect((await post(`${url}/v1/chat/completions`, many(1_000))).status).toBe(200);
});

describe('a firewall before a service', () => {
  it('is a bad gateway, and a key that is refused is not', async () => {
    const page = await before(403, 'text/html', '<!doctype html><html><title>Blocked</title></html>');
    expect((await post(page, chat)).status).toBe(502);
    const refused = await before(401, 'application/json', '{"error":{"message":"Incorrect API key"}}');
    expect((await post(refused, chat)).status).toBe(401);
  });
});
