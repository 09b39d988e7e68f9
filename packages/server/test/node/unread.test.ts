// A caller that reads nothing of a stream is left after a while, whatever it sends meanwhile.
import { EventEmitter } from 'node:events';
import { GATEWAY_LIMITS } from '@g4f/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { send } from '../../src/node/send.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Connection extends EventEmitter {
  destroyed = false;
  written = 0;
  writeHead(): void {}
  write(): boolean {
    this.written += 1;
    return false;
  }
  end(): void {}
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

it('is left, and its provider stopped', async () => {
  const connection = new Connection();
  let isStopped = false;
  const body = {
    next: async () => ({ data: 'x', isLast: false }),
    cancel() {
      isStopped = true;
    },
  };
  const sent = send({ status: 200, headers: {}, body }, connection);
  await vi.advanceTimersByTimeAsync(GATEWAY_LIMITS.unreadMs - 1);
  // Something is read in time.
  connection.emit('drain');
  await vi.advanceTimersByTimeAsync(GATEWAY_LIMITS.unreadMs - 1);
  expect([connection.written, connection.destroyed]).toEqual([2, false]);
  await vi.advanceTimersByTimeAsync(1);
  expect([connection.destroyed, isStopped]).toEqual([true, true]);
  await sent;
});
