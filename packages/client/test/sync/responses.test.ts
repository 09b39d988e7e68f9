// `responses.create` of the synchronous client: the same events, responses and errors as AsyncClient gives.
import type { ModelResponse, ResponseStreamEvent } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { SyncResponseStream, WholeResponseParams } from '../../src/surface/responses.ts';
import { collect } from '../fake-provider.ts';
import { type Service, startService } from './service.ts';

const options = { env: {}, provider: new URL('./fixtures/responder.mjs', import.meta.url), maxRetries: 0 };
const client = new Client(options);
const async = new AsyncClient(options);
afterAll(() => client.close());

/** Without the names that are new each time. */
const withoutIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/"(resp|msg|rs|fc)_[0-9a-f]{32}"/g, '"$1"'));

const PARAMS: readonly WholeResponseParams[] = [
  { model: 'family', input: 'hi' },
  { model: 'calling', input: [{ role: 'user', content: 'hi' }], instructions: 'Be short.' },
  { model: 'long', input: 'hi' },
];

it('gives what was asked for', () => {
  const { create } = client.responses;
  expectTypeOf(() => create({ model: 'm', input: '' })).returns.toEqualTypeOf<ModelResponse>();
  expectTypeOf(() =>
    create({ model: 'm', input: '', stream: true }),
  ).returns.toEqualTypeOf<SyncResponseStream>();
});

it.each(PARAMS)('streams as AsyncClient does: $model', async (params) => {
  const events: ResponseStreamEvent[] = [];
  const stream = client.responses.create({ ...params, stream: true });
  for (const event of stream) events.push(event);
  expect(withoutIds(events)).toEqual(withoutIds(await collect(async.responses.stream(params))));
  expect(stream.route.map(({ provider }) => provider)).toEqual(['chatty']);
});

it.each(PARAMS)('answers as AsyncClient does: $model', async (params) => {
  const response = client.responses.create(params);
  expect(withoutIds(response)).toEqual(withoutIds(await async.responses.create(params)));
  const final = client.responses.stream(params).finalResponse();
  expect(withoutIds(final)).toEqual(withoutIds(response));
});

it.each<WholeResponseParams>([
  { model: 'broken', input: 'hi' },
  { model: 'cut', input: 'hi' },
  { model: 'family', input: [] },
  { model: 'family', input: 'hi', previous_response_id: 'resp_1' },
  { model: 'family', input: 'hi', provider: 'nobody' },
])('fails as AsyncClient does: %j', async (params) => {
  const error = await async.responses.create(params).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  const message = error instanceof Error ? error.message : '';
  expect(() => client.responses.create(params)).toThrow(message);
  expect(() => client.responses.stream(params).finalResponse()).toThrow(message);
});

it('gives no whole response of a stream that was left', () => {
  const stream = client.responses.stream({ model: 'long', input: 'hi' });
  for (const event of stream) if (event.type === 'response.output_text.delta') break;
  expect(() => stream.finalResponse()).toThrow('stopped before its end');
});

describe('over a connection, from a service that has responses', () => {
  let service: Service;
  let blocking: Client;
  let awaited: AsyncClient;
  beforeAll(async () => {
    service = await startService();
    const options = { env: {}, provider: 'openai', apiKey: 'sk-1', baseURL: service.url, maxRetries: 0 };
    blocking = new Client(options);
    awaited = new AsyncClient(options);
  });
  afterAll(async () => {
    blocking.close();
    awaited.close();
    await service.stop();
  });

  it('both give the same events and the same response', async () => {
    const params = { model: 'gpt-5.2', input: 'Grüezi' };
    const events = [...blocking.responses.stream(params)];
    expect(events).toEqual(await collect(awaited.responses.stream(params)));
    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.output_text.delta',
      'response.output_text.delta',
      'response.completed',
    ]);
    const response = blocking.responses.create(params);
    expect(response).toMatchObject({ output_text: 'you said Grüezi', provider: 'openai', id: 'resp_1' });
    expect(response).toEqual(await awaited.responses.create(params));
    expect(response._request_id).toBe('req-gpt-5.2');
  });

  it.each(['cut', 'failed', 'refuse'])('both fail alike: %s', async (model) => {
    const params = { model, input: 'my secret words' };
    const error = await collect(awaited.responses.stream(params)).catch((thrown: unknown) => thrown);
    const message = error instanceof Error ? error.message : 'it did not fail';
    expect(message).not.toContain('secret');
    expect(() => [...blocking.responses.stream(params)]).toThrow(message);
    if (model === 'cut') return;
    const whole = await awaited.responses.create(params).catch((thrown: unknown) => thrown);
    expect(() => blocking.responses.create(params)).toThrow(
      whole instanceof Error ? whole.message : 'it did not fail',
    );
  });
});
