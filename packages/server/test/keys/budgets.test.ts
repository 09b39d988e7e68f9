// Limits of keys: what is counted of answers of every kind, and that no limit is passed, however many ask at once.
import { G4FError, type StreamEvent } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { failing, madeUp, saying, start, stop, text, usage } from '../made-up.ts';
import { keyedGateway } from './keyed-gateway.ts';

/** 11 tokens in, 7 out. */
const counted = saying([start()], [text('Hello')], [usage, stop]);
const uncounted = saying([start()], [text('Hello there, my friend')], [stop]);
const tokens = (most: number) => ({ limits: [{ tokens: most, per: 'day' }] });

describe('a limit of a key', () => {
  it('counts whole and streamed answers by what the service counted', async () => {
    const { ask, make, usageOf } = await keyedGateway(counted);
    const { key, id } = await make(tokens(40));
    expect((await ask(key)).status).toBe(200);
    const streamed = await ask(key, { stream: true });
    expect(await streamed.text()).toMatch(/\[DONE\]/);
    // The end of an answer comes after it was counted.
    expect(await usageOf(id)).toEqual([
      { tokens: 40, per: 'day', used: 36, reserved: 0, resets: expect.stringMatching(/T00:00:00.\d{3}Z$/) },
    ]);
    expect((await ask(key)).status).toBe(200);
    const refused = await ask(key);
    expect([refused.status, await refused.text()]).toEqual([
      429,
      expect.stringContaining('The limit of this key is 40 tokens per day; 54 are used.'),
    ]);
  });

  it('counts about what came where no service counts', async () => {
    const { ask, make, usageOf } = await keyedGateway(uncounted);
    const { key, id } = await make(tokens(1000));
    await ask(key);
    const [standing] = Object(await usageOf(id));
    expect(standing.used).toBeGreaterThan(5);
    expect(standing.used).toBeLessThan(30);
  });

  it('counts nothing of a call that failed, and frees what it had reserved', async () => {
    const refusing = failing(new G4FError('No.', { code: 'server', provider: 'made-up' }));
    const { ask, make, usageOf, rows } = await keyedGateway(refusing);
    const { key, id } = await make({
      limits: [
        { tokens: 100, per: 'day' },
        { requests: 9, per: 'total' },
      ],
    });
    expect((await ask(key)).status).toBe(502);
    expect(await usageOf(id)).toMatchObject([
      { used: 0, reserved: 0 },
      { requests: 9, used: 1, reserved: 0, resets: null },
    ]);
    expect(await rows()).toMatchObject([{ status: 502, provider: 'made-up', model: 'model-a', cost: 0 }]);
  });

  it('counts what came of a stream that its caller left, or that was cut', async () => {
    let hasEnded = false;
    const endless = async function* () {
      try {
        yield [start()];
        for (;;) {
          yield [text('Hello there, my friend. ')];
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        hasEnded = true;
      }
    };
    const { ask, make, usageOf, rows } = await keyedGateway(endless);
    const { key, id } = await make(tokens(1_000_000));
    const answer = await ask(key, { stream: true });
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect.poll(rows).toMatchObject([{ status: 499, provider: 'made-up' }]);
    expect(hasEnded).toBe(true);
    const [standing] = Object(await usageOf(id));
    expect(standing).toMatchObject({ reserved: 0, used: expect.any(Number) });
    expect(standing.used).toBeGreaterThan(5);

    const cut = failing(new G4FError('Cut.', { code: 'stream-truncated' }), [start()], [text('Hello there')]);
    const second = await keyedGateway(cut);
    const other = await second.make(tokens(1000));
    const broken = await second.ask(other.key, { stream: true });
    expect([broken.status, await broken.text()]).toEqual([200, expect.not.stringContaining('[DONE]')]);
    await expect.poll(second.rows).toMatchObject([{ status: 502, completion_tokens: 3 }]);
  });

  it('is not passed by calls at once that say how long their answers may be', async () => {
    const { ask, make, usageOf, seen } = await keyedGateway(counted);
    const { key, id } = await make(tokens(100));
    // Learnt: a prompt has 11 tokens.
    await ask(key);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(key, { max_tokens: 7 })));
    const [standing] = Object(await usageOf(id));
    expect(standing.used).toBeLessThanOrEqual(100);
    expect(standing.used).toBeGreaterThan(100 - 3 * 18);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(seen.requests).toHaveLength(standing.used / 18);
  });

  it('lets calls wait for those under way whose answers nobody knows', async () => {
    const { ask, make, usageOf } = await keyedGateway(counted);
    const { key, id } = await make(tokens(1000));
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await usageOf(id)).toMatchObject([{ used: 40 * 18, reserved: 0 }]);
  });

  it('is one of dollars, where what calls cost is known', async () => {
    const cost = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost: 0.3 };
    const priced = saying([start()], [text('Hello')], [{ type: 'usage', usage: cost }, stop]);
    const { options } = madeUp(priced, { costField: 'cost' });
    const { ask, make, usageOf, admin } = await keyedGateway(priced, options);
    const { key, id } = await make({ limits: [{ dollars: 0.5, per: 'month' }] });
    const statuses = [];
    for (let time = 0; time < 3; time += 1) statuses.push((await ask(key)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(await usageOf(id)).toMatchObject([{ dollars: 0.5, per: 'month', used: 0.6, reserved: 0 }]);
    const { said } = await admin('GET', '/usage?by=model');
    expect(said.data).toEqual([
      { of: 'model-a', requests: 3, failed: 1, prompt_tokens: 2, completion_tokens: 2, cost: 0.6 },
    ]);
  });

  it('costs nothing where the answer comes from the cache', async () => {
    const { options } = madeUp(counted);
    const { ask, make, usageOf, rows } = await keyedGateway(counted, {
      client: { ...options.client, cache: true },
    });
    const { key, id } = await make(tokens(1000));
    await ask(key);
    await ask(key);
    expect(await usageOf(id)).toMatchObject([{ used: 18, reserved: 0 }]);
    expect(await rows()).toMatchObject([{ provider: 'cache', prompt_tokens: 0 }, { provider: 'made-up' }]);
  });
});

it.each([
  [1e20, 1e9 + 7],
  [-5, 7],
  [2.4, 9],
])('a count of %d tokens that no service can mean stops no account', async (prompt_tokens, counts) => {
  const absurd: StreamEvent = {
    type: 'usage',
    usage: { prompt_tokens, completion_tokens: 7, total_tokens: 18 },
  };
  const { ask, make, usageOf, rows } = await keyedGateway(saying([start()], [text('Hi')], [absurd, stop]), {
    state: 'sqlite::memory:',
    metrics: { open: true },
  });
  const { key, id } = await make({ limits: [{ tokens: 1e12, per: 'total' }] });
  expect((await ask(key)).status).toBe(200);
  expect(await usageOf(id)).toMatchObject([{ used: counts, reserved: 0 }]);
  expect(await rows()).toHaveLength(1);
});
