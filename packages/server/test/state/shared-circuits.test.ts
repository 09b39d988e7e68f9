// Gateways behind one Redis: what fails in one is left alone by all, also while the Redis is away.
import { G4FError, type Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { SharedCircuits } from '../../src/circuits/shared-circuits.ts';
import { openState } from '../../src/state/open-state.ts';
import { gateway, madeUp, post, saying, start, stop, text } from '../made-up.ts';
import { hasRedis, startRedis, withoutRedis } from './redis-server.ts';

const chat = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };
const headers = { authorization: 'Bearer one' };

/** A gateway with two providers, of which the first may fail, and what an operator sees of it. */
async function gatewayOn(state: string, options: { readonly onStateDown?: 'open' | 'closed' } = {}) {
  const first = { fails: false, asked: 0 };
  const made = (id: string, say: Provider['chat']): Provider => ({
    ...madeUp(saying()).options.client.provider,
    id,
    ...(say !== undefined && { chat: say }),
  });
  const failing = made('first', async function* () {
    first.asked += 1;
    if (first.fails) throw new G4FError('first: down', { code: 'server', status: 503, provider: 'first' });
    yield [start(), text('Hello'), stop];
  });
  const second = made('second', saying([start(), text('Hello'), stop]));
  const { url } = await gateway({
    client: { provider: [failing, second], maxRetries: 0, env: {} },
    keys: ['one'],
    state,
    ...options,
  });
  const ask = async (): Promise<string | null> =>
    (await post(`${url}/v1/chat/completions`, chat, headers)).headers.get('x-g4f-provider');
  const stateOf = async (id: string): Promise<string | undefined> => {
    const { data } = Object(await (await fetch(`${url}/v1/providers`, { headers })).json());
    return data.find((one: { readonly id: string }) => one.id === id)?.health[0]?.state;
  };
  /** Asks until it is so. */
  const until = async (id: string, wanted: string): Promise<void> => {
    while ((await stateOf(id)) !== wanted) await new Promise(setImmediate);
  };
  return { first, ask, until };
}

describe.skipIf(!hasRedis)(`gateways on one Redis${withoutRedis}`, () => {
  it('leave alone what failed in another, and ask it last', async () => {
    const redis = await startRedis();
    const [one, two] = [await gatewayOn(redis.url), await gatewayOn(redis.url)];
    one.first.fails = true;
    for (let at = 0; at < 5; at += 1) expect(await one.ask()).toBe('second');
    await two.until('first', 'open');
    expect(await two.ask()).toBe('second');
    expect(two.first.asked).toBe(0);
  });

  it('go by what they knew while it is away', async () => {
    const redis = await startRedis();
    const options = { onStateDown: 'open' as const };
    const [one, two] = [await gatewayOn(redis.url, options), await gatewayOn(redis.url, options)];
    one.first.fails = true;
    for (let at = 0; at < 5; at += 1) await one.ask();
    await two.until('first', 'open');
    await redis.kill();
    expect(await two.ask()).toBe('second');
    expect(two.first.asked).toBe(0);
  });

  it('hear that it is well again, from whoever it answered', async () => {
    const redis = await startRedis();
    const state = await openState({ url: redis.url, timeout: 5000, days: 1 });
    const [one, two] = [new SharedCircuits(5000), new SharedCircuits(5000)];
    const place = {
      provider: 'first',
      baseURL: 'https://user:secret@example.com/v1',
      operation: 'embed',
    } as const;
    const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    try {
      one.follow(state);
      two.follow(state);
      one.opened(place, 5000);
      await until(() => two.restsFor(place) > 0);
      expect(two.restsFor(place)).toBeLessThanOrEqual(7000);
      expect(one.restsFor(place)).toBe(0);
      expect(two.restsFor({ ...place, operation: undefined })).toBe(0);
      expect(JSON.stringify(two.others())).not.toContain('secret');
      two.answered(place);
      expect(two.restsFor(place)).toBe(0);
      await until(async () => (await state.rests?.saidByOthers('nobody'))?.size === 0);
      one.opened(place, 5000);
      await until(() => two.restsFor(place) > 0);
      one.answered(place);
      await until(() => two.restsFor(place) === 0);
    } finally {
      one.end();
      two.end();
      await state.close();
    }
  });
});

it('is quiet without a state that can share', async () => {
  const circuits = new SharedCircuits(1000);
  circuits.follow(await openState({ url: 'memory', timeout: 1000, days: 1 }));
  circuits.opened({ provider: 'first' }, 5000);
  expect(circuits.restsFor({ provider: 'first' })).toBe(0);
  expect(circuits.others()).toEqual([]);
  circuits.end();
});
