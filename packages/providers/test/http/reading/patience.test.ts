// The wait for what may follow the finish of an answer.
import { expect, it, vi } from 'vitest';
import { Patience } from '../../../src/http/reading/patience.ts';

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Bytes that come when the thread has turned so often. */
const bytesAfter = (turns: number): AsyncIterator<Uint8Array> => ({
  async next() {
    for (let at = 0; at < turns; at++) await turn();
    return { done: false, value: new Uint8Array([1]) };
  },
});

const never: AsyncIterator<Uint8Array> = { next: () => new Promise(() => undefined) };

/** Nothing else of this thread runs meanwhile. */
const block = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

it('a thread that was blocked for longer than the wait still reads what has come meanwhile', async () => {
  const reading = new Patience().next(bytesAfter(5));
  block(2_300);
  expect(await reading).toEqual({ done: false, value: new Uint8Array([1]) });
});

it('is over when nothing comes', async () => {
  const patience = new Patience();
  patience.renew(1);
  expect(await patience.next(never)).toEqual({ done: true, value: undefined });
});

it('a connection that breaks meanwhile is an end', async () => {
  const broken = { next: () => Promise.reject(new Error('reset')) };
  expect(await new Patience().next(broken)).toEqual({ done: true, value: undefined });
});

it.each([
  ['a deadline that is nearer than the silence', 1000, 950],
  ['a deadline that is further away', 60_000, 2000],
  ['no deadline', undefined, 2000],
  ['a deadline that has all but passed', 20, 0],
])('with %s it ends in time', async (_case, leftMs, expected) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const began = performance.now();
    const read = new Patience().next(never, leftMs);
    await vi.runAllTimersAsync();
    expect(await read).toEqual({ done: true, value: undefined });
    expect(performance.now() - began).toBe(expected);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it('a thread that was blocked beyond a deadline is not waited for by it', async () => {
  const timers: string[] = [];
  const reading = new Patience().next(never, 150).then(() => timers.push('the end'));
  setTimeout(() => timers.push('the deadline'), 150);
  block(400);
  await reading;
  expect(timers).toEqual(['the end']);
});
