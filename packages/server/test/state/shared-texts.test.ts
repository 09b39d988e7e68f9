// What gateways share has a deadline and a size.
import { LIMITS } from '@g4f/core';
import { expect, it } from 'vitest';
import { lazyGate } from '../../src/keys/lazy-gate.ts';
import { sharedCacheOf } from '../../src/options/stored.ts';
import type { Texts } from '../../src/state/state.ts';
import { sharedTexts } from '../../src/stored/shared-texts.ts';
import { stateCache } from '../../src/stored/state-cache.ts';
import { stateResponses } from '../../src/stored/state-responses.ts';

it('waits for a state that says nothing no longer than it may', async () => {
  const texts = sharedTexts({ open: () => new Promise(() => undefined), timeout: 20 });
  const late = /did not answer within 20 ms/;
  await expect(texts.read('a')).rejects.toThrow(late);
  await expect(texts.write('a', 'b', 1)).rejects.toThrow(late);
  await expect(texts.remove('a')).rejects.toThrow(late);
}, 30_000);

it('keeps no response and no answer that is too long', async () => {
  const written: string[] = [];
  const texts: Texts = {
    read: async () => undefined,
    write: async (name) => void written.push(name),
    remove: async () => undefined,
  };
  const stored = (model: string) => ({
    response: { id: 'a', object: 'response', created_at: 1, model, output: [] } as const,
    input: [],
  });
  const long = 'x'.repeat(LIMITS.storedCharacters + 1);
  expect(await stateResponses(texts).set('long', stored(long))).toBe(false);
  expect(await stateResponses(texts).set('short', stored('m'))).toBe(true);
  await stateCache(texts).set('long', long, 1);
  await stateCache(texts).set('short', 'x', 1);
  expect(written).toEqual(['response:short', 'cache:short']);
});

it('takes no time to live that no state could keep', () => {
  const gate = lazyGate({ url: 'sqlite:never.db', onStateDown: 'closed', timeout: 1, days: 1 });
  for (const ttl of [1500.5, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER, 0])
    expect(() => sharedCacheOf({ ttl }, gate)).toThrow(
      'sharedCache.ttl must be a whole number of ms above 0',
    );
  expect(sharedCacheOf({ ttl: 1500 }, gate)).toHaveLength(1);
});
