// What a gateway is told at its start of a Redis that is there, and of an address that means none.
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { isStateUrl, openState } from '../../src/state-engines/open-state.ts';
import { hasRedis, startRedis, withoutRedis } from './redis-server.ts';

const open = (url: string) => openState({ url, timeout: 5_000, days: 1 });

describe.skipIf(!hasRedis)(`a Redis that refuses${withoutRedis}`, () => {
  it('stops the start: a database that it has not, a wrong password and none', async () => {
    const { url } = await startRedis();
    await expect(open(`${url}/99`)).rejects.toThrow(/^Redis 127\.0\.0\.1:\d+\/99: it has no database/);
    const state = await open(`${url}/3`);
    expect(await state.listKeys()).toEqual([]);
    await state.close();
    const redis = new Redis(url);
    await redis.config('SET', 'requirepass', 'right');
    redis.disconnect();
    await expect(open(url)).rejects.toThrow(/it refuses the user or the password, or needs one/);
    const wrong = await open(url.replace('//', '//:wrong@')).catch((error: unknown) => String(error));
    expect(wrong).toMatch(/it refuses the user or the password/);
    expect(wrong).not.toContain(':wrong');
    await (await open(`${url.replace('//', '//:right@')}/0`)).close();
  });
});

it('is no state: a path that is no number of a database', () => {
  const isState = (path: string) => isStateUrl(`redis://127.0.0.1:6379${path}`);
  expect(['', '/', '/0', '/15'].map(isState)).toEqual([true, true, true, true]);
  expect(['/foo', '/1/2', '/-1', '/1a'].map(isState)).toEqual([false, false, false, false]);
});

it('makes no folder of the name ~', async () => {
  await expect(open('sqlite:~/g4f-none/x.db')).rejects.toThrow(
    /~ means no folder here\. Write the path out$/,
  );
});
