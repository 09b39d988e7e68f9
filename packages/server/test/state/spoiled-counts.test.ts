// What others wrote where a script of Redis counts: a call is counted once or refused, and never in part, however often it comes.
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LedgerWriter } from '../../src/ledger/ledger-writer.ts';
import type { LedgerRow, Limit } from '../../src/state/state.ts';
import { RefusedValueError } from '../../src/state/state-error.ts';
import { openState } from '../../src/state-engines/open-state.ts';
import { hasRedis, startRedis, withoutRedis } from './redis-server.ts';

const at = Date.now();
const today = new Date(at).toISOString().slice(0, 10);
const tokens: Limit = { unit: 'tokens', per: 'total', most: 100 };
const dollars: Limit = { unit: 'dollars', per: 'total', most: 100 };
const row: LedgerRow = {
  ...{ id: 'one', at, key: 'k', model: 'm', provider: 'p', operation: 'chat' },
  ...{ promptTokens: 1, completionTokens: 1, cost: 1, status: 200, ms: 1 },
};
const settlement = { row, charges: [tokens, dollars].map((limit) => ({ ...limit, amount: 5 })) };
const wants = [tokens, dollars].map((limit) => ({ limit, amount: 5, isBound: true }));
const sums = `g4f:sums:${today}`;
const used = 'g4f:used:k:dollars total:0';

const open = async () => {
  const { url } = await startRedis();
  const opened = async (address: string) => {
    const state = await openState({ url: address, timeout: 5_000, days: 30 });
    onTestFinished(() => state.close());
    return state;
  };
  const state = await opened(url);
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  /** Of a user of Redis who may not run some commands. */
  const limited = async (...without: string[]) => {
    const rules = ['on', '>secret', '~*', '&*', '+@all', ...without.map((command) => `-${command}`)];
    await redis.call('ACL', 'SETUSER', 'some', ...rules);
    return opened(url.replace('redis://', 'redis://some:secret@'));
  };
  const standing = () => state.standing('k', [tokens, dollars]);
  return { state, redis, limited, standing };
};

const counts = (used: number, reserved = 0) => [
  expect.objectContaining({ used, reserved }),
  expect.objectContaining({ used, reserved }),
];

describe.skipIf(!hasRedis)(`Redis${withoutRedis}`, () => {
  it.each<readonly [string, (redis: Redis) => Promise<unknown>, string]>([
    ['a sum', (redis) => redis.hset(sums, '["k","m","p"]promptTokens', 'abc'), sums],
    ['a sum that is full', (redis) => redis.hset(sums, '["k","m","p"]cost', `${2n ** 63n - 1n}`), sums],
    ['the last sum', (redis) => redis.hset(sums, '["k","m","p"]requests', '1.5'), sums],
    ['what was used', (redis) => redis.hset(used, 'used', 'abc'), used],
    ['what was used, and is no text of a number', (redis) => redis.hset(used, 'used', '01'), used],
    ['a counter', (redis) => redis.set(used, 'x'), used],
    ['the days', (redis) => redis.set('g4f:days', 'x'), 'g4f:days'],
    [
      'the last row that a stream can have',
      (redis) => redis.xadd(`g4f:rows:${today}`, `${2n ** 64n - 1n}-${2n ** 64n - 1n}`, 'x', ''),
      `g4f:rows:${today}`,
    ],
  ])('counts nothing of a row while something else stands in a place: %s', async (_, spoil, place) => {
    const { state, redis, standing } = await open();
    await spoil(redis);
    for (let time = 0; time < 3; time += 1)
      await expect(state.settle([settlement])).rejects.toBeInstanceOf(RefusedValueError);
    await redis.del(place);
    expect(await standing()).toEqual(counts(0));
    expect(await state.rows({}, 10)).toEqual([]);
    await state.settle([settlement]);
    await state.settle([settlement]);
    expect(await standing()).toEqual(counts(5));
    expect(await state.rows({}, 10)).toEqual([row]);
  });

  it('counts each row of a batch once, or not at all', async () => {
    const { state, redis, standing } = await open();
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => told.mockRestore());
    await redis.hset(sums, '["k","spoiled","p"]promptTokens', 'abc');
    const writer = new LedgerWriter(state, 5_000);
    const models = Array.from({ length: 10 }, (_, call) => (call % 2 === 0 ? 'm' : 'spoiled'));
    await Promise.all(
      models.map((model, call) => writer.write({ ...settlement, row: { ...row, id: `${call}`, model } })),
    );
    await writer.close();
    expect(await standing()).toEqual(counts(25));
    expect((await state.rows({}, 100)).map(({ id }) => id).sort()).toEqual(['0', '2', '4', '6', '8']);
    expect(told.mock.calls).toEqual([
      [expect.stringMatching(/^@g4f\/server: a row of the ledger is lost: /)],
    ]);
  });

  it.each(['used', 'reserved', 'calls'])(
    'reserves nothing where a counter has no number: %s',
    async (field) => {
      const { state, redis, standing } = await open();
      for (const text of ['abc', 'nan', '-inf', '0x10', '1e3', '']) {
        await redis.hset(used, field, text);
        for (let time = 0; time < 3; time += 1)
          await expect(state.reserve({ call: 'c', key: 'k', wants, lease: 60_000 })).rejects.toBeInstanceOf(
            RefusedValueError,
          );
        await redis.del(used);
        expect(await standing()).toEqual(counts(0));
      }
      await redis.set('g4f:held:k', 'x');
      await expect(state.reserve({ call: 'c', key: 'k', wants, lease: 60_000 })).rejects.toThrow(/WRONGTYPE/);
      expect(await standing()).toEqual(counts(0));
    },
  );

  it('frees what a lost call had reserved once, or not at all', async () => {
    const { state, redis, standing } = await open();
    await state.reserve({ call: 'lost', key: 'k', wants, lease: 60_000 });
    await redis.zadd('g4f:leases:k', 1, 'lost');
    await redis.hset(used, 'calls', 'abc');
    for (let time = 0; time < 3; time += 1)
      await expect(standing()).rejects.toBeInstanceOf(RefusedValueError);
    await redis.hset(used, 'calls', '1');
    expect(await standing()).toEqual(counts(0));
  });

  it('renews all leases but those that it cannot', async () => {
    const { state, redis } = await open();
    await redis.set('g4f:leases:spoiled', 'x');
    await redis.zadd('g4f:leases:k', 1, 'c');
    const calls = new Map([
      ['a', 'spoiled'],
      ['c', 'k'],
    ]);
    await expect(state.renew(calls, 60_000)).rejects.toBeInstanceOf(RefusedValueError);
    expect(Number(await redis.zscore('g4f:leases:k', 'c'))).toBeGreaterThan(1);
  });

  it('keeps no half of a key', async () => {
    const { state, redis } = await open();
    await redis.set('g4f:hashes', 'x');
    const key = { id: 'k', name: 'ours', hash: 'digest', ending: 'abcd', createdAt: 1, isDisabled: false };
    await expect(state.saveKey({ ...key, limits: [] })).rejects.toThrow(/WRONGTYPE/);
    expect(await state.listKeys()).toEqual([]);
  });

  it('counts a row at most once for a user who may not run all that it needs', async () => {
    const { state, limited, standing } = await open();
    const settled = (asked: typeof state) => asked.settle([settlement]).catch((error: unknown) => `${error}`);
    const withoutRows = await limited('xadd');
    for (let time = 0; time < 3; time += 1)
      expect(await settled(withoutRows)).toMatch(/can't run this command/);
    expect(await standing()).toEqual(counts(0));
    await state.settle([settlement]);
    expect(await standing()).toEqual(counts(5));
    const withoutDays = await limited('sadd');
    const other = { ...settlement, row: { ...row, id: 'other' } };
    await expect(withoutDays.settle([other])).rejects.toThrow(/can't run this command/);
    for (let time = 0; time < 2; time += 1) await withoutDays.settle([other]);
    expect(await standing()).toEqual(counts(10));
    expect(await state.rows({}, 10)).toHaveLength(2);
  });
});
