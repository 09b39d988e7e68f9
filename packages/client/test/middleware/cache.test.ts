// The cache: what is one call, how an answer is given again, and the option that is plain data.
import { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import type { WholeParams } from '../../src/surface/chat.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { embedding, fakeEmbedder, vectorsFor } from '../embeddings/fake-embedder.ts';
import { collect, failureOf, fakeProvider, text, wordsOf } from '../fake-provider.ts';
import { ask, cached, counting, stream, usage } from './counting.ts';

describe('an equal call', () => {
  it('is answered by what was kept, says so, and is no news of any provider', async () => {
    const { asked, provider } = counting();
    const client = cached(provider);
    const first = await ask(client);
    const health = await client.health();
    const second = await ask(client);
    expect(first.cached).toBeUndefined();
    expect(second).toEqual({ ...first, id: second.id, created: second.created, cached: true });
    expect(second.usage).toEqual(usage);
    expect(second._request_id).toBeNull();
    expect(asked).toHaveLength(1);
    expect(await client.health()).toEqual(health);
  });

  it('is one whether it is streamed or not, and with the token counts where its reader expects them', async () => {
    const { asked, provider } = counting();
    const client = cached(provider);
    const alone = { stream_options: { include_usage: true } };
    const kept = await collect(stream(client));
    const apart = await collect(stream(client, alone));
    expect(kept.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }], usage });
    expect(apart.slice(-2)).toMatchObject([{ choices: [{ finish_reason: 'stop' }] }, { choices: [], usage }]);
    expect(apart.at(-2)?.usage).toBeUndefined();
    expect((await ask(client)).choices[0]?.message.content).toBe('answer 1');
    expect(asked).toHaveLength(1);
    const other = counting();
    const again = cached(other.provider);
    await collect(stream(again, alone));
    expect((await collect(stream(again))).at(-1)).toMatchObject({
      choices: [{ finish_reason: 'stop' }],
      usage,
    });
    expect(await ask(again)).toMatchObject({ usage, cached: true });
    expect(other.asked).toHaveLength(1);
  });

  it('gets the very chunks, the first of them marked', async () => {
    const client = cached(
      counting(
        {},
        [{ type: 'reasoning-delta', text: 'hm' }],
        [{ type: 'tool-call-delta', key: 'k', id: 'call', name: 'f', arguments: '{"n":1' }],
        [{ type: 'tool-call-delta', key: 'k', arguments: '2}' }],
        [{ type: 'text-delta', text: '\ud83d', extra: { chunk: { system_fingerprint: 'f' } } }],
        [
          { type: 'text-delta', text: '\ude00', choice: 1 },
          { type: 'finish', reason: 'stop', choice: 1 },
        ],
      ).provider,
    );
    const first = await collect(stream(client));
    const [head, ...rest] = await collect(stream(client));
    expect(head).toMatchObject({ cached: true, provider: 'counting' });
    const { cached: _, id, created, ...same } = head ?? {};
    expect({ ...same, id: 0, created: 0 }).toEqual({ ...first[0], id: 0, created: 0 });
    expect(rest).toEqual(first.slice(1).map((chunk) => ({ ...chunk, id, created })));
  });

  it('is one whatever the order of names, with null for nothing, and by any key', async () => {
    const { asked, provider } = counting();
    const client = cached(provider);
    const schema = (properties: object) => ({
      type: 'function' as const,
      function: { name: 'f', parameters: { type: 'object', properties } },
    });
    await ask(client, { user: 'u', seed: 1, tools: [schema({ a: 1, b: 2 })] }, { apiKey: 'one' });
    await ask(client, { tools: [schema({ b: 2, a: 1 })], seed: 1, user: 'u', stop: null }, { apiKey: 'two' });
    await ask(client, { user: 'u', seed: 1, tools: [schema({ a: 1, b: 2 })], timeout: 60_000 });
    expect(asked).toHaveLength(1);
  });

  it.each<[string, Partial<WholeParams>, CallOptions?]>([
    ['model', { model: 'counting:other' }],
    ['messages', { messages: 'y' }],
    ['role', { messages: [{ role: 'system', content: 'x' }] }],
    ['parameters', { max_tokens: 5 }],
    ["a service's parameter", { ...{ top_k: 5 } }],
    ['extraBody', { extraBody: { top_k: 5 } }],
    ['address', {}, { baseURL: 'http://127.0.0.1:1/v1' }],
    ['headers', {}, { headers: { 'x-team': 'blue' } }],
    ['fallback', { fallback: 'local' }],
  ])('is another by its %s', async (_, params, options) => {
    const { asked, provider } = counting();
    const client = cached(provider);
    await ask(client);
    expect((await ask(client, params, options)).cached).toBeUndefined();
    expect(asked).toHaveLength(2);
    expect((await ask(client, params, options)).cached).toBe(true);
  });

  it('is another by the provider that is named', async () => {
    const client = new AsyncClient({ env: {}, use: [withCache()] });
    for (const id of ['one', 'two', 'one']) {
      const provider = fakeProvider(
        id,
        counting().provider.chat ??
          (() => {
            throw new Error('it chats');
          }),
      );
      expect((await ask(client, {}, { provider })).provider).toBe(id);
    }
  });

  it('that is made while the first still runs is asked as well', async () => {
    const { asked, provider } = counting();
    const client = cached(provider);
    await Promise.all([ask(client), ask(client)]);
    expect(asked).toHaveLength(2);
    expect((await ask(client)).cached).toBe(true);
  });
});

describe('embeddings', () => {
  it('are kept by the call', async () => {
    const asked: unknown[] = [];
    const provider = fakeEmbedder(
      'vectors',
      embedding((request) => {
        asked.push(request.input);
        return vectorsFor(request);
      }),
    );
    const client = cached(provider);
    const embed = (input: string | string[], more: object = {}) =>
      client.embeddings.create({ model: 'vectors', input, ...more });
    const first = await embed(['a', 'bb']);
    expect(await embed(['a', 'bb'])).toEqual({ ...first, cached: true });
    expect((await embed('a')).cached).toBeUndefined();
    expect((await embed('a')).cached).toBe(true);
    expect((await embed(['bb', 'a'])).cached).toBeUndefined();
    expect((await embed('a', { dimensions: 2 })).cached).toBeUndefined();
    expect(asked).toEqual([['a', 'bb'], ['a'], ['bb', 'a'], ['a']]);
  });
});

describe('the option cache', () => {
  it.each([true, {}, { ttl: 60_000, maxEntries: 2, timing: false }])('is plain data: %j', async (cache) => {
    const { asked, provider } = counting();
    const client = new AsyncClient({ env: {}, provider, cache });
    await ask(client);
    expect((await ask(client)).cached).toBe(true);
    expect((await ask(client, {}, { cache: false })).cached).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('is off unless it is given, and belongs to one client', async () => {
    const { asked, provider } = counting();
    for (const cache of [undefined, false, true, true] as const)
      expect(
        (await ask(new AsyncClient({ env: {}, provider, ...(cache !== undefined && { cache }) }))).cached,
      ).toBeUndefined();
    const client = new AsyncClient({ env: {}, provider, cache: false });
    await ask(client);
    await ask(client);
    expect(asked).toHaveLength(6);
  });

  it('stands inside all other middleware, which see each call', async () => {
    const seen: unknown[] = [];
    const { provider } = counting();
    const client = new AsyncClient({
      env: {},
      provider,
      cache: true,
      use: [
        (call, next) => {
          seen.push(call.operation);
          return next();
        },
      ],
    });
    await ask(client);
    await ask(client);
    expect(seen).toEqual(['chat', 'chat']);
  });

  it.each<[unknown, RegExp]>([
    ['yes', /^cache must be an object/],
    [{ ttl: 0 }, /^cache\.ttl must be a number of ms above 0/],
    [{ ttl: '1m' }, /^cache\.ttl/],
    [{ maxEntries: 1.5 }, /^cache\.maxEntries must be a whole number/],
    [{ maxEntrys: 5 }, /^cache has no field "maxEntrys"; it may have ttl, maxEntries/],
    [{ store: new Map() }, /^cache has no field "store"/],
  ])('is nothing else: %j', (cache, message) => {
    expect(() => new AsyncClient({ cache: cache as never })).toThrow(message);
  });

  it.each<[unknown, RegExp]>([
    [{ store: {} }, /^withCache\.store must be an object with get and set/],
    [{ storeTimeout: -1 }, /^withCache\.storeTimeout/],
    [null, /^withCache must be an object/],
  ])('of withCache is checked, too: %j', (options, message) => {
    expect(() => withCache(options as never)).toThrow(message);
  });

  it('has no place among parameters, and only false in a call', async () => {
    const client = new AsyncClient({ env: {}, provider: counting().provider });
    const inParams: WholeParams = { model: 'family', messages: 'x', ...{ cache: false } };
    const error = await failureOf(client.chat.completions.create(inParams));
    expect(error).toBeInstanceOf(G4FError);
    expect(error.message).toMatch(/^cache has no place among the parameters/);
    expect((await failureOf(ask(client, {}, { cache: true as never }))).message).toMatch(
      /^cache must be false/,
    );
  });

  it('lets a stream of what was kept be left', async () => {
    const client = cached(counting({}, [text('b')], [text('c')]).provider);
    expect(wordsOf(await collect(stream(client)))).toBe('answer 1bc');
    for await (const chunk of stream(client)) {
      expect(chunk.cached).toBe(true);
      break;
    }
    expect(wordsOf(await collect(stream(client)))).toBe('answer 1bc');
  });
});
