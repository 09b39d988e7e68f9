// Gateways behind one Redis: what fails in one is left alone by all, also while the Redis is away.
import { G4FError, type Provider } from '@g4f/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SharedCircuits } from '../../src/circuits/shared-circuits.ts';
import { lazyGate } from '../../src/keys/lazy-gate.ts';
import { openState } from '../../src/state-engines/open-state.ts';
import { gateway, madeUp, post, saying, start, stop, text } from '../made-up.ts';
import { hasRedis, startRedis, withoutRedis } from './redis-server.ts';

const chat = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };
const headers = { authorization: 'Bearer one' };

/** A gateway with two providers, of which the first may fail. */
async function gatewayOn(stateUrl: string, options: { readonly onStateDown?: 'open' | 'closed' } = {}) {
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
    state: stateUrl,
    ...options,
  });
  const ask = async (): Promise<string | null> =>
    (await post(`${url}/v1/chat/completions`, chat, headers)).headers.get('x-g4f-provider');
  /** What an operator sees of the first provider. */
  const state = async (): Promise<string | undefined> => {
    const { data } = Object(await (await fetch(`${url}/v1/providers`, { headers })).json());
    return data.find((one: { readonly id: string }) => one.id === 'first')?.health[0]?.state;
  };
  return { first, ask, state };
}

/** So long that no test waits for its end. */
const LONG = 600_000;
/** How gateways name the chats of the first provider to each other. */
const FIRST = JSON.stringify(['first', null, null]);

/** Asks until it is so, or the test is over. */
async function until({ signal }: { readonly signal: AbortSignal }, isSo: () => boolean | Promise<boolean>) {
  while (!(await isSo())) {
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What all gateways of one Redis see. */
async function stateAt(url: string) {
  const state = await openState({ url, timeout: 5000, days: 1 });
  const { rests } = state;
  if (rests === undefined) throw new Error('this state shares no circuits');
  return { rests, close: () => state.close() };
}

describe.skipIf(!hasRedis)(`gateways on one Redis${withoutRedis}`, () => {
  it('tell what fails in one', async (test) => {
    const redis = await startRedis();
    const one = await gatewayOn(redis.url);
    const { rests, close } = await stateAt(redis.url);
    one.first.fails = true;
    // Each time that its circuit opens again it stays open for twice as long.
    await until(test, async () => {
      expect(await one.ask()).toBe('second');
      return (await rests.saidByOthers('me')).has(FIRST);
    });
    await close();
  });

  it('leave alone what failed in another, ask it last, and go by what they knew while Redis is away', async (test) => {
    const redis = await startRedis();
    const { rests, close } = await stateAt(redis.url);
    await rests.say('another', FIRST, LONG);
    await close();
    const two = await gatewayOn(redis.url, { onStateDown: 'open' });
    await until(test, async () => (await two.state()) === 'open');
    expect(await two.ask()).toBe('second');
    await redis.kill();
    expect(await two.ask()).toBe('second');
    expect(two.first.asked).toBe(0);
  });

  it('pass over what is no name of a provider', async (test) => {
    const redis = await startRedis();
    const { rests, close } = await stateAt(redis.url);
    for (const name of ['{', 'null', '[]', '[1,2,3]', '["x"]', '["x",5,null]', '["x",null,"nothing"]'])
      await rests.say('another', name, LONG);
    await rests.say('another', FIRST, LONG);
    const two = await gatewayOn(redis.url);
    await until(test, async () => (await two.state()) === 'open');
    expect(await two.ask()).toBe('second');
    await close();
  });

  it('leave nothing alone for longer than the state keeps it', async () => {
    const redis = await startRedis();
    const { rests, close } = await stateAt(redis.url);
    await rests.say('another', FIRST, 1e15);
    expect((await rests.saidByOthers('me')).get(FIRST)).toBe(LONG);
    await close();
  });

  it('ask no more when the gateway is closed while its state is being opened', async () => {
    const redis = await startRedis();
    const follow = vi.spyOn(SharedCircuits.prototype, 'follow');
    const end = vi.spyOn(SharedCircuits.prototype, 'end');
    onTestFinished(() => void vi.restoreAllMocks());
    const gate = lazyGate({ url: redis.url, onStateDown: 'closed', timeout: 5000, days: 1 });
    const opened = gate.open();
    await gate.close();
    await opened;
    const [followed] = follow.mock.invocationCallOrder;
    expect(end.mock.invocationCallOrder.at(-1)).toBeGreaterThan(followed ?? Number.POSITIVE_INFINITY);
  });

  it('hear that it is well again, from whoever it answered', async (test) => {
    const redis = await startRedis();
    const state = await openState({ url: redis.url, timeout: 5000, days: 1 });
    const [one, two] = [new SharedCircuits(5000), new SharedCircuits(5000)];
    const place = {
      provider: 'first',
      baseURL: 'https://user:secret@example.com/v1',
      operation: 'embed',
    } as const;
    try {
      one.follow(state);
      two.follow(state);
      one.opened(place, LONG);
      await until(test, () => two.restsFor(place) > 0);
      expect(two.restsFor(place)).toBeLessThanOrEqual(LONG + 2000);
      expect(one.restsFor(place)).toBe(0);
      expect(two.restsFor({ ...place, operation: undefined })).toBe(0);
      expect(JSON.stringify(two.others())).not.toContain('secret');
      two.answered(place);
      expect(two.restsFor(place)).toBe(0);
      await until(test, async () => (await state.rests?.saidByOthers('nobody'))?.size === 0);
      one.opened(place, LONG);
      await until(test, () => two.restsFor(place) > 0);
      one.answered(place);
      await until(test, () => two.restsFor(place) === 0);
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
