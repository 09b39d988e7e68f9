// The body of a refusal is waited for a second, of which a thread that stands still uses no more than a part, and for no longer than the call may last.
import type { HttpResponse } from '@g4f/core';
import { expect, it, onTestFinished, vi } from 'vitest';
import { refusal } from '../../../src/http/failures/failure.ts';

const asked = { provider: 'acme', model: 'm-1', url: 'https://api.acme.test/v1/chat/completions' };

it('reads what came while the thread stood still', async () => {
  let isLeft = false;
  const response: HttpResponse = {
    status: 503,
    headers: {},
    release: () => {
      isLeft = true;
    },
    body: (async function* () {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
      // Timers that are over come before what was sent is read.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (!isLeft) yield Buffer.from('{"error":{"message":"We are overloaded."}}');
    })(),
  };
  expect((await refusal(response, asked)).message).toContain('We are overloaded.');
});

it.each([400, 10])('says what has come before a deadline of the call that is %i ms away', async (leftMs) => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let leftAt = Number.NaN;
  const response: HttpResponse = {
    status: 400,
    headers: {},
    release: () => {
      leftAt = performance.now();
      leave();
    },
    leftMs: () => leftMs,
    body: (async function* () {
      yield Buffer.from('{"error":{"message":"Your prompt was flagged."}}');
      await left;
    })(),
  };
  const since = performance.now();
  const error = refusal(response, asked);
  await vi.advanceTimersByTimeAsync(leftMs);
  expect((await error).message).toContain('Your prompt was flagged.');
  expect(leftAt - since).toBeLessThan(leftMs);
  expect(vi.getTimerCount()).toBe(0);
});
