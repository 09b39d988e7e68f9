// A state that is away: closed, nobody is let in; open, known keys are, and what they used is counted when it is there again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, onTestFinished, vi } from 'vitest';
import { createKey } from '../../src/keys/key-book.ts';
import { LedgerWriter } from '../../src/ledger/ledger-writer.ts';
import type { LedgerRow, State } from '../../src/state/state.ts';
import { createMemoryState } from '../../src/state-engines/memory-state.ts';
import { openState } from '../../src/state-engines/open-state.ts';
import { openDatabase } from '../../src/state-engines/sqlite-driver.ts';
import { saying, start, stop, text, usage } from '../made-up.ts';
import { hasRedis, startRedis, withoutRedis } from '../state/redis-server.ts';
import { keyedGateway } from './keyed-gateway.ts';

const counted = saying([start()], [text('Hello')], [usage, stop]);
const limits = [{ tokens: 1000, per: 'total' }];

let told: MockInstance<typeof console.error>;
beforeEach(() => {
  told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => told.mockRestore());

describe.skipIf(!hasRedis)(`a Redis that is killed${withoutRedis}`, () => {
  const behind = async (onStateDown: 'open' | 'closed') => {
    const redis = await startRedis();
    const gateway = await keyedGateway(counted, { state: redis.url, onStateDown, stateTimeout: 2_000 });
    return { redis, ...gateway, ...(await gateway.make({ limits })) };
  };

  it('closed: refuses calls until it is there again, and has forgotten nothing', async () => {
    const { redis, ask, key, id, usageOf, seen, url } = await behind('closed');
    expect((await ask(key)).status).toBe(200);
    await redis.kill();
    const refused = await ask(key);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ error: { code: 'state_down' } });
    expect(seen.requests).toHaveLength(1);
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    await redis.restart();
    await expect.poll(async () => (await ask(key)).status, { timeout: 20_000 }).toBe(200);
    // An answer is counted after its end: that of the first may have met the Redis that was killed.
    await expect.poll(() => usageOf(id), { timeout: 20_000 }).toMatchObject([{ used: 36, reserved: 0 }]);
  });

  it('open: answers keys that it knows, and counts them once when it is there again', async () => {
    const { redis, ask, make, key, id, usageOf, rows } = await behind('open');
    const unseen = await make();
    expect((await ask(key)).status).toBe(200);
    await redis.kill();
    for (let time = 0; time < 3; time += 1) expect((await ask(key)).status).toBe(200);
    // Nobody can say whose key it is.
    expect((await ask(unseen.key)).status).toBe(503);
    expect((await ask('sk-g4f-guessed')).status).toBe(503);
    await redis.restart();
    await expect.poll(() => usageOf(id), { timeout: 20_000 }).toMatchObject([{ used: 72, reserved: 0 }]);
    const statuses = (await rows()).map(({ status, key: of }) => [of, status]);
    expect(statuses).toEqual(Array.from({ length: 4 }, () => [id, 200]));
    expect(told.mock.calls.flat().join('\n')).toMatch(/Redis 127\.0\.0\.1:\d+: it does not answer/);
  });

  it('is away at the start: the gateway starts, and lets callers in when it is there', async () => {
    const redis = await startRedis();
    const state = await openState({ url: redis.url, timeout: 2_000, days: 1 });
    const { key } = await createKey(state, { name: 'ours' });
    await state.close();
    await redis.kill();
    const { ask } = await keyedGateway(counted, { state: redis.url });
    expect((await ask(key)).status).toBe(503);
    await redis.restart();
    await expect.poll(async () => (await ask(key)).status, { timeout: 20_000 }).toBe(200);
  });
});

/** Does not answer while it hangs. */
const hanging = () => {
  const memory = createMemoryState();
  const control = { hangs: true, asked: 0 };
  const state: State = Object.assign(Object.create(memory), {
    name: 'hanging',
    settle(given: Parameters<State['settle']>[0]) {
      control.asked += 1;
      // What was written, and not said to be, is written again.
      const written = memory.settle(given);
      return control.hangs ? new Promise(() => undefined) : written;
    },
  });
  return { memory, state, control };
};

const row = (id: string): LedgerRow => ({
  ...{ id, at: 1, key: 'k', model: 'm', provider: 'p', operation: 'chat' },
  ...{ promptTokens: 1, completionTokens: 1, cost: 1, status: 200, ms: 1 },
});

describe('a state that hangs', () => {
  it('holds no answer longer than its deadline, and gets each row once', async () => {
    const { memory, state, control } = hanging();
    const writer = new LedgerWriter(state, 5);
    const charges = [{ unit: 'tokens', per: 'total', amount: 2 }] as const;
    await Promise.all(['1', '2', '3'].map((id) => writer.write({ row: row(id), charges })));
    await writer.write({ row: row('4'), charges });
    control.hangs = false;
    await writer.close();
    expect(control.asked).toBeGreaterThan(1);
    expect(await memory.usage('key', {})).toMatchObject([{ requests: 4 }]);
    expect(await memory.standing('k', [{ unit: 'tokens', per: 'total', most: 9 }])).toMatchObject([
      { used: 8 },
    ]);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('says how many rows are lost with a process that ends', async () => {
    const { state } = hanging();
    const writer = new LedgerWriter(state, 5);
    await writer.write({ row: row('1'), charges: [] });
    await writer.close();
    expect(told.mock.lastCall?.[0]).toBe(
      '@g4f/server: 1 rows of the ledger are lost: hanging was away for too long.',
    );
  });
});

it('a row that the state refuses is left out and told of; those beside it are written', async () => {
  const state = await openState({ url: 'sqlite::memory:', timeout: 2_000, days: 1 });
  const writer = new LedgerWriter(state, 2_000);
  const wrong = { row: { ...row('wrong'), promptTokens: 1e20 }, charges: [] };
  const right = ['one', 'two'].map((id) => ({ row: row(id), charges: [] }));
  await Promise.all([right[0], wrong, right[1], wrong].flatMap((one) => (one ? [writer.write(one)] : [])));
  expect((await state.rows({}, 10)).map(({ id }) => id).sort()).toEqual(['one', 'two']);
  await writer.close();
  await state.close();
  expect(told.mock.calls).toEqual([
    [expect.stringMatching(/^@g4f\/server: a row of the ledger is lost: SQLite file .*cannot store/)],
  ]);
});

it('a database that can be read and not written is told of once, and again after it could be', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-state-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'state.db');
  const { make, ask } = await keyedGateway(counted, { state: `sqlite:${file}`, stateTimeout: 50 });
  const { key } = await make({ limits });
  const ofState = () => told.mock.calls.flat().filter((line) => /another process holds/.test(String(line)));
  for (const times of [1, 2]) {
    const other = await openDatabase(file, 'file');
    other.exec('BEGIN IMMEDIATE');
    for (let call = 0; call < 3; call += 1) expect((await ask(key)).status).toBe(503);
    expect(ofState().filter((line) => !String(line).includes('ledger'))).toHaveLength(times);
    other.exec('ROLLBACK');
    other.close();
    await expect.poll(async () => (await ask(key)).status).toBe(200);
  }
});
