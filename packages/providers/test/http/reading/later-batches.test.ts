// Batches whose source is opened late: once, not before they are wanted, and not for a reader who has left.
import type { Batch } from '@g4f/core';
import { describe, expect, it, vi } from 'vitest';
import { LaterBatches } from '../../../src/http/reading/later-batches.ts';

const BATCH: Batch = [{ type: 'text-delta', text: 'hi' }];
const DONE = { done: true, value: undefined };

const source = () => {
  const left = vi.fn();
  async function* batches(): AsyncGenerator<Batch, undefined> {
    try {
      yield BATCH;
      yield BATCH;
    } finally {
      left();
    }
  }
  return { left, batches: batches() };
};

describe('later batches', () => {
  it('open their source with the first read, and once', async () => {
    const { batches } = source();
    const open = vi.fn(async () => batches);
    const later = new LaterBatches(open);
    expect(open).not.toHaveBeenCalled();
    const all: Batch[] = [];
    for await (const batch of later) all.push(batch);
    expect(all).toEqual([BATCH, BATCH]);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('leave the source when their reader leaves', async () => {
    const { batches, left } = source();
    for await (const _ of new LaterBatches(async () => batches)) break;
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('never open it for a reader who left before the first read', async () => {
    const open = vi.fn(async () => source().batches);
    const later = new LaterBatches(open);
    await later.return();
    expect(await later.next()).toEqual(DONE);
    expect(open).not.toHaveBeenCalled();
  });

  it('leave a source that opens after their reader has left', async () => {
    const left = vi.fn(async () => ({ done: true, value: undefined }) as const);
    const batches = { next: async () => ({ done: false, value: BATCH }) as const, return: left };
    let opened: (source: typeof batches) => void = () => undefined;
    const later = new LaterBatches(() => new Promise((resolve) => (opened = resolve)));
    const first = later.next();
    await later.return();
    opened(batches);
    expect(await first).toEqual(DONE);
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('end after a failure to open, which is told once', async () => {
    const later = new LaterBatches(() => Promise.reject(new Error('no connection')));
    await expect(later.next()).rejects.toThrow('no connection');
    expect(await later.next()).toEqual(DONE);
  });

  it('open once for reads that overlap, and hand them to the source in their order', async () => {
    async function* batches(): AsyncGenerator<Batch, undefined> {
      for (const text of ['one', 'two']) yield [{ type: 'text-delta', text }];
    }
    const open = vi.fn(async () => batches());
    const later = new LaterBatches(open);
    const reads = await Promise.all([later.next(), later.next(), later.next()]);
    expect(reads.map(({ done, value }) => (done ? 'done' : value[0]))).toMatchObject([
      { text: 'one' },
      { text: 'two' },
      'done',
    ]);
    expect(open).toHaveBeenCalledTimes(1);
  });
});
