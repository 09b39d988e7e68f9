// Virtual keys: who may ask what, and what a caller is told whose key does not let it, in the form of each API.
import { AsyncClient } from '@g4f/client';
import type { Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { createHandler, serve } from '../../src/index.ts';
import { post, saying, start, stop, text, usage } from '../made-up.ts';
import { ADMIN_KEY, hello, keyedGateway } from './keyed-gateway.ts';

const answers = saying([start()], [text('Hello')], [usage, stop]);

describe('a virtual key', () => {
  it('is asked for, and lets its caller in until it is disabled, expired, rotated or deleted', async () => {
    const { url, ask, make, admin, seen } = await keyedGateway(answers);
    expect((await post(`${url}/v1/chat/completions`, hello)).status).toBe(401);
    expect((await ask('sk-g4f-guessed')).status).toBe(401);
    expect(seen.requests).toEqual([]);
    const { key, id } = await make();
    expect(key).toMatch(/^sk-g4f-[0-9a-f]{64}$/);
    expect((await ask(key)).status).toBe(200);
    await admin('PATCH', `/keys/${id}`, { disabled: true });
    const disabled = await ask(key);
    expect([disabled.status, await disabled.text()]).toEqual([401, expect.stringContaining('is disabled')]);
    await admin('PATCH', `/keys/${id}`, { disabled: false, expires: '2020-01-01' });
    const expired = await ask(key);
    expect([expired.status, await expired.text()]).toEqual([401, expect.stringContaining('has expired')]);
    await admin('PATCH', `/keys/${id}`, { expires: null });
    const { said } = await admin('POST', `/keys/${id}/rotate`);
    expect([(await ask(key)).status, (await ask(String(said.key))).status]).toEqual([401, 200]);
    expect((await admin('DELETE', `/keys/${id}`)).status).toBe(200);
    expect((await ask(String(said.key))).status).toBe(401);
  });

  it('is told wherever clients put theirs, beside the keys of the options, which nothing limits', async () => {
    const { url, make, rows } = await keyedGateway(answers, { keys: ['of-the-operator'] });
    const { key } = await make({ limits: [{ requests: 3, per: 'total' }] });
    const status = async (headers: Record<string, string>) =>
      (await post(`${url}/v1/chat/completions`, hello, headers)).status;
    expect(await status({ 'x-api-key': key })).toBe(200);
    expect(await status({ 'x-goog-api-key': key })).toBe(200);
    expect((await post(`${url}/v1/chat/completions?key=${key}`, hello)).status).toBe(200);
    expect(await status({ 'x-api-key': key })).toBe(429);
    for (let time = 0; time < 5; time += 1)
      expect(await status({ authorization: 'Bearer of-the-operator' })).toBe(200);
    expect(await rows()).toHaveLength(4);
  });

  it('asks for the models that it may, and sees no others', async () => {
    const { url, ask, make, seen, rows } = await keyedGateway(answers);
    const { key } = await make({ models: ['org/*', 'model-b'] });
    const refused = await ask(key);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      error: { type: 'permission_error', code: 'forbidden', message: expect.stringContaining('"model-a"') },
    });
    expect(seen.requests).toEqual([]);
    expect((await ask(key, { model: 'org/model-b' })).status).toBe(200);
    const headers = { authorization: `Bearer ${key}` };
    const list = async (path: string) =>
      JSON.stringify(await (await fetch(`${url}${path}`, { headers })).json());
    for (const path of ['/v1/models', '/v1beta/models', '/api/tags'])
      expect([path, await list(path)]).toEqual([path, expect.not.stringContaining('model-a')]);
    expect(await list('/v1/models')).toContain('org/model-b');
    expect((await fetch(`${url}/v1/models/model-a`, { headers })).status).toBe(404);
    expect(await rows()).toMatchObject([
      { model: 'org/model-b', status: 200 },
      { model: 'model-a', status: 403, provider: '' },
    ]);
  });

  it('sees models that it may ask of one provider alone under the name by which it may', async () => {
    const models = { 'model-own': ['made-up:model-a'] };
    const { url, ask, make } = await keyedGateway(answers, { models });
    const { key } = await make({ models: ['made-up:model-*'] });
    const headers = { authorization: `Bearer ${key}` };
    const { data } = Object(await (await fetch(`${url}/v1/models`, { headers })).json());
    const ids: unknown[] = data.map(({ id }: { readonly id: unknown }) => id);
    expect(ids).toContain('made-up:model-a');
    // A name of the gateway's own is none of the provider's.
    expect(ids).not.toContain('made-up:model-own');
    for (const model of ids) expect([model, (await ask(key, { model })).status]).toEqual([model, 200]);
    expect((await fetch(`${url}/v1/models/made-up:model-a`, { headers })).status).toBe(200);
  });

  it('sees a model of several names under those by which it may ask for it', async () => {
    const backends = [{ id: 'mine', baseURL: 'http://127.0.0.1:9', models: { 'llama-4-scout': 'scout' } }];
    const wrap = (provider: Provider): Provider => ({
      ...provider,
      chat: answers,
      listModels: async () => [],
    });
    const { url, ask, make } = await keyedGateway(answers, { client: { backends, wrap, env: {} } });
    const { key } = await make({ models: ['llama-4-scout-17b-16e-instruct'] });
    const headers = { authorization: `Bearer ${key}` };
    const { data } = Object(await (await fetch(`${url}/v1/models`, { headers })).json());
    expect(data).toMatchObject([{ id: 'llama-4-scout-17b-16e-instruct', family: 'llama-4-scout' }]);
    for (const [model, status] of [
      ['llama-4-scout-17b-16e-instruct', 200],
      ['llama-4-scout', 403],
    ] as const) {
      const found = await fetch(`${url}/v1/models/${model}`, { headers });
      expect([model, found.ok, (await ask(key, { model })).status]).toEqual([model, status === 200, status]);
    }
  });

  it('is not told of the providers, which are the operator’s', async () => {
    const { url, make } = await keyedGateway(answers, { keys: ['of-the-operator'] });
    const { key } = await make();
    const status = async (of: string) =>
      (await fetch(`${url}/v1/providers`, { headers: { authorization: `Bearer ${of}` } })).status;
    expect([await status(key), await status('of-the-operator')]).toEqual([403, 200]);
  });

  it('that may ask for some models chooses no other by another field', async () => {
    const { ask, make, seen } = await keyedGateway(answers);
    const [held, free] = [await make({ models: ['model-a'] }), await make()];
    for (const name of ['models', 'route', 'fallbacks', 'fallback_models', 'plugins', 'preset']) {
      const answer = await ask(held.key, { [name]: ['model-b'] });
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: { param: name } }]);
    }
    const nested = { stream: false, options: { models: ['model-b'] } };
    expect((await ask(held.key, nested, '/api/chat')).status).toBe(400);
    expect(seen.requests).toEqual([]);
    expect((await ask(free.key, { models: ['model-b'] })).status).toBe(200);
  });

  it.each([
    ['/v1/chat/completions', hello, { error: { type: 'rate_limit_error', code: 'insufficient_quota' } }],
    ['/v1/responses', { model: 'model-a', input: 'Hello' }, { error: { type: 'rate_limit_error' } }],
    ['/v1/messages', { ...hello, max_tokens: 9 }, { type: 'error', error: { type: 'rate_limit_error' } }],
    [
      '/v1beta/models/model-a:streamGenerateContent',
      { contents: [{ parts: [{ text: 'Hello' }] }] },
      { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } },
    ],
    ['/api/chat', hello, { error: expect.stringContaining('The limit of this key is 1 requests per day') }],
    ['/v1/embeddings', { model: 'model-a', input: 'Hello' }, { error: { code: 'insufficient_quota' } }],
  ])('whose limit is used up is told so at %s, and when to come again', async (path, body, form) => {
    const { url, make, seen } = await keyedGateway(answers);
    const { key } = await make({ limits: [{ requests: 1, per: 'day' }] });
    const asked = () => post(`${url}${path}`, body, { authorization: `Bearer ${key}` });
    expect((await asked()).status).toBe(200);
    const refused = await asked();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject(form);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(86_400);
    expect(seen.requests.length + seen.embeddings.length).toBe(1);
  });
});

describe('the options', () => {
  it('are refused where they cannot be what is meant', () => {
    for (const [options, why] of [
      [{ state: 'postgres://here' }, /state must be memory/],
      [{ state: 'sqlite:' }, /state must be memory/],
      [{ adminKey: ADMIN_KEY }, /state must be given/],
      [{ state: 'memory', adminKey: 'short' }, /adminKey/],
      [{ state: 'memory', onStateDown: 'ajar' }, /onStateDown/],
      [{ state: 'memory', stateTimeout: 0 }, /stateTimeout/],
      [{ state: 'memory', ledgerDays: 0.5 }, /ledgerDays/],
      [{ state: 'memory', client: new AsyncClient() }, /client must be the options/],
    ] as const)
      expect(() => createHandler(options as never)).toThrow(why);
  });

  it('let others in with virtual keys alone', async () => {
    const server = await serve({ port: 0, host: '0.0.0.0', state: 'memory' });
    expect((await fetch(`http://127.0.0.1:${server.port}/v1/models`)).status).toBe(401);
    await server.close();
  });
});
