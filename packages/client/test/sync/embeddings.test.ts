// `embeddings.create` of the synchronous client: the same answers and errors, number by number.
import { afterAll, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { EmbeddingParams } from '../../src/surface/embeddings.ts';

const options = { env: {}, provider: new URL('./fixtures/embedder.mjs', import.meta.url), maxRetries: 0 };
const client = new Client(options);
const async = new AsyncClient(options);
afterAll(() => client.close());

it.each<Omit<EmbeddingParams, 'model'>>([
  { input: 'a' },
  { input: ['a', 'b', 'c'], dimensions: 3072 },
  // Longer than the ring between the threads: some vectors bend around its end.
  { input: Array.from({ length: 300 }, () => 'x'), dimensions: 384 },
  { input: Array.from({ length: 64 }, () => 'x'), dimensions: 1024 },
  { input: ['a', 'b'], encoding_format: 'base64' },
])('answers as AsyncClient does: %#', async (params) => {
  const asked = { model: 'vectors', ...params };
  expect(client.embeddings.create(asked)).toEqual(await async.embeddings.create(asked));
});

it.each([
  { input: [] },
  { input: 'refuse me' },
  { input: 'x', dimensions: -1 },
  { input: 'x', provider: 'nobody' },
])('fails as AsyncClient does: %j', async (params) => {
  const asked = { model: 'vectors', ...params };
  const error = await async.embeddings.create(asked).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(() => client.embeddings.create(asked)).toThrow(error instanceof Error ? error.message : '');
});
