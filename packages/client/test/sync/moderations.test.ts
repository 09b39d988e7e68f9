// `moderations.create` through both clients, over a socket and with a provider of one's own: the same answers and errors.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { failureOf } from '../fake-provider.ts';
import { startJsonService } from './json-service.ts';

const result = { flagged: true, categories: { violence: true }, category_scores: { violence: 0.9 } };
const answer = { id: 'modr-1', model: 'omni-moderation-2024-09-26', results: [result] };
const ANSWERS = {
  '/good/moderations': { body: JSON.stringify(answer) },
  '/two/moderations': { body: JSON.stringify({ ...answer, results: [result, result] }) },
  '/page/moderations': { type: 'text/html', body: '<!doctype html><title>Welcome</title>' },
  '/inside/moderations': { body: '{"error":{"message":"Not today: hide me, please","type":"server_error"}}' },
  '/broken/moderations': { status: 500, body: '{"error":{"message":"It broke: hide me, please"}}' },
  '/cut/moderations': { body: '{"id":"modr-1","results":[', cut: true },
} as const;

const client = new Client({ env: {}, maxRetries: 0 });
const async = new AsyncClient({ env: {}, maxRetries: 0 });
let service: Awaited<ReturnType<typeof startJsonService>>;
beforeAll(async () => {
  service = await startJsonService(ANSWERS);
});
afterAll(async () => {
  client.close();
  await service.stop();
});

const params = { model: 'm', input: 'hide me, please' };
const at = (path: string): CallOptions => ({ baseURL: `${service.url}/${path}` });

/** What it says; whether the headers had been read when the connection broke depends on the machine. */
const told = ({ message }: Error): string =>
  message.replace(/(the connection to )?(http:\S+) (did not answer|broke in mid-answer)/, '$2 broke');

describe('over a socket', () => {
  it('the answer is the same, with its headers', async () => {
    const [whole, awaited] = [
      client.moderations.create(params, at('good')),
      await async.moderations.create(params, at('good')),
    ];
    expect(whole).toEqual({ ...answer, provider: 'custom' });
    expect(awaited).toEqual(whole);
    expect([whole._request_id, awaited._request_id]).toEqual(['req-1', 'req-1']);
  });

  it.each([
    ['two', 'bad-response'],
    ['page', 'bad-response'],
    ['inside', 'server'],
    ['broken', 'server'],
    ['cut', 'network'],
    ['nowhere', 'model-not-found'],
  ])('the error is the same: %s', async (path, code) => {
    const error = await failureOf(async.moderations.create(params, at(path)));
    const thrown = await failureOf(() => client.moderations.create(params, at(path)));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('hide me');
    expect([thrown.code, told(thrown), thrown.status]).toEqual([error.code, told(error), error.status]);
  });
});

describe('a provider of one’s own', () => {
  const own = { provider: new URL('./fixtures/moderator.mjs', import.meta.url) };
  it.each([{ input: 'bad' }, { input: ['good', 'bad'], model: 'm' }])('answers both: %j', async (asked) => {
    const awaited = await async.moderations.create(asked, own);
    expect(awaited.warnings).toEqual(['it guesses']);
    expect(client.moderations.create(asked, own)).toEqual(awaited);
  });

  it.each([{ input: 'refuse me' }, { input: 'lose one' }, { input: [] }, { input: 'x', model: '' }])(
    'fails alike: %j',
    async (asked) => {
      const error = await failureOf(async.moderations.create(asked, own));
      const thrown = await failureOf(() => client.moderations.create(asked, own));
      expect([thrown.code, thrown.message]).toEqual([error.code, error.message]);
    },
  );
});
