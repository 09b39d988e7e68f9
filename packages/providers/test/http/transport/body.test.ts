// The queue between socket and reader is bounded, keeps order, and lets go of the connection once.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BodyQueue } from '../../../src/http/transport/body.ts';

const connection = () => {
  const calls: string[] = [];
  return {
    calls,
    pause: () => void calls.push('pause'),
    resume: () => void calls.push('resume'),
    abort: () => void calls.push('abort'),
  };
};

const chunk = (size = 1): Uint8Array => new Uint8Array(size);
const kibibytes = (count: number): Uint8Array => chunk(count * 1024);

describe('the body queue', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const open = () => {
    const socket = connection();
    const onLeft = vi.fn();
    return { socket, onLeft, queue: new BodyQueue(socket, onLeft) };
  };

  it('hands a chunk to the reader that waits, uncopied', async () => {
    const { queue } = open();
    const waiting = queue.next();
    const only = chunk(1);
    queue.push(only);
    expect((await waiting).value).toBe(only);
  });

  it('hands out in one piece, and in order, what has come since the last read', async () => {
    const { queue } = open();
    const waiting = queue.next();
    for (const byte of [1, 2, 3]) queue.push(Uint8Array.of(byte));
    expect([...((await waiting).value ?? [])]).toEqual([1, 2, 3]);
    for (const byte of [4, 5]) queue.push(Uint8Array.of(byte));
    queue.end();
    expect([...((await queue.next()).value ?? [])]).toEqual([4, 5]);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('joins small pieces up to 16 KiB, and leaves larger ones as they are', async () => {
    const { queue } = open();
    const large = kibibytes(18);
    for (const one of [kibibytes(10), kibibytes(6), chunk(), large, chunk()]) queue.push(one);
    expect((await queue.next()).value).toHaveLength(16 * 1024);
    expect((await queue.next()).value).toHaveLength(1);
    expect((await queue.next()).value).toBe(large);
    expect((await queue.next()).value).toHaveLength(1);
  });

  it('pauses the socket above 128 KiB, and resumes it once all is read', async () => {
    const { queue, socket } = open();
    queue.push(kibibytes(64));
    queue.push(kibibytes(64));
    expect(socket.calls).toEqual([]);
    queue.push(chunk());
    queue.push(chunk());
    expect(socket.calls).toEqual(['pause']);
    for (let reads = 0; reads < 2; reads++) await queue.next();
    expect(socket.calls).toEqual(['pause']);
    expect((await queue.next()).value).toHaveLength(2);
    expect(socket.calls).toEqual(['pause', 'resume']);
  });

  it('never pauses for a reader that keeps up', async () => {
    const { queue, socket } = open();
    for (let reads = 0; reads < 20; reads++) {
      const read = queue.next();
      queue.push(kibibytes(64));
      await read;
    }
    expect(socket.calls).toEqual([]);
  });

  it('tells a failure after the chunks that came before it, once', async () => {
    const { queue, onLeft } = open();
    queue.push(chunk(1));
    queue.push(chunk(2));
    queue.fail(new Error('reset'));
    queue.fail(new Error('a second report of it'));
    expect(onLeft).toHaveBeenCalledTimes(1);
    expect((await queue.next()).value).toHaveLength(3);
    await expect(queue.next()).rejects.toThrow('reset');
    expect((await queue.next()).done).toBe(true);
  });

  it('gives without a wait what has come, and the end if that has come too; a failure is for who waits', async () => {
    const { queue } = open();
    expect(queue.nextNow()).toBeUndefined();
    queue.push(chunk(3));
    expect(queue.nextNow()).toEqual({ done: false, value: chunk(3) });
    expect(queue.nextNow()).toBeUndefined();
    queue.end();
    expect(queue.nextNow()).toEqual({ done: true, value: undefined });

    const { queue: broken } = open();
    broken.push(chunk());
    broken.fail(new Error('reset'));
    expect(broken.nextNow()?.done).toBe(false);
    expect(broken.nextNow()).toBeUndefined();
    await expect(broken.next()).rejects.toThrow('reset');
    expect(broken.nextNow()?.done).toBe(true);

    const { queue: left } = open();
    await left.return();
    expect(left.nextNow()?.done).toBe(true);
  });

  it('tells a failure to the reader that waits', async () => {
    const { queue } = open();
    const waiting = queue.next();
    queue.fail(new Error('reset'));
    await expect(waiting).rejects.toThrow('reset');
    expect((await queue.next()).done).toBe(true);
  });

  it('closes the connection once when the reader leaves, and drops what is unread', async () => {
    const { queue, socket, onLeft } = open();
    queue.push(chunk());
    await queue.return();
    await queue.return();
    queue.release();
    queue.push(chunk());
    vi.advanceTimersByTime(1000);
    expect(socket.calls).toEqual(['abort']);
    expect(onLeft).toHaveBeenCalled();
    expect((await queue.next()).done).toBe(true);
  });

  it('ends a read that waits when the reader leaves', async () => {
    const { queue } = open();
    const waiting = queue.next();
    await queue.return();
    expect((await waiting).done).toBe(true);
  });

  it('does not close a connection whose body has ended', async () => {
    const { queue, socket } = open();
    queue.push(chunk());
    queue.end();
    await queue.return();
    expect(socket.calls).toEqual([]);
  });

  it('keeps a released connection if the end comes in time', async () => {
    const { queue, socket } = open();
    queue.release();
    await queue.return();
    vi.advanceTimersByTime(15);
    queue.end();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(socket.calls).toEqual([]);
  });

  it('closes a released connection that does not end', async () => {
    const { queue, socket } = open();
    const waiting = queue.next();
    queue.release();
    expect((await waiting).done).toBe(true);
    queue.push(chunk());
    vi.advanceTimersByTime(15);
    expect(socket.calls).toEqual([]);
    vi.advanceTimersByTime(15);
    expect(socket.calls).toEqual(['abort']);
  });

  it('lets a paused socket run on to its end when it is released', () => {
    const { queue, socket } = open();
    queue.push(kibibytes(200));
    queue.release();
    queue.end();
    vi.advanceTimersByTime(1000);
    expect(socket.calls).toEqual(['pause', 'resume']);
  });
});
