// The list of models: every family without a provider, what a provider offers now with one.
import type { Provider } from '@g4f/core';
import { registry } from '@g4f/providers';
import { FACTS_READ } from '@g4f/providers/models';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import type { CallOptions } from '../src/surface/options.ts';
import { failureOf, fakeProvider, saying } from './fake-provider.ts';
import { type FakeService, json, sayHello, startService } from './fake-service.ts';

let service: FakeService;
let client: AsyncClient;
beforeAll(async () => {
  service = await startService();
  client = new AsyncClient({ baseURL: service.url, env: {} });
});
afterAll(() => service.close());
beforeEach(() => {
  service.answer = sayHello;
});

describe('models.list', () => {
  it('without a provider: every family, and who offers it', async () => {
    const { object, data } = await new AsyncClient({ env: {} }).models.list();
    expect(object).toBe('list');
    const ids = data.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a.localeCompare(b)));
    const offered = Object.values(registry).flatMap(({ id, models, modelsFor }) =>
      Object.keys(Object.assign({}, models, ...Object.values(modelsFor ?? {}))).map(
        (family) => `${family} by ${id}`,
      ),
    );
    expect(data.flatMap(({ id, providers }) => providers.map((by) => `${id} by ${by}`)).sort()).toEqual(
      offered.sort(),
    );
    expect(data.find(({ id }) => id === 'claude-haiku-4.5')).toEqual({
      id: 'claude-haiku-4.5',
      object: 'model',
      created: 0,
      owned_by: 'anthropic',
      providers: ['anthropic'],
      family: 'claude-haiku-4.5',
      aliases: ['claude-haiku-4-5', 'claude-haiku-4-5-20251001'],
      context_length: 200_000,
      input: ['text', 'image'],
      output: ['text'],
      price: { input: 1, output: 5 },
      retrieved: FACTS_READ,
    });
    expect(data.find(({ id }) => id === 'gpt-6-luna')?.created).toBe(Date.UTC(2026, 8, 22) / 1000);
    expect(data.find(({ id }) => id === 'gpt-4')).toMatchObject({
      ended: '2026-10-23',
      successor: 'gpt-5.6-sol',
    });
    expect(data.find(({ id }) => id === 'gpt-4-turbo')).toMatchObject({
      providers: [],
      input: ['text', 'image'],
    });
  });

  it('of a provider: what it offers now', async () => {
    service.answer = (response) =>
      json(response, { data: [{ id: 'a', created: 7, owned_by: 'me' }, { id: 'b' }] });
    const before = Date.now();
    const list = await client.models.list();
    const retrieved = list.data[0]?.retrieved ?? '';
    expect(Date.parse(retrieved)).toBeGreaterThanOrEqual(before);
    expect(list).toEqual({
      object: 'list',
      data: [
        { id: 'a', object: 'model', created: 7, owned_by: 'me', providers: ['custom'], retrieved },
        { id: 'b', object: 'model', created: 0, owned_by: 'custom', providers: ['custom'], retrieved },
      ],
    });
    expect(service.requests.at(-1)).toMatchObject({ method: 'GET', path: '/v1/models' });
  });

  it('of several, and of one that cannot list: what it declares', async () => {
    const listing = fakeProvider('listing', saying(), { listModels: async () => [{ id: 'live' }] });
    const { data } = await new AsyncClient().models.list({
      provider: [listing, fakeProvider('plain', saying())],
    });
    expect(data.map(({ id, providers }) => `${providers} ${id}`)).toEqual([
      'listing live',
      'plain plain-model',
    ]);
  });

  it('fails as a G4FError, whatever the provider does', async () => {
    const client = new AsyncClient({ env: {} });
    const list = (listModels: NonNullable<Provider['listModels']>, more: object = {}) =>
      failureOf(client.models.list({ provider: fakeProvider('one', saying(), { listModels }), ...more }));
    expect(await list(() => Promise.reject(new TypeError('oops')))).toMatchObject({
      code: 'internal',
      provider: 'one',
      message: 'one: oops. The provider failed with an error of its own; report it to its author.',
    });
    const never = () => new Promise<never>(() => undefined);
    expect(await list(never, { timeout: 20 })).toMatchObject({ code: 'timeout', phase: 'total' });
    expect(await list(never, { timeout: { firstContent: 20 } })).toMatchObject({ phase: 'first-content' });
    expect(await list(never, { signal: AbortSignal.timeout(20) })).toMatchObject({ code: 'aborted' });
    expect(await list(async () => [], { signal: AbortSignal.abort() })).toMatchObject({ code: 'aborted' });
    service.answer = (response) => json(response, { error: { message: 'who are you?' } }, 401);
    expect(await failureOf(client.models.list({ refresh: true }, { baseURL: service.url }))).toMatchObject({
      code: 'auth',
      status: 401,
    });
    expect((await failureOf(client.models.list({ provider: 'groq' }))).message).toBe(
      'groq: cannot list its models: set GROQ_API_KEY.',
    );
  });

  it('of a provider that lists a model we know: what is known of it besides', async () => {
    const listing = fakeProvider('listing', saying(), {
      listModels: async () => [{ id: 'Openai/GPT-4o:free', contextLength: 9 }, { id: 'gpt-4o-2024-08-06' }],
    });
    const { data } = await new AsyncClient({ env: {} }).models.list({ provider: listing });
    expect(data[0]).toMatchObject({ family: 'gpt-4o', context_length: 9, input: ['text', 'image'] });
    // The price is the maker's, and this is not its maker.
    expect(data[0]).not.toHaveProperty('price');
    // A dated snapshot is not the family itself.
    expect(data[1]).not.toHaveProperty('family');
  });

  it('knows the family behind an id that only this provider has', async () => {
    const listing = fakeProvider('listing', saying(), {
      models: { 'gpt-oss-120b': 'big-one' },
      listModels: async () => [{ id: 'big-one' }, { id: 'someone/gpt-oss-120b' }],
    });
    const { data } = await new AsyncClient({ env: {} }).models.list({ provider: listing });
    expect(data[0]).toMatchObject({ id: 'big-one', family: 'gpt-oss-120b', context_length: 131_072 });
    expect(data[1]).not.toHaveProperty('family');
  });

  it('is kept for an address of the caller as well', async () => {
    service.answer = (response) => json(response, { data: [{ id: 'a' }] });
    const other = new AsyncClient({ baseURL: `${service.url}/kept`, env: {} });
    const [first, second] = [await other.models.list(), await other.models.list()];
    expect(second).toEqual(first);
    expect(service.requests.filter(({ path }) => path.includes('/kept/'))).toHaveLength(1);
  });

  it('is kept for a while, for the same key, unless it is to be refreshed', async () => {
    let asked = 0;
    const listing = fakeProvider('listing', saying(), {
      key: 'optional',
      env: ['K'],
      listModels: async () => [{ id: `list-${++asked}` }],
    });
    const list = async (params: object = {}, env = {}, options: CallOptions = {}) =>
      (await new AsyncClient({ env }).models.list({ provider: listing, ...params }, options)).data[0]?.id;
    expect(await list()).toBe('list-1');
    expect(await list()).toBe('list-1');
    expect(await list({}, {}, { apiKey: 'k' })).toBe('list-2');
    expect(await list({}, { K: 'other' })).toBe('list-3');
    expect(await list({ refresh: true })).toBe('list-4');
    expect(await list()).toBe('list-4');
  });

  it('of everything that can be used now: families, live lists, and what could not be told', async () => {
    service.answer = (response, { path }) =>
      path.startsWith('/groq')
        ? json(response, {
            data: [{ id: 'live-one' }, { id: 'qwen/qwen3.8-27b' }, { id: 'openai/gpt-oss-20b:free' }],
          })
        : json(response, { error: 'no' }, 500);
    const { origin } = new URL(service.url);
    const env = {
      GROQ_API_KEY: 'g',
      GROQ_BASE_URL: `${origin}/groq`,
      XAI_API_KEY: 'x',
      XAI_BASE_URL: `${origin}/xai`,
      // They need no key: without these lines they would be asked for real.
      POLLINATIONS_BASE_URL: `${origin}/none`,
      AIRFORCE_BASE_URL: `${origin}/none`,
    };
    const warned: unknown[] = [];
    const onWarning = (warning: Error) => warned.push(warning.message);
    process.on('warning', onWarning);
    const { data, errors } = await new AsyncClient({ env }).models.list({ live: true });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect(warned).toEqual([]);
    expect(data.find(({ id }) => id === 'live-one')).toMatchObject({ providers: ['groq'] });
    expect(data.find(({ id }) => id === 'gpt-4')).toMatchObject({ family: 'gpt-4' });
    // What groq offers as a family is there as that family, once; what it lists besides stays under its own id.
    expect(data.map(({ id }) => id)).not.toContain('qwen/qwen3.8-27b');
    expect(data.find(({ id }) => id === 'openai/gpt-oss-20b:free')).toMatchObject({
      family: 'gpt-oss-20b',
      providers: ['groq'],
    });
    expect(errors).toContainEqual({
      provider: 'xai',
      code: 'server',
      message: expect.stringContaining('500'),
    });
    expect(service.requests.every(({ path }) => !path.startsWith('/github'))).toBe(true);
  });

  it('of everything, given up: the reason of the caller, as for every call', async () => {
    service.answer = () => undefined;
    const { origin } = new URL(service.url);
    const env = {
      GROQ_API_KEY: 'g',
      GROQ_BASE_URL: `${origin}/silent`,
      POLLINATIONS_BASE_URL: `${origin}/silent`,
      AIRFORCE_BASE_URL: `${origin}/silent`,
    };
    const list = (options: object) =>
      failureOf(new AsyncClient({ env }).models.list({ live: true, ...options }));
    expect(await list({ signal: AbortSignal.timeout(50) })).toMatchObject({ code: 'aborted' });
    expect(await list({ timeout: 50 })).toMatchObject({ code: 'timeout', phase: 'total' });
  });
});
