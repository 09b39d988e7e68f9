// When the file of configuration is looked at again, by a clock that the test moves.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { settling } from '../src/command/settling.ts';
import { watchFile } from '../src/command/watch-file.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('waits for the last of several steps', () => {
  const done = vi.fn();
  const { told } = settling(done);
  for (let step = 0; step < 5; step++) {
    told();
    vi.advanceTimersByTime(99);
  }
  expect(done).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(done).toHaveBeenCalledTimes(1);
});

it('does not wait for ever for a folder in which something is written all the time', () => {
  const done = vi.fn();
  const { told, end } = settling(done);
  for (let ms = 0; ms < 3_500; ms += 10) {
    told();
    vi.advanceTimersByTime(10);
  }
  expect(done).toHaveBeenCalledTimes(3);
  end();
  vi.advanceTimersByTime(1_000);
  expect(done).toHaveBeenCalledTimes(3);
});

it('looks from time to time at what no system tells, and no more when it has ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const file of [join(folder, 'config.yaml'), join(folder, 'none', 'config.yaml')]) {
    const look = vi.fn();
    const end = watchFile(file, look);
    vi.advanceTimersByTime(30_000);
    expect(look).toHaveBeenCalledTimes(3);
    end();
    vi.advanceTimersByTime(30_000);
    expect(look).toHaveBeenCalledTimes(3);
  }
});
