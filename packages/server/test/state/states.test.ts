// What every state does, be it memory, a file of SQLite or a real Redis.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { periodAt } from '../../src/state/periods.ts';
import type { KeyRecord, LedgerRow, Limit, State, Want } from '../../src/state/state.ts';
import { createMemoryState } from '../../src/state-engines/memory-state.ts';
import { openState } from '../../src/state-engines/open-state.ts';
import { openSqliteState } from '../../src/state-engines/sqlite-state.ts';
import { hasRedis, startRedis, withoutRedis } from './redis-server.ts';

const opened = async (url: string): Promise<State> => {
  const state = await openState({ url, timeout: 5_000, days: 30 });
  onTestFinished(() => state.close());
  return state;
};

const sqlite = async (): Promise<State> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-state-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return opened(`sqlite:${join(folder, 'deeper/state.db')}`);
};

const record = (id: string, more: Partial<KeyRecord> = {}): KeyRecord => ({
  ...{ id, name: id, hash: `hash of ${id}`, ending: 'abcd', createdAt: 1, limits: [], isDisabled: false },
  ...more,
});

const daily: Limit = { unit: 'tokens', per: 'day', most: 100 };
const want = (amount: number, limit: Limit = daily, isBound = true): Want => ({ limit, amount, isBound });
const reserve = (state: State, call: string, wants: readonly Want[], lease = 60_000) =>
  state.reserve({ call, key: 'k', wants, lease });

const row = (id: string, more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{ id, at: Date.now(), key: 'k', model: 'm', provider: 'p', operation: 'chat' },
  ...{ promptTokens: 3, completionTokens: 4, cost: 500, status: 200, ms: 12, ...more },
});
const charge = (amount: number, { unit, per }: Limit = daily) => ({ unit, per, amount });

const STATES: readonly (readonly [string, () => Promise<State>])[] = [
  ['memory', () => opened('memory')],
  ['SQLite', sqlite],
  ...(hasRedis ? [['Redis', async () => opened((await startRedis()).url)] as const] : []),
];

if (!hasRedis) it.skip(`Redis${withoutRedis}`);

describe.each(STATES.filter(([name]) => name !== 'memory'))('texts of %s', (_, open) => {
  it('are kept by their names, for so long, until they are removed', async () => {
    const { texts } = await open();
    await texts?.write('one', 'first', 60_000);
    await texts?.write('one', 'second', 60_000);
    await texts?.write('brief', 'gone', 1);
    expect(await texts?.read('one')).toBe('second');
    await expect.poll(() => texts?.read('brief')).toBeUndefined();
    expect(await texts?.read('two')).toBeUndefined();
    await texts?.remove('one');
    expect(await texts?.read('one')).toBeUndefined();
  });
});

describe.each(STATES)('%s', (_, open) => {
  it('keeps keys, finds them by their hash, and changes them', async () => {
    const state = await open();
    await state.saveKey(record('b', { createdAt: 2 }));
    await state.saveKey(record('a', { models: ['gpt-*'], limits: [daily] }));
    expect((await state.listKeys()).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await state.findKeyByHash('hash of a')).toEqual(
      record('a', { models: ['gpt-*'], limits: [daily] }),
    );
    await state.saveKey(record('a', { hash: 'another' }));
    expect(await state.findKeyByHash('hash of a')).toBeUndefined();
    expect(await state.findKeyByHash('another')).toMatchObject({ id: 'a' });
    expect([await state.deleteKey('a'), await state.deleteKey('a')]).toEqual([true, false]);
    expect(await state.findKeyByHash('another')).toBeUndefined();
    expect(await state.findKey('b')).toMatchObject({ id: 'b' });
  });

  it('reserves what is wanted while it is there, and settles it by what was used', async () => {
    const state = await open();
    expect(await reserve(state, 'one', [want(60)])).toEqual({ isGranted: true });
    expect(await reserve(state, 'two', [want(60)])).toMatchObject({ isGranted: false, why: 'busy', at: 0 });
    expect(await reserve(state, 'three', [want(101)])).toMatchObject({ why: 'too-much', used: 0 });
    await state.settle([{ row: row('one'), charges: [charge(10)] }]);
    expect(await reserve(state, 'two', [want(60)])).toEqual({ isGranted: true });
    await state.settle([{ row: row('two'), charges: [charge(95)] }]);
    const refused = await reserve(state, 'four', [want(1)]);
    expect(refused).toMatchObject({ isGranted: false, why: 'used-up', used: 105 });
    const [standing] = await state.standing('k', [daily]);
    expect(standing).toMatchObject({ used: 105, reserved: 0 });
    expect(standing?.resetsIn).toBeGreaterThan(0);
    expect(standing?.resetsIn).toBeLessThanOrEqual(86_400_000);
  });

  it('gives all that is left to a call whose need nobody knows, and only while it is alone', async () => {
    const state = await open();
    expect(await reserve(state, 'one', [want(-1, daily, false)])).toEqual({ isGranted: true });
    expect(await reserve(state, 'two', [want(1)])).toMatchObject({ why: 'busy' });
    await state.settle([{ row: row('one'), charges: [charge(20)] }]);
    // More than is left, but nobody says that it is so much.
    expect(await reserve(state, 'three', [want(500, daily, false)])).toEqual({ isGranted: true });
  });

  it('reserves of all limits or of none', async () => {
    const state = await open();
    const monthly: Limit = { unit: 'dollars', per: 'month', most: 50 };
    const refused = await reserve(state, 'one', [want(60), want(60, monthly)]);
    expect(refused).toMatchObject({ isGranted: false, at: 1, why: 'too-much' });
    expect(await state.standing('k', [daily, monthly])).toMatchObject([{ reserved: 0 }, { reserved: 0 }]);
    const forever: Limit = { unit: 'requests', per: 'total', most: 1 };
    expect(await reserve(state, 'two', [want(1, forever)])).toEqual({ isGranted: true });
    await state.settle([{ row: row('two'), charges: [charge(1, forever)] }]);
    expect(await reserve(state, 'three', [want(1, forever)])).toMatchObject({
      why: 'used-up',
      resetsIn: undefined,
    });
  });

  it('counts a row once, however often it comes', async () => {
    const state = await open();
    await reserve(state, 'one', [want(60)]);
    const settlement = { row: row('one'), charges: [charge(10)] };
    await state.settle([settlement, settlement]);
    await Promise.all([state.settle([settlement]), state.settle([settlement])]);
    expect(await state.standing('k', [daily])).toMatchObject([{ used: 10, reserved: 0 }]);
    expect(await state.usage('key', {})).toMatchObject([{ of: 'k', requests: 1, cost: 500 }]);
  });

  it('forgets what was reserved by a gateway that is gone, and counts its answer all the same', async () => {
    const state = await open();
    await reserve(state, 'gone', [want(60)], 1);
    await reserve(state, 'kept', [want(30)], 1);
    await state.renew(new Map([['kept', 'k']]), 60_000);
    await expect.poll(async () => (await state.standing('k', [daily]))[0]?.reserved).toBe(30);
    await state.settle([{ row: row('gone'), charges: [charge(60)] }]);
    expect(await state.standing('k', [daily])).toMatchObject([{ used: 60, reserved: 30 }]);
  });

  it('takes a request that was reserved for one that counts', async () => {
    const state = await open();
    const hourly: Limit = { unit: 'requests', per: 'hour', most: 2 };
    const answers = [];
    for (const call of ['1', '2', '3']) answers.push(await reserve(state, call, [want(1, hourly)]));
    expect(answers).toMatchObject([{ isGranted: true }, { isGranted: true }, { why: 'used-up', used: 2 }]);
  });

  it('settles a call that reserved nothing', async () => {
    const state = await open();
    expect(await reserve(state, 'free', [want(0)])).toEqual({ isGranted: true });
    await state.settle([{ row: row('free'), charges: [charge(0)] }]);
    expect(await reserve(state, 'all', [want(100)])).toEqual({ isGranted: true });
    expect(await state.usage('key', {})).toMatchObject([{ of: 'k', requests: 1 }]);
  });

  it('changes a key only where nobody has changed or deleted it since', async () => {
    const state = await open();
    await state.saveKey(record('a', { models: ['gpt-*'], limits: [daily] }));
    const found = await state.findKey('a');
    if (found === undefined) throw new Error('It was saved.');
    const disabled = { ...found, isDisabled: true };
    expect(await state.replaceKey(found, disabled)).toBe(true);
    expect(await state.replaceKey(found, { ...found, hash: 'late' })).toBe(false);
    expect(await state.findKeyByHash('late')).toBeUndefined();
    expect(await state.replaceKey(disabled, { ...disabled, hash: 'rotated' })).toBe(true);
    expect(await state.findKeyByHash('hash of a')).toBeUndefined();
    expect(await state.findKeyByHash('rotated')).toEqual({ ...disabled, hash: 'rotated' });
    await state.deleteKey('a');
    expect(await state.replaceKey({ ...disabled, hash: 'rotated' }, disabled)).toBe(false);
    expect(await state.listKeys()).toEqual([]);
  });

  it('lets as many begin at once as there is room for', async () => {
    const state = await open();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_unused, at) => reserve(state, `call-${at}`, [want(7)])),
    );
    expect(answers.filter(({ isGranted }) => isGranted)).toHaveLength(14);
  });

  it('sums its ledger by key, model, provider and day', async () => {
    const state = await open();
    const older = Date.UTC(2026, 0, 31, 23, 59);
    await state.settle(
      [
        row('1', { at: older, model: 'old "quoted"' }),
        row('2', { key: 'other', cost: 2_000_000_000, promptTokens: 10 }),
        row('3', { status: 502, provider: '', promptTokens: 0, completionTokens: 0, cost: 0 }),
      ].map((one) => ({ row: one, charges: [] })),
    );
    const today = new Date().toISOString().slice(0, 10);
    expect(await state.usage('key', {})).toEqual([
      { of: 'other', requests: 1, failed: 0, promptTokens: 10, completionTokens: 4, cost: 2_000_000_000 },
      { of: 'k', requests: 2, failed: 1, promptTokens: 3, completionTokens: 4, cost: 500 },
    ]);
    expect((await state.usage('day', {})).map(({ of }) => of)).toEqual(['2026-01-31', today]);
    expect(await state.usage('model', { key: 'k', to: '2026-01-31' })).toMatchObject([
      { of: 'old "quoted"' },
    ]);
    expect((await state.usage('provider', { from: today })).map(({ of }) => of)).toEqual(['p', '']);
    expect((await state.rows({ key: 'k' }, 10)).map(({ id }) => id)).toEqual(['3', '1']);
    expect(await state.rows({ model: 'old "quoted"' }, 10)).toEqual([
      row('1', { at: older, model: 'old "quoted"' }),
    ]);
  });
});

describe.skipIf(!hasRedis)(`the periods of Redis${withoutRedis}`, () => {
  it('are those of the other states', async () => {
    const { url } = await startRedis();
    const state = await opened(url);
    const before = Date.now();
    const pers = ['minute', 'hour', 'day', 'month', 'total'] as const;
    const charges = pers.map((per) => ({ unit: 'tokens', per, amount: 1 }) as const);
    await state.settle([{ row: row('one'), charges }]);
    const redis = new Redis(url);
    onTestFinished(() => redis.disconnect());
    const names = await redis.keys('g4f:used:*');
    const namesAt = (now: number) =>
      pers.map((per) => `g4f:used:k:tokens ${per}:${periodAt(per, now)}`).sort();
    // A minute may have passed.
    expect([namesAt(before), namesAt(Date.now())]).toContainEqual(names.sort());
    expect(await redis.ttl('g4f:used:k:tokens total:0')).toBe(-1);
  });
});

describe.each([
  ['memory', async (clock: () => number) => createMemoryState(clock)],
  ['SQLite', async (clock: () => number) => openSqliteState({ file: ':memory:', timeout: 100, clock })],
])('%s, when its clock moves', (_, open) => {
  const noon = Date.UTC(2026, 10, 30, 12);
  const opening = async () => {
    const time = { now: noon };
    const state = await open(() => time.now);
    onTestFinished(() => state.close());
    return { time, state };
  };

  it('begins periods anew, and counts a call for the one in which it began', async () => {
    const { time, state } = await opening();
    const monthly: Limit = { unit: 'tokens', per: 'month', most: 1000 };
    time.now = Date.UTC(2026, 10, 30, 23, 59, 59);
    await reserve(state, 'one', [want(60), want(60, monthly)]);
    time.now = Date.UTC(2026, 11, 1, 0, 0, 1);
    expect(await reserve(state, 'two', [want(100)])).toEqual({ isGranted: true });
    await state.settle([{ row: row('one'), charges: [charge(60), charge(60, monthly)] }]);
    expect(await state.standing('k', [daily, monthly])).toMatchObject([
      { used: 0, reserved: 100, resetsIn: 86_399_000 },
      { used: 0, resetsIn: 31 * 86_400_000 - 1000 },
    ]);
    time.now = noon;
    expect(await state.standing('k', [daily, monthly])).toMatchObject([{ used: 60 }, { used: 60 }]);
  });

  it('gives no budget twice when it jumps ahead and back', async () => {
    const { time, state } = await opening();
    await state.settle([{ row: row('one'), charges: [charge(100)] }]);
    time.now = noon + 365 * 86_400_000;
    expect(await reserve(state, 'two', [want(1)])).toEqual({ isGranted: true });
    time.now = noon;
    expect(await reserve(state, 'three', [want(1)])).toMatchObject({ why: 'used-up', used: 100 });
  });

  it('forgets what is old, and no count without an end', async () => {
    const { time, state } = await opening();
    const forever: Limit = { unit: 'tokens', per: 'total', most: 1000 };
    const charges = [charge(5), charge(5, forever)];
    await state.settle([{ row: row('one', { at: noon }), charges }]);
    time.now = noon + 100 * 86_400_000;
    await state.forget(time.now - 90 * 86_400_000);
    expect(await state.rows({}, 10)).toEqual([]);
    time.now = noon;
    expect(await state.standing('k', [daily, forever])).toMatchObject([{ used: 0 }, { used: 5 }]);
  });
});
