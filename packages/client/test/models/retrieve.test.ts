// `models.retrieve` and going through `models.list()`, on both faces.
import type { Provider } from '@g4f/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { stock } from '../fake-catalog.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';
import { type FakeService, json, startService } from '../fake-service.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

const lists = (id: string, models: Provider['models'], live: readonly string[]): Provider =>
  fakeProvider(id, saying(), {
    models,
    listModels: async () => live.map((one) => ({ id: one, contextLength: 7 })),
  });

const client = new AsyncClient({ env: {} });
beforeEach(() =>
  stock(
    lists('acme', { 'gpt-4o': 'acme/gpt-4o', 'gpt-oss-120b': 'openai/gpt-oss-120b' }, [
      'acme/gpt-4o',
      'org/own-model',
      'openai/gpt-oss-120b',
    ]),
    lists('bolt', { 'gpt-4o': 'gpt-4o' }, ['gpt-4o', 'bolt-1']),
  ),
);

describe('a model by its name alone', () => {
  it.each([
    ['its family', 'gpt-4o', 'gpt-4o'],
    ['blanks around it', ' gpt-4o ', 'gpt-4o'],
    ['another name of it', 'openai/gpt-4o', 'gpt-4o'],
    ['an alias', 'claude-haiku-4-5-20251001', 'claude-haiku-4.5'],
    ['the id of a service, with a slash', 'acme/gpt-4o', 'gpt-4o'],
  ])('%s', async (_, name, family) => {
    expect(await client.models.retrieve(name)).toMatchObject({ id: family, object: 'model', family });
  });

  it('says who offers it, and what is known of it', async () => {
    const list = await client.models.list();
    const model = await client.models.retrieve('gpt-4o');
    expect(model).toEqual(list.data.find(({ id }) => id === 'gpt-4o'));
    expect(model.providers).toEqual(['acme', 'bolt']);
  });

  it('of a dated snapshot is no more than its family', async () => {
    expect(await client.models.retrieve('gpt-4o-2024-08-06')).toEqual({
      id: 'gpt-4o-2024-08-06',
      object: 'model',
      created: 0,
      owned_by: 'openai',
      providers: [],
      family: 'gpt-4o',
    });
  });

  it.each([
    ['gpt-4oo', /^no provider offers a model called "gpt-4oo"\. Did you mean gpt-4o/],
    ['who/ever', /^no provider offers a model called "who\/ever"\. /],
    ['x'.repeat(5000), /^no provider offers a model called a text of 5000 characters\. models\.list/],
  ])('that is none is an error with near names: %.20s', async (name, message) => {
    expect(await failureOf(client.models.retrieve(name))).toMatchObject({
      code: 'model-not-found',
      message: expect.stringMatching(message),
    });
  });

  it.each(['', '  ', undefined, 5, { model: 'gpt-4o' }])('that is no name is refused: %j', async (name) => {
    expect(await failureOf(client.models.retrieve(name as string))).toMatchObject({
      code: 'invalid-request',
      message: 'models.retrieve: the name of a model was expected, as retrieve("gpt-5.2").',
    });
  });
});

describe('a model of a provider that is named', () => {
  it.each([
    ['acme:org/own-model', 'org/own-model', 'acme'],
    ['acme/org/own-model', 'org/own-model', 'acme'],
    ['bolt:bolt-1', 'bolt-1', 'bolt'],
    ['acme:gpt-4o', 'acme/gpt-4o', 'acme'],
    ['acme:gpt-oss-120b', 'openai/gpt-oss-120b', 'acme'],
  ])('is asked live: %s', async (name, id, provider) => {
    const model = await client.models.retrieve(name);
    expect(model).toMatchObject({ id, providers: [provider], context_length: 7 });
    expect(model.retrieved).toMatch(/T/);
  });

  it('by the option is asked live, too', async () => {
    expect(await client.models.retrieve('org/own-model', { provider: 'acme' })).toMatchObject({
      id: 'org/own-model',
      providers: ['acme'],
    });
    expect(await failureOf(client.models.retrieve('org/own-modell', { provider: 'acme' }))).toMatchObject({
      code: 'model-not-found',
      provider: 'acme',
      message: expect.stringMatching(
        /^acme lists no model called "org\/own-modell"\. Did you mean org\/own-model/,
      ),
    });
  });

  it('that is not known, or cannot be used, is an error', async () => {
    expect((await failureOf(client.models.retrieve('x', { provider: 'acmee' }))).message).toContain('acmee');
    stock({ ...lists('acme', {}, []), key: 'required', env: ['ACME_API_KEY'] });
    expect(await failureOf(client.models.retrieve('acme:x'))).toMatchObject({ code: 'no-provider' });
  });
});

describe('at an address', () => {
  let service: FakeService;
  beforeAll(async () => {
    service = await startService((response) => json(response, { data: [{ id: 'a/b', owned_by: 'me' }] }));
  });
  afterAll(() => service.close());

  it('the list is asked for', async () => {
    expect(await client.models.retrieve('a/b', { baseURL: service.url })).toMatchObject({
      id: 'a/b',
      owned_by: 'me',
      providers: ['custom'],
    });
    service.answer = (response) => json(response, { error: { message: 'no' } }, 401);
    const other = new AsyncClient({ env: {}, baseURL: `${service.url}/other` });
    expect(await failureOf(other.models.retrieve('a/b'))).toMatchObject({ code: 'auth' });
  });
});

describe('models.list', () => {
  it('can be awaited, gone through at once, and gone through afterwards', async () => {
    const page = await client.models.list({ provider: 'acme' });
    const ids = ['acme/gpt-4o', 'org/own-model', 'openai/gpt-oss-120b'];
    expect(page.data.map(({ id }) => id)).toEqual(ids);
    const gone: string[] = [];
    for await (const { id } of client.models.list({ provider: 'acme' })) gone.push(id);
    expect(gone).toEqual(ids);
    expect(Array.from(page, ({ id }) => id)).toEqual(ids);
    const later: string[] = [];
    for await (const { id } of page) later.push(id);
    expect(later).toEqual(ids);
    expect(JSON.parse(JSON.stringify(page))).toEqual({ object: 'list', data: page.data });
  });

  it('fails in the loop as it does when it is awaited', async () => {
    const looping = (async () => {
      for await (const _ of client.models.list({ provider: 'nobody' }));
    })();
    const error = await failureOf(looping);
    expect(error.code).toBe('no-provider');
    expect((await failureOf(client.models.list({ provider: 'nobody' }))).message).toBe(error.message);
  });
});
