// Several gateways on one state: what one keeps, the others have.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelResponse } from '@g4f/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { post } from '../made-up.ts';
import { hasRedis, startRedis, withoutRedis } from '../state/redis-server.ts';
import { gatewayProcesses } from './start-gateway.ts';

const start = gatewayProcesses();

const headers = { authorization: 'Bearer one' };
const create = (url: string, body: object = {}, as = headers) =>
  post(`${url}/v1/responses`, { model: 'model-a', input: 'One', ...body }, as);
const created = async (url: string, body: object = {}): Promise<ModelResponse> =>
  (await (await create(url, body)).json()) as ModelResponse;
const statusOf = async (url: string, id: string, method = 'GET', as = headers): Promise<number> =>
  (await fetch(`${url}/v1/responses/${id}`, { method, headers: as })).status;

describe.skipIf(!hasRedis)(`three gateways on one Redis${withoutRedis}`, () => {
  it('have one store of responses', async () => {
    const redis = await startRedis();
    const options = { state: redis.url, keys: ['one', 'two'] };
    const [first, second, third] = await Promise.all([start(options), start(options), start(options)]);
    const made = await created(first.url, { store: true });
    expect(made.store).toBe(true);
    expect(await statusOf(second.url, made.id)).toBe(200);
    const next = await created(third.url, { input: 'Two', previous_response_id: made.id });
    expect(next.previous_response_id).toBe(made.id);
    const streamed = await create(second.url, { stream: true, previous_response_id: next.id });
    expect(await streamed.text()).toContain('response.completed');
    expect(await statusOf(second.url, made.id, 'GET', { authorization: 'Bearer two' })).toBe(404);
    expect(await statusOf(second.url, made.id, 'DELETE')).toBe(200);
    for (const { url } of [first, second, third]) expect(await statusOf(url, made.id)).toBe(404);
  });

  it('say that nothing is kept while it is away, and go on when it is there again', async () => {
    const redis = await startRedis();
    const { url } = await start({ state: redis.url, keys: ['one'] });
    const made = await created(url);
    await redis.kill();
    // Answers are given all the same, and tell the truth of what is kept.
    await expect.poll(async () => (await created(url)).store).toBe(false);
    const streamed = await (await create(url, { stream: true })).text();
    expect(streamed.split('event: response.completed')[1]).toContain('"store":false');
    expect(await statusOf(url, made.id)).toBe(503);
    expect((await create(url, { previous_response_id: made.id })).status).toBe(503);
    await redis.restart();
    await expect.poll(() => statusOf(url, made.id)).toBe(200);
    expect((await created(url)).store).toBe(true);
  });

  it('have one cache where that is wanted, and ask the provider while it is away', async () => {
    const redis = await startRedis();
    const options = { state: redis.url, keys: ['one'], sharedCache: { ttl: 60_000 } };
    const [first, second] = await Promise.all([start(options), start(options)]);
    const ask = async (url: string, content: string) => {
      const body = { model: 'model-a', messages: [{ role: 'user', content }] };
      const answer = await post(`${url}/v1/chat/completions`, body, headers);
      const { cached, choices }: Record<string, unknown> = Object(await answer.json());
      return { cached, choices: Array.isArray(choices) ? choices.length : choices };
    };
    expect(await ask(first.url, 'Hi')).toEqual({ cached: undefined, choices: 1 });
    expect(await ask(second.url, 'Hi')).toEqual({ cached: true, choices: 1 });
    await redis.kill();
    await expect.poll(() => ask(second.url, 'Hi')).toEqual({ cached: undefined, choices: 1 });
    await redis.restart();
    await expect.poll(() => ask(first.url, 'Hi')).toEqual({ cached: true, choices: 1 });
  });
});

it('responses in a file of SQLite outlive the gateway that made them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-shared-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const options = { state: `sqlite:${join(folder, 'state.db')}`, keys: ['one'] };
  const before = await start(options);
  const made = await created(before.url);
  await before.end('SIGKILL');
  const after = await start(options);
  expect(await statusOf(after.url, made.id)).toBe(200);
  expect((await created(after.url, { previous_response_id: made.id })).previous_response_id).toBe(made.id);
  expect(await statusOf(after.url, made.id, 'DELETE')).toBe(200);
  expect(await statusOf(after.url, made.id)).toBe(404);
});
