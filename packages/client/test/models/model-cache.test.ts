// Lists are kept for five minutes, for each provider, address and key by itself.
import { describe, expect, it } from 'vitest';
import { fromProvider } from '../../src/catalog/provider-entry.ts';
import { createModelCache } from '../../src/models/model-cache.ts';
import type { Candidate } from '../../src/routing/candidate.ts';
import { fakeProvider, saying } from '../fake-provider.ts';

const provider = fakeProvider('one', saying(), { key: 'optional', env: ['K'] });

const cacheAt = (start: number) => {
  let now = start;
  let asked = 0;
  const cache = createModelCache(() => now);
  return {
    pass: (ms: number) => {
      now += ms;
    },
    get: async (given: Partial<Candidate> = {}, { refresh = false, from = provider } = {}) => {
      const backend = fromProvider(from);
      const candidate = {
        backend,
        model: '',
        apiKey: undefined,
        keys: [],
        baseURL: undefined,
        named: true,
        ...given,
      };
      const ask = async () => [{ id: `${++asked}` }];
      const { list, at } = await cache.get({ provider: from, candidate, env: {} }, refresh, ask);
      return `${list[0]?.id} of ${at}`;
    },
  };
};

describe('the lists that are kept', () => {
  it('are good for five minutes, and say when they were asked for', async () => {
    const { get, pass } = cacheAt(0);
    expect(await get()).toBe('1 of 1970-01-01T00:00:00.000Z');
    pass(299_999);
    expect(await get()).toBe('1 of 1970-01-01T00:00:00.000Z');
    pass(1);
    expect(await get()).toBe('2 of 1970-01-01T00:05:00.000Z');
  });

  it('are asked for anew when that is wanted, and then kept', async () => {
    const { get, pass } = cacheAt(0);
    await get();
    pass(1000);
    expect(await get({}, { refresh: true })).toBe('2 of 1970-01-01T00:00:01.000Z');
    expect(await get()).toBe('2 of 1970-01-01T00:00:01.000Z');
  });

  it('are never those of another address, key or provider of the same name', async () => {
    const { get } = cacheAt(0);
    const asked = [
      await get(),
      await get({ apiKey: 'a' }),
      await get({ apiKey: 'b' }),
      await get({ baseURL: 'http://127.0.0.1:1/v1' }),
      await get({}, { from: { ...provider } }),
    ];
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('are not what a failure left behind', async () => {
    const cache = createModelCache();
    const asked = {
      provider,
      candidate: {
        ...{ backend: fromProvider(provider), model: '', named: true },
        ...{ apiKey: undefined, keys: [], baseURL: undefined },
      },
      env: {},
    };
    await expect(cache.get(asked, false, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await cache.get(asked, false, async () => [{ id: 'a' }])).list).toEqual([{ id: 'a' }]);
  });
});
