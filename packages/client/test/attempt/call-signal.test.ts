// The total deadline of a call counts from when the call was made, not from when its worker has heard of it.
import { G4FError } from '@g4f/core';
import { expect, it, vi } from 'vitest';
import { CallSignal } from '../../src/attempt/call-signal.ts';
import { limitsOf } from '../../src/options/deadline-limits.ts';

const settings = (total: number) => ({ signal: undefined, limits: limitsOf(undefined, total) });

it('ends total ms after the call was made', () => {
  const startedAt = performance.now() - 40_000;
  const call = new CallSignal(settings(60_000), undefined, startedAt);
  expect(call.endsAt).toBe(startedAt + 60_000);
  expect(call.signal.aborted).toBe(false);
  call.release();
});

it('is over at once where the time had passed before, and names the whole deadline', async () => {
  const call = new CallSignal(settings(60_000), undefined, performance.now() - 61_000);
  await vi.waitFor(() => expect(call.signal.aborted).toBe(true));
  expect(call.signal.reason).toBeInstanceOf(G4FError);
  expect(call.signal.reason).toMatchObject({
    code: 'timeout',
    phase: 'total',
    message: expect.stringContaining('60'),
  });
  call.release();
});
