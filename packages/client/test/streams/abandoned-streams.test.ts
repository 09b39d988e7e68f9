// Streams that nobody ended are left by the garbage collector's book-keeping, and by it alone those that live long enough.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AbandonedStreams } from '../../src/streams/abandoned-streams.ts';

const registered = new Map<unknown, unknown>();

/** The book-keeping, without a collector. */
class Registry {
  register(_stream: object, held: unknown, token: unknown): void {
    registered.set(token, held);
  }
  unregister(token: unknown): void {
    registered.delete(token);
  }
}

beforeEach(() => {
  registered.clear();
  vi.useFakeTimers();
  vi.stubGlobal('FinalizationRegistry', Registry);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const watchFive = (streams: AbandonedStreams<string>) =>
  ['a', 'b', 'c', 'd', 'e'].map((held) => streams.watch({}, held));

it('a stream that ends soon is never in the books, in whichever order they end', () => {
  const streams = new AbandonedStreams<string>(() => undefined);
  const [a, b, c, d, e] = watchFive(streams);
  for (const over of [b, e, a]) if (over !== undefined) streams.forget(over);
  vi.advanceTimersByTime(500);
  expect([...registered.values()].sort()).toEqual(['c', 'd']);
  for (const over of [c, d]) if (over !== undefined) streams.forget(over);
  expect(registered.size).toBe(0);
});

it('one that has ended may be ended again, and takes no other with it', () => {
  const streams = new AbandonedStreams<string>(() => undefined);
  const [a] = watchFive(streams);
  if (a === undefined) throw new Error('no stream');
  streams.forget(a);
  streams.forget(a);
  vi.advanceTimersByTime(500);
  streams.forget(a);
  expect([...registered.values()].sort()).toEqual(['b', 'c', 'd', 'e']);
});

it('those that begin later are looked at later', () => {
  const streams = new AbandonedStreams<string>(() => undefined);
  streams.watch({}, 'old');
  vi.advanceTimersByTime(500);
  streams.watch({}, 'young');
  expect([...registered.values()]).toEqual(['old']);
  vi.advanceTimersByTime(500);
  expect([...registered.values()]).toEqual(['old', 'young']);
});
