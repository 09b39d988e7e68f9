// Gateways that are killed: what a caller was told is in the ledger, once, and a budget that several keep is kept.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKey } from '../../src/keys/key-book.ts';
import type { State } from '../../src/state/state.ts';
import { openState } from '../../src/state-engines/open-state.ts';
import { hello } from '../keys/keyed-gateway.ts';
import { post } from '../made-up.ts';
import { hasRedis, startRedis, withoutRedis } from '../state/redis-server.ts';
import { gatewayProcesses } from './start-gateway.ts';

const start = gatewayProcesses();

/** The tokens of one answer. */
const EACH = 18;

const opened = async (url: string): Promise<State> => {
  const state = await openState({ url, timeout: 5_000, days: 30 });
  onTestFinished(() => state.close());
  return state;
};

/** Ids of the requests whose whole answer came, until the gateway is gone. */
const askUntilKilled = async (url: string, key: string, after: number, kill: () => Promise<void>) => {
  const told: string[] = [];
  let killing: Promise<void> | undefined;
  const one = async (): Promise<void> => {
    for (;;) {
      try {
        const body = { ...hello, stream: true, max_tokens: 7 };
        const answer = await post(`${url}/v1/chat/completions`, body, { authorization: `Bearer ${key}` });
        const text = await answer.text();
        if (!text.endsWith('data: [DONE]\n\n')) throw new Error(text);
        told.push(answer.headers.get('x-request-id') ?? '');
        if (told.length >= after) killing ??= kill();
      } catch (error) {
        if (killing !== undefined) return;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  await killing;
  return told;
};

const limits = [{ tokens: 1_000_000, per: 'total' }];

const checkLedger = async (state: State, id: string, told: readonly string[]): Promise<void> => {
  const rows = await state.rows({ key: id }, 10_000);
  const answered = rows.filter(({ status }) => status === 200);
  const written = new Set(answered.map((row) => row.id));
  expect(told.filter((one) => !written.has(one))).toEqual([]);
  expect(written.size).toBe(answered.length);
  const record = await state.findKey(id);
  const [standing] = await state.standing(id, record?.limits ?? []);
  // Its rows and its counters are written together.
  expect(standing?.used).toBe(rows.reduce((sum, row) => sum + row.promptTokens + row.completionTokens, 0));
};

describe('a gateway that is killed', () => {
  it('has written every answer whose end its caller has seen into its file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'g4f-killed-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const url = `sqlite:${join(folder, 'state.db')}`;
    const state = await opened(url);
    const { id, key } = await createKey(state, { name: 'ours', limits });
    for (let time = 0; time < 3; time += 1) {
      const gateway = await start({ state: url });
      const told = await askUntilKilled(gateway.url, key, 60, () => gateway.end('SIGKILL'));
      await checkLedger(state, id, told);
    }
  });

  it.skipIf(!hasRedis)(`has written them into Redis, which is killed as well${withoutRedis}`, async () => {
    const redis = await startRedis();
    const state = await opened(redis.url);
    const { id, key } = await createKey(state, { name: 'ours', limits });
    const gateways = [await start({ state: redis.url }), await start({ state: redis.url })];
    const told = await Promise.all(
      gateways.map(({ url, end }) => askUntilKilled(url, key, 40, () => end('SIGKILL'))),
    );
    await checkLedger(state, id, told.flat());
    await redis.kill();
    await redis.restart();
    await expect.poll(() => state.findKey(id).catch(() => undefined)).toMatchObject({ id });
    await checkLedger(state, id, told.flat());
  });
});

describe('a gateway that is told to end', () => {
  it('writes what it has answered first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'g4f-ended-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const url = `sqlite:${join(folder, 'state.db')}`;
    const state = await opened(url);
    const { id, key } = await createKey(state, { name: 'ours', limits });
    const gateway = await start({ state: url });
    const told = await askUntilKilled(gateway.url, key, 20, () => gateway.end('SIGTERM'));
    await checkLedger(state, id, told);
  });
});

describe.skipIf(!hasRedis)(`three gateways behind one Redis${withoutRedis}`, () => {
  it('keep one budget to within one request', async () => {
    const redis = await startRedis();
    const state = await opened(redis.url);
    const most = 20 * EACH;
    const { id, key } = await createKey(state, { name: 'ours', limits: [{ tokens: most, per: 'day' }] });
    const gateways = await Promise.all([1, 2, 3].map(() => start({ state: redis.url })));
    const ask = async (url: string) => {
      const body = { ...hello, max_tokens: 7 };
      const answer = await post(`${url}/v1/chat/completions`, body, { authorization: `Bearer ${key}` });
      await answer.text();
      return answer.status;
    };
    // Each learns how many tokens such a prompt has.
    const first = [];
    for (const { url } of gateways) first.push(await ask(url));
    const others = await Promise.all(
      gateways.flatMap(({ url }) => Array.from({ length: 20 }, () => ask(url))),
    );
    const statuses = [...first, ...others];
    const count = (wanted: number): number => statuses.filter((status) => status === wanted).length;
    const answered = count(200);
    // What a prompt has is an estimate until its model was asked a few times.
    expect([20, 21]).toContain(answered);
    // 503: Redis did not answer in time, on a machine that is busy.
    expect(answered + count(429) + count(503)).toBe(63);
    const record = await state.findKey(id);
    expect(await state.standing(id, record?.limits ?? [])).toMatchObject([
      { used: answered * EACH, reserved: 0 },
    ]);
  });
});
