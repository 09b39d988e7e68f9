// `models.list` and `models.retrieve` of the synchronous client: the same models and errors.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { failureOf } from '../fake-provider.ts';
import { startJsonService } from './json-service.ts';

const client = new Client({ env: {} });
const async = new AsyncClient({ env: {} });
let service: Awaited<ReturnType<typeof startJsonService>>;
beforeAll(async () => {
  service = await startJsonService({
    '/v1/models': { body: JSON.stringify({ object: 'list', data: [{ id: 'a/b', owned_by: 'me' }] }) },
  });
});
afterAll(async () => {
  client.close();
  await service.stop();
});
const here = (): CallOptions => ({ baseURL: `${service.url}/v1` });

describe('models.retrieve', () => {
  it.each(['gpt-4o', 'openai/gpt-4o', 'meta-llama/Llama-3.3-70B-Instruct'])('finds %s', async (name) => {
    expect(client.models.retrieve(name)).toEqual(await async.models.retrieve(name));
  });

  it('asks an address', async () => {
    const { retrieved: _, ...model } = client.models.retrieve('a/b', here());
    expect(model).toMatchObject({ id: 'a/b', providers: ['custom'] });
    const { retrieved: __, ...other } = await async.models.retrieve('a/b', here());
    expect(model).toEqual(other);
  });

  it.each(['gpt-4oo', '', 'groq:x', 5])('fails alike: %j', async (name) => {
    const error = await failureOf(async.models.retrieve(name as string));
    const thrown = await failureOf(() => client.models.retrieve(name as string));
    expect([thrown.code, thrown.message]).toEqual([error.code, error.message]);
  });
});

it('models.list can be gone through', async () => {
  const page = client.models.list({}, here());
  expect(Array.from(page, ({ id }) => id)).toEqual(['a/b']);
  expect(page.data.map(({ id }) => id)).toEqual(['a/b']);
  expect(Array.from(client.models.list(), ({ id }) => id)).toEqual(
    (await async.models.list()).data.map(({ id }) => id),
  );
});
