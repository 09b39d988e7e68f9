// What gateways share has a deadline and a size.
import { LIMITS } from '@g4f/core';
import { expect, it, onTestFinished } from 'vitest';
import { lazyGate } from '../../src/keys/lazy-gate.ts';
import { sharedCacheOf } from '../../src/options/stored.ts';
import type { Texts } from '../../src/state/state.ts';
import { openSqliteFile } from '../../src/state-engines/sqlite-file.ts';
import { SqliteTexts } from '../../src/state-engines/sqlite-texts.ts';
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

it('texts of SQLite are forgotten when their time is over, and the oldest of too many', async () => {
  let now = 1_000;
  const file = await openSqliteFile(':memory:', 0);
  onTestFinished(() => file.close());
  const texts = new SqliteTexts(file, () => now);
  for (const name of ['a', 'b', 'c']) await texts.write(name, name, name === 'b' ? 10 : 1_000_000);
  const names = () =>
    file
      .prepare('SELECT name FROM texts ORDER BY name')
      .all()
      .map((row) => Object(row).name);
  now += 1_000;
  await texts.write('d', 'd', 1_000_000);
  await file.write(() => texts.forget());
  expect(names()).toEqual(['a', 'c', 'd']);
  await file.write(() => texts.forget(1));
  expect(names()).toEqual(['d']);
  await texts.write('response:old', 'x', 1_000_000);
  for (const name of ['cache:a', 'cache:b']) {
    now += 1;
    await texts.write(name, name, 1_000_000);
  }
  await file.write(() => texts.forget(1));
  expect(names()).toEqual(['cache:b', 'd', 'response:old']);
});
