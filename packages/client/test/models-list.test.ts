// The list of models: every family without a provider, what a provider offers now with one.
import type { Provider } from '@g4f/core';
import { registry } from '@g4f/providers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
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
    const offered = Object.values(registry).flatMap(({ id, models }) =>
      Object.keys(models).map((family) => `${family} by ${id}`),
    );
    expect(data.flatMap(({ id, providers }) => providers.map((by) => `${id} by ${by}`)).sort()).toEqual(
      offered.sort(),
    );
    expect(data[0]).toMatchObject({ object: 'model', created: 0, owned_by: data[0]?.providers.join(', ') });
  });

  it('of a provider: what it offers now', async () => {
    service.answer = (response) =>
      json(response, { data: [{ id: 'a', created: 7, owned_by: 'me' }, { id: 'b' }] });
    expect(await client.models.list()).toEqual({
      object: 'list',
      data: [
        { id: 'a', object: 'model', created: 7, owned_by: 'me', providers: ['custom'] },
        { id: 'b', object: 'model', created: 0, owned_by: 'custom', providers: ['custom'] },
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
      code: 'bad-response',
      provider: 'one',
      message: 'one: oops. The backend failed with an error of its own; report it to its author.',
    });
    const never = () => new Promise<never>(() => undefined);
    expect(await list(never, { timeout: 20 })).toMatchObject({ code: 'timeout', phase: 'total' });
    expect(await list(never, { timeout: { firstContent: 20 } })).toMatchObject({ phase: 'first-content' });
    expect(await list(never, { signal: AbortSignal.timeout(20) })).toMatchObject({ code: 'aborted' });
    expect(await list(async () => [], { signal: AbortSignal.abort() })).toMatchObject({ code: 'aborted' });
    service.answer = (response) => json(response, { error: { message: 'who are you?' } }, 401);
    expect(await failureOf(client.models.list({ baseURL: service.url }))).toMatchObject({
      code: 'auth',
      status: 401,
    });
    expect((await failureOf(client.models.list({ provider: 'groq' }))).message).toBe(
      'groq: cannot list its models: set GROQ_API_KEY.',
    );
  });
});
