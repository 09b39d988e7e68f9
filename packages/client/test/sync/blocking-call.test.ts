// The caller's side of a deadline: the start of the worker is part of the call that needs it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { G4FError } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BlockingCall } from '../../src/sync/blocking-call.ts';
import { WorkerThread } from '../../src/sync/worker-thread.ts';

const TOTAL_MS = 60_000;
const NO_CALL = {
  type: 'call',
  client: 1,
  call: 1,
  method: 'chat.completions.create',
  stream: true,
  observed: false,
  params: {},
  options: {},
} as const;

let folder: string;
let thread: WorkerThread;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'g4f-worker-'));
  const file = join(folder, 'idle.mjs');
  writeFileSync(file, 'setInterval(() => undefined, 1000);');
  thread = new WorkerThread(file, { start: 1e9, silence: 1e9 });
});
afterEach(() => {
  vi.restoreAllMocks();
  thread.stop('the test is over');
  rmSync(folder, { recursive: true, force: true });
});

/** Reads a call that was made so long ago; the phase of the deadline that passed, or `waits`. */
function readAfter(ms: number): string {
  const madeAt = performance.now();
  const startedAt = performance.timeOrigin + madeAt;
  const call = new BlockingCall(
    thread,
    { ...NO_CALL, startedAt },
    {
      total: TOTAL_MS,
      signal: undefined,
      ended: () => undefined,
    },
  );
  vi.spyOn(performance, 'now').mockReturnValue(madeAt + ms);
  // Asked for when the call would go to sleep: it still waits then.
  vi.spyOn(Atomics, 'wait').mockImplementation(() => {
    throw new Error('waits');
  });
  try {
    return String(call.read());
  } catch (error) {
    if (!(error instanceof G4FError)) throw error;
    return error.phase ?? (error.cause instanceof Error ? error.cause.message : error.message);
  }
}

describe('a call whose worker is still starting', () => {
  it('waits up to its total deadline', () => {
    expect(readAfter(TOTAL_MS - 1)).toBe('waits');
  });

  it('ends with it', () => {
    expect(readAfter(TOTAL_MS + 1)).toBe('total');
    expect(thread.isDead).toBe(false);
  });
});

describe('a call whose worker runs', () => {
  beforeEach(() => thread.board.start());

  it('leaves the deadline to the worker for a while', () => {
    expect(readAfter(TOTAL_MS + 1)).toBe('waits');
  });

  it('ends when the worker does not keep it', () => {
    expect(readAfter(TOTAL_MS + 2_001)).toBe('total');
  });
});
