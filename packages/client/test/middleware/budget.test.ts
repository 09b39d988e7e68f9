// withBudget: what is stopped before a limit is passed, and what calls at the same time may come to.
import { type Batch, G4FError, type Provider } from '@g4f/core';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withBudget } from '../../src/middleware/with-budget.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import type { BudgetOptions, Middleware } from '../../src/surface/middleware.ts';
import { turns } from '../clock.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import { failing, failureOf, fakeProvider, start, stop, text } from '../fake-provider.ts';

afterEach(() => {
  vi.useRealTimers();
});

const used = (prompt: number, completion: number, cost?: number) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
  ...(cost !== undefined && { cost }),
});

/** Counts what it has spent; each answer comes when it is let go. */
const spending = (usages: readonly ReturnType<typeof used>[]) => {
  const state = {
    asked: 0,
    atOnce: 0,
    most: 0,
    tokens: 0,
    dollars: 0,
    go: [] as (() => void)[],
    waits: false,
  };
  const provider = fakeProvider('spender', async function* ({ model }) {
    const usage = usages[state.asked % usages.length] ?? used(0, 0);
    state.asked += 1;
    state.atOnce += 1;
    state.most = Math.max(state.most, state.atOnce);
    if (state.waits) await new Promise<void>((resolve) => state.go.push(resolve));
    state.atOnce -= 1;
    state.tokens += usage.total_tokens;
    state.dollars += 'cost' in usage ? Number(usage.cost) : 0;
    yield [start(model), text('ok')];
    yield [{ type: 'usage', usage }, stop];
  });
  return { state, provider: { ...provider, costField: 'cost' } as const };
};

const within = (provider: Provider, ...use: Middleware[]) => {
  const client = new AsyncClient({ env: {}, provider, maxRetries: 0, use });
  return (params: object = {}) =>
    client.chat.completions.create({ model: 'family', messages: 'x', ...params, stream: false });
};

/** Lets everything go on until something is true. */
const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await turns(1);
};

describe('withBudget', () => {
  it('stops when the tokens are used up, and says when they begin anew', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-29T18:30:00Z'), toFake: ['Date'] });
    const { state, provider } = spending([used(60, 40)]);
    const ask = within(provider, withBudget({ tokens: 250, per: 'day' }));
    for (let call = 0; call < 3; call++) await ask();
    const error = await failureOf(ask());
    expect(error).toMatchObject({ code: 'payment-required', retryAfterMs: 5.5 * 3_600_000 });
    expect(error.message).toBe(
      'withBudget: the limit is 250 tokens per day; 300 are used. It begins anew at 2026-11-30T00:00:00.000Z. Nobody was asked.',
    );
    expect(state.asked).toBe(3);
    vi.setSystemTime(new Date('2026-11-30T00:00:01Z'));
    await ask();
    expect(state.asked).toBe(4);
  });

  it('has one budget for each day, in whatever order the clock shows them', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-29T00:30:00Z'), toFake: ['Date'] });
    const { state, provider } = spending([used(60, 40)]);
    const ask = within(provider, withBudget({ tokens: 200, per: 'day' }));
    const askAll = async (): Promise<number> => {
      const before = state.asked;
      while (
        await ask().then(
          () => true,
          () => false,
        )
      );
      return state.asked - before;
    };
    expect(await askAll()).toBe(2);
    for (const day of ['2026-11-28', '2099-01-01', '2026-11-30']) {
      vi.setSystemTime(new Date(`${day}T23:30:00Z`));
      expect(await askAll()).toBe(2);
      vi.setSystemTime(new Date('2026-11-29T00:40:00Z'));
      expect(await askAll()).toBe(0);
    }
  });

  it('counts what ran while the clock went back', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-29T00:30:00Z'), toFake: ['Date'] });
    const { state, provider } = spending([used(60, 40)]);
    const ask = within(provider, withBudget({ tokens: 100, per: 'day' }));
    state.waits = true;
    const running = ask();
    await until(() => state.go.length === 1);
    vi.setSystemTime(new Date('2026-11-28T23:30:00Z'));
    state.go.pop()?.();
    await running;
    vi.setSystemTime(new Date('2026-11-29T00:40:00Z'));
    await expect(ask()).rejects.toMatchObject({ code: 'payment-required' });
  });

  it('stops dollars before they are passed, where it is known how much a call can be', async () => {
    const { state, provider } = spending([used(10, 100, 1)]);
    const ask = within(provider, withBudget({ dollars: 4, per: 'process' }));
    const bound = { max_tokens: 100 };
    for (let call = 0; call < 3; call++) await ask(bound);
    const error = await failureOf(ask(bound));
    expect(error.message).toMatch(
      /limit is 4 dollars per process; 3 are used, and this call may use 1\.\d+\. Nobody was asked/,
    );
    expect(error.retryAfterMs).toBeUndefined();
    expect(state.dollars).toBe(3);
  });

  it('is passed by one answer at most, however many calls there are at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 300 }),
        fc.boolean(),
        async (limit, size, bound) => {
          const { state, provider } = spending([used(0, size, size / 100)]);
          const options: BudgetOptions =
            limit % 2 === 0 ? { tokens: limit, per: 'hour' } : { dollars: limit / 100, per: 'process' };
          const ask = within(provider, withBudget(options));
          const results = await Promise.allSettled(
            Array.from({ length: 12 }, () => ask(bound ? { max_tokens: size } : {})),
          );
          for (const result of results)
            if (result.status === 'rejected')
              expect(result.reason).toMatchObject({ code: 'payment-required' });
          expect(state.tokens).toBeLessThan(limit + size);
          if (bound === false && state.asked < 12) expect(state.tokens).toBeGreaterThanOrEqual(limit);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets calls run at once where there is room, and others wait for them', async () => {
    const { state, provider } = spending([used(2, 98)]);
    const ask = within(provider, withBudget({ tokens: 10_000, per: 'day' }));
    await ask();
    state.waits = true;
    const many = Array.from({ length: 90 }, () => ask());
    await until(() => state.go.length >= 75);
    expect(state.atOnce).toBeLessThanOrEqual(81);
    while (state.atOnce > 0) {
      for (const go of state.go.splice(0)) go();
      await until(() => state.go.length > 0 || state.atOnce === 0);
    }
    await Promise.all(many);
    expect(state.tokens).toBe(9100);
  });

  it('gives room for the next as soon as one is over, while others run', async () => {
    const { state, provider } = spending([used(0, 4)]);
    const ask = within(provider, withBudget({ tokens: 30, per: 'day' }));
    await ask();
    state.waits = true;
    const many = Array.from({ length: 4 }, () => ask({ max_tokens: 6 }));
    await until(() => state.go.length === 2);
    state.go.shift()?.();
    await until(() => state.asked === 4);
    expect(state.atOnce).toBe(2);
    state.waits = false;
    for (const go of state.go.splice(0)) go();
    await Promise.all(many);
  });

  it('counts what was left or cut by what came, and nothing where nothing came', async () => {
    const said: Batch[] = [[start(), text('x'.repeat(400))]];
    const cut = within(
      fakeProvider('cut', failing('network', ...said)),
      withBudget({ tokens: 100, per: 'process' }),
    );
    expect(await failureOf(cut())).toMatchObject({ code: 'network' });
    expect(await failureOf(cut())).toMatchObject({ code: 'payment-required' });
    const down = within(fakeProvider('down', failing('server')), withBudget({ tokens: 1, per: 'process' }));
    for (let call = 0; call < 3; call++) expect(await failureOf(down())).toMatchObject({ code: 'server' });
  });

  it('learns nothing from streams that were left', async () => {
    for (const limit of [
      { dollars: 1, per: 'process' },
      { tokens: 100, per: 'process' },
    ] as const) {
      const { state, provider } = spending([used(5, 95, 1)]);
      const client = new AsyncClient({ env: {}, provider, use: [withBudget(limit)] });
      const { create } = client.chat.completions;
      const asked = { model: 'family', messages: 'x' } as const;
      for (let left = 0; left < 3; left++) for await (const _ of create({ ...asked, stream: true })) break;
      const results = await Promise.allSettled(Array.from({ length: 12 }, () => create(asked)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(state.asked).toBe(4);
    }
  });

  it('asks nothing for what was kept', async () => {
    const { state, provider } = spending([used(0, 10)]);
    const inside = within(provider, withBudget({ tokens: 11, per: 'process' }), withCache());
    for (let call = 0; call < 5; call++) await inside();
    const outside = within(provider, withCache(), withBudget({ tokens: 10, per: 'process' }));
    for (let call = 0; call < 5; call++) await outside();
    expect(state.asked).toBe(2);
  });

  it('looks at each call by itself', async () => {
    const { state, provider } = spending([used(0, 10)]);
    const ask = within(provider, withBudget({ tokens: 50, per: 'call' }));
    expect(await failureOf(ask({ max_tokens: 60 }))).toMatchObject({ code: 'payment-required' });
    for (let call = 0; call < 9; call++) await ask({ max_tokens: 40 });
    expect(state.asked).toBe(9);
  });

  it('holds for other operations, and stops waiting with the call', async () => {
    const use = [withBudget({ tokens: 3, per: 'process' })];
    const vectors = new AsyncClient({ env: {}, provider: fakeEmbedder('vectors'), use });
    const embed = () => vectors.embeddings.create({ model: 'vectors', input: 'some words' });
    const ends = await Promise.allSettled(Array.from({ length: 9 }, embed));
    expect(ends.at(-1)).toMatchObject({ reason: { code: 'payment-required' } });

    const { state, provider } = spending([used(0, 10)]);
    state.waits = true;
    const client = new AsyncClient({ env: {}, provider, use: [withBudget({ tokens: 10, per: 'process' })] });
    const { create } = client.chat.completions;
    const first = create({ model: 'family', messages: 'x' });
    await until(() => state.go.length === 1);
    const leaving = new AbortController();
    const second = create({ model: 'family', messages: 'x' }, { signal: leaving.signal });
    leaving.abort();
    expect(await failureOf(second)).toMatchObject({ code: 'aborted' });
    state.go[0]?.();
    await first;
    expect(state.asked).toBe(1);
  });

  it.each<[unknown, RegExp]>([
    [undefined, /given an object/],
    [{ per: 'day' }, /either dollars or tokens/],
    [{ dollars: 1, tokens: 1, per: 'day' }, /either dollars or tokens/],
    [{ dollars: 1, per: 'week' }, /per must be one of call, hour, day, process/],
    [{ dollars: 0, per: 'day' }, /dollars must be a number above 0/],
    [{ tokens: Number.POSITIVE_INFINITY, per: 'day' }, /tokens must be a number above 0/],
    [{ token: 1, per: 'day' }, /no field "token"/],
  ])('refuses %j', (options, message) => {
    expect(() => withBudget(options as BudgetOptions)).toThrow(G4FError);
    expect(() => withBudget(options as BudgetOptions)).toThrow(message);
  });
});
