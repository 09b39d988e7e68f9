// In which order candidates are asked: by policy, by conversation, by how they are doing.
import type { Message } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallOptions } from '../../src/surface/options.ts';
import { createChatEngine } from '../chat-engine.ts';
import { pass, stopClock } from '../clock.ts';
import { stock } from '../fake-catalog.ts';
import { failing, fakeProvider, saying } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);
afterEach(() => void vi.restoreAllMocks());

const ids = ['a', 'b', 'c'];
beforeEach(() => stock(...ids.map((id) => fakeProvider(id, saying(id)))));

/** Who answers so many calls, one letter each. */
const whoAnswers = async (
  calls: ReturnType<typeof createChatEngine>,
  times: number,
  {
    model = 'family',
    messages = 'x' as string | Message[],
    ...options
  }: CallOptions & { model?: string; messages?: string | Message[] } = {},
): Promise<string> => {
  let who = '';
  for (let time = 0; time < times; time++) {
    for await (const batch of calls.chat({ model, messages }, options)) {
      for (const event of batch) if (event.type === 'answer-start') who += event.provider;
    }
  }
  return who;
};

describe('a policy', () => {
  it('order: the first answers as long as it can', async () => {
    expect(await whoAnswers(createChatEngine({ env: {} }), 4)).toBe('aaaa');
  });

  it('round-robin: each in turn, for each model by itself', async () => {
    const calls = createChatEngine({ env: {}, routing: 'round-robin' });
    const provider = ids;
    let who = '';
    for (let time = 0; time < 4; time++) {
      who += await whoAnswers(calls, 1, { provider });
      await whoAnswers(calls, 1, { provider, model: 'another' });
    }
    expect(who).toBe('abca');
  });

  it('weighted: at random, by shares; none is asked only if the others fail', async () => {
    const calls = createChatEngine({
      env: {},
      routing: { policy: 'weighted', weights: { a: 8, b: 2, c: 0 } },
    });
    const who = await whoAnswers(calls, 300);
    const count = (id: string): number => who.split(id).length - 1;
    expect(count('c')).toBe(0);
    expect(count('a') + count('b')).toBe(300);
    // 240 on average; so far off only once in 10^9 times.
    expect(count('a')).toBeGreaterThan(195);
    expect(count('b')).toBeGreaterThan(15);
    stock(
      fakeProvider('a', failing('auth')),
      fakeProvider('b', failing('auth')),
      fakeProvider('c', saying('c')),
    );
    expect(await whoAnswers(calls, 1)).toBe('c');
  });

  it('lowest-latency: of two the faster', async () => {
    stopClock();
    const slow = fakeProvider('slow', async function* (request, context) {
      await pass(40);
      yield* saying('slow')(request, context);
    });
    stock(slow, fakeProvider('fast', saying('fast')));
    const calls = createChatEngine({ env: {}, routing: 'lowest-latency' });
    // Whoever has not been asked yet is tried; then both are known.
    await whoAnswers(calls, 1, { provider: 'slow' });
    await whoAnswers(calls, 1, { provider: 'fast' });
    expect(await whoAnswers(calls, 10)).toBe('fast'.repeat(10));
  });

  it('cheapest: by the prices given, then what is free, then as they stand', async () => {
    stock(
      fakeProvider('unknown', saying('x'), { key: 'optional' }),
      fakeProvider('dear', saying('x'), { key: 'optional' }),
      fakeProvider('free', saying('x')),
    );
    const prices = { dear: { input: 1, output: 2 } };
    expect(await whoAnswers(createChatEngine({ env: {}, routing: { policy: 'cheapest', prices } }), 1)).toBe(
      'free',
    );
    const provider = ['unknown', 'dear'];
    const calls = createChatEngine({ env: {}, routing: { policy: 'cheapest', prices }, provider });
    expect(await whoAnswers(calls, 1)).toBe('dear');
  });

  it('cheapest: the price of a family is that of its maker', async () => {
    const models = { 'gpt-4o-mini': 'm' };
    stock(
      fakeProvider('reseller', saying('x'), { models, key: 'optional' }),
      fakeProvider('openai', saying('x'), { models, key: 'optional' }),
    );
    const calls = createChatEngine({ env: {}, routing: 'cheapest' });
    expect(await whoAnswers(calls, 1, { model: 'gpt-4o-mini' })).toBe('openai');
  });
});

describe('a conversation', () => {
  const first: Message[] = [{ role: 'user', content: 'Hello' }];
  const next: Message[] = [...first, { role: 'assistant', content: 'Hi' }, { role: 'user', content: 'And?' }];

  it('stays with the provider that answered it, whatever the policy says', async () => {
    const calls = createChatEngine({ env: {}, routing: 'round-robin' });
    await whoAnswers(calls, 1, { messages: 'something else' });
    expect(await whoAnswers(calls, 1, { messages: first })).toBe('b');
    expect(await whoAnswers(calls, 3, { messages: next })).toBe('bbb');
  });

  it('does not if the caller does not want that', async () => {
    const calls = createChatEngine({ env: {}, routing: { policy: 'round-robin', sticky: false } });
    await whoAnswers(calls, 1, { messages: first });
    expect(await whoAnswers(calls, 3, { messages: next })).toBe('bca');
  });

  it('goes on elsewhere when that provider fails', async () => {
    const calls = createChatEngine({ env: {} });
    expect(await whoAnswers(calls, 1, { messages: first })).toBe('a');
    stock(fakeProvider('a', failing('server')), fakeProvider('b', saying('b')));
    expect(await whoAnswers(calls, 2, { messages: next })).toBe('bb');
  });
});
