// What others wrote into a state, a damaged copy or an older version: it is refused, or is not there, and nothing is told of it.
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeyRecord, LedgerRow, Limit, State, Texts } from '../../src/state/state.ts';
import { RefusedValueError, StateError } from '../../src/state/state-error.ts';
import { askRedis } from '../../src/state-engines/ask-redis.ts';
import { openState } from '../../src/state-engines/open-state.ts';
import { watchReplies } from '../../src/state-engines/redis-replies.ts';
import { openDatabase } from '../../src/state-engines/sqlite-driver.ts';
import { stateResponses } from '../../src/stored/state-responses.ts';
import { hasRedis, startRedis, withoutRedis } from './redis-server.ts';

const daily: Limit = { unit: 'tokens', per: 'day', most: 100 };
const key: KeyRecord = {
  ...{
    id: 'k',
    name: 'ours',
    hash: 'digest',
    ending: 'abcd',
    createdAt: 1,
    limits: [daily],
    isDisabled: false,
  },
};
const row: LedgerRow = {
  ...{ id: 'one', at: Date.now(), key: 'k', model: 'm', provider: 'p', operation: 'chat' },
  ...{ promptTokens: 1, completionTokens: 1, cost: 1, status: 200, ms: 1 },
};

/** A state, and how the text of its key is written by somebody else. */
interface Spoiled {
  readonly state: State;
  readonly writeKey: (text: string) => Promise<unknown>;
}

const opened = async (url: string): Promise<State> => {
  const state = await openState({ url, timeout: 5_000, days: 30 });
  onTestFinished(() => state.close());
  await state.saveKey(key);
  return state;
};

const inSqlite = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-spoiled-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'state.db');
  const state = await opened(`sqlite:${file}`);
  const database = await openDatabase(file, 'file');
  onTestFinished(() => database.close());
  const writeKey = async (text: string) => database.prepare('UPDATE keys SET record = ?').run(text);
  return { state, writeKey, database };
};

const inRedis = async () => {
  const { url } = await startRedis();
  const state = await opened(url);
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const writeKey = (text: string) =>
    redis.pipeline().hset('g4f:keys', 'k', text).hset('g4f:hashes', 'digest', text).exec();
  return { state, writeKey, redis };
};

if (!hasRedis) it.skip(`Redis${withoutRedis}`);

describe.each<readonly [string, () => Promise<Spoiled>]>([
  ['SQLite', inSqlite],
  ...(hasRedis ? [['Redis', inRedis] as const] : []),
])('a key in %s', (_, spoiled) => {
  const { limits: _limits, ...withoutLimits } = key;
  it.each([
    ['no JSON', '{"id":"k","secret'],
    ['no object', '[]'],
    ['no limits', JSON.stringify(withoutLimits)],
    ['a limit of nothing', JSON.stringify({ ...key, limits: [{ unit: 'tokens', per: 'eon', most: 1 }] })],
    [
      'a limit without a number',
      JSON.stringify({ ...key, limits: [{ unit: 'tokens', per: 'day', most: 'all' }] }),
    ],
    ['no time', JSON.stringify({ ...key, createdAt: 1e300 })],
    ['a text for a switch', JSON.stringify({ ...key, isDisabled: 'no' })],
    ['megabytes', JSON.stringify({ ...key, name: 'x'.repeat(2 ** 20) })],
  ])('that is damaged opens nothing and can be deleted: %s', async (__, text) => {
    const { state, writeKey } = await spoiled();
    await writeKey(text);
    for (const asked of [
      () => state.findKey('k'),
      () => state.findKeyByHash('digest'),
      () => state.listKeys(),
    ]) {
      const error: unknown = await asked().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StateError);
      expect(String(error)).toMatch(/: a key in it is damaged\. Delete that key, or restore a copy$/);
    }
    expect(await state.deleteKey('k')).toBe(true);
    expect([await state.findKeyByHash('digest'), await state.findKey('k')]).toEqual([undefined, undefined]);
  });

  it('that was written with other spaces is changed', async () => {
    const { state, writeKey } = await spoiled();
    await writeKey(JSON.stringify(key, undefined, 2));
    const before = await state.findKey('k');
    expect(before).toEqual(key);
    expect(await state.replaceKey(before ?? key, { ...key, name: 'new' })).toBe(true);
    expect(await state.findKeyByHash('digest')).toMatchObject({ name: 'new' });
  });
});

it('a counter in SQLite that is no number grants nothing', async () => {
  const { state, database } = await inSqlite();
  database.exec('DROP TABLE used; CREATE TABLE used (key, counter, period, amount, ends_at)');
  const wants = [{ limit: daily, amount: 1, isBound: true }];
  const reservation = { call: 'c', key: 'k', wants, lease: 1_000 };
  expect(await state.reserve(reservation)).toEqual({ isGranted: true });
  database.exec(
    `INSERT INTO used SELECT key, counter, period, 'much', NULL FROM reserved; DELETE FROM reserved`,
  );
  await expect(state.reserve(reservation)).rejects.toThrow(/the file is damaged/);
});

it('a row of SQLite with a time that is none is said to be damaged', async () => {
  const { state, database } = await inSqlite();
  await state.settle([{ row, charges: [] }]);
  database.exec('UPDATE ledger SET at = 9000000000000000');
  await expect(state.rows({}, 10)).rejects.toThrow(/a row of its ledger is damaged/);
});

it('a text in SQLite that is longer than any is not there', async () => {
  const { state, database } = await inSqlite();
  await state.texts?.write('one', 'x', 60_000);
  database.exec(`UPDATE texts SET text = printf('%.*c', ${17 * 2 ** 20}, 'x')`);
  expect(await state.texts?.read('one')).toBeUndefined();
});

describe.skipIf(!hasRedis)(`Redis${withoutRedis}`, () => {
  const today = new Date().toISOString().slice(0, 10);

  it('says that sums, rows and days are none of the gateway, and passes over days that are none', async () => {
    const { state, redis } = await inRedis();
    await redis.sadd('g4f:days', 'x', '', '9999-99-99', today);
    expect(await state.usage('key', {})).toEqual([]);
    for (const [field, amount] of [
      ['x', '1'],
      ['["k","m","p"]__proto__', '1'],
      ['["k","m"]cost', '1'],
      ['["k","m","p"]cost', 'x'],
      ['["k","m","p"]cost', ''],
    ] as const) {
      await redis.hset(`g4f:sums:${today}`, field, amount);
      await expect(state.usage('key', {})).rejects.toThrow(/what stands in it is none of this gateway’s/);
      await redis.del(`g4f:sums:${today}`);
    }
    await redis.xadd(`g4f:rows:${today}`, '*', 'row', '{"id":"a"}');
    await expect(state.rows({}, 10)).rejects.toThrow(/a row of its ledger is damaged/);
  });

  it('counts nothing of a row for which something else stands in its place, however often it comes', async () => {
    const { state, redis } = await inRedis();
    await redis.set(`g4f:rows:${today}`, 'x');
    const settled = () => state.settle([{ row, charges: [{ ...daily, amount: 5 }] }]);
    await expect(settled()).rejects.toThrow(/WRONGTYPE/);
    await expect(settled()).rejects.toBeInstanceOf(RefusedValueError);
    expect(await state.standing('k', [daily])).toMatchObject([{ used: 0 }]);
    await redis.del(`g4f:rows:${today}`);
    await settled();
    expect(await state.standing('k', [daily])).toMatchObject([{ used: 5 }]);
  });

  it('hands out no text that is longer than any that is written', async () => {
    const { state, redis } = await inRedis();
    await redis.set('g4f:text:one', 'x'.repeat(17 * 2 ** 20));
    expect(await state.texts?.read('one')).toBeUndefined();
  });
});

it.each([
  ['no JSON', '{"response":'],
  ['no response', '{"input":[]}'],
  ['no list', '{"response":{"id":"r","object":"response","output":[]},"input":"x"}'],
  ['no items', '{"response":{"id":"r","object":"response","output":[5]},"input":[]}'],
  [
    'lists in lists',
    `{"response":{"id":"r","object":"response","output":[{"x":${'['.repeat(5000)}${']'.repeat(5000)}}]},"input":[]}`,
  ],
])('a response that is damaged is not there: %s', async (_, text) => {
  const texts: Texts = {
    read: async () => text,
    write: async () => undefined,
    remove: async () => undefined,
  };
  expect(await stateResponses(texts).get('owner r')).toBeUndefined();
});

it('the password that Redis repeats is told to nobody', async () => {
  const asked = { name: 'Redis host', secrets: ['the-password-0123'], waiting: 0, silentSince: undefined };
  const said = new Error("ERR unknown command 'AUTH', with args beginning with: 'the-password-0123'");
  const error = await askRedis(asked, Promise.reject(said)).catch((thrown: unknown) => String(thrown));
  expect(error).toMatch(/^StateError: Redis host: it does not answer \(ERR unknown command/);
  expect(error).not.toContain('the-password');
});

it('leaves a connection over which comes too much, or for too long, that answers nothing', async () => {
  const asked: Parameters<typeof askRedis>[0] = {
    name: 'Redis',
    secrets: [],
    waiting: 0,
    silentSince: undefined,
  };
  const piece = new Uint8Array(2 ** 20);
  const connect = (patience: number) => {
    const stream = Object.assign(new EventEmitter(), {
      closed: 0,
      destroy() {
        this.closed += 1;
      },
    });
    const redis = Object.assign(new EventEmitter(), { stream });
    watchReplies(redis as unknown as Redis, asked, patience);
    redis.emit('connect');
    return stream;
  };
  const much = connect(60_000);
  for (let times = 0; times < 64; times += 1) much.emit('data', piece);
  expect(much.closed).toBe(0);
  much.emit('data', piece);
  expect(much.closed).toBe(1);
  const busy = connect(60_000);
  for (let times = 0; times < 200; times += 1) {
    const answer = askRedis(asked, Promise.resolve('x'));
    busy.emit('data', piece);
    await answer;
  }
  expect(busy.closed).toBe(0);
  const slow = connect(-1);
  void askRedis(asked, new Promise(() => undefined));
  slow.emit('data', new Uint8Array(1));
  slow.emit('data', new Uint8Array(1));
  expect(slow.closed).toBeGreaterThan(0);
});
