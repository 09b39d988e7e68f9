// A download shows percent, megabytes, speed and time left; on a terminal in one line that is wiped in the end.
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../src/local/weights/progress.ts';
import { watch } from '../fake-sources.ts';

/** Plays a download of 100 MB at 10 MB/s, one update each second. */
const play = (terminal: boolean, outcome: 'complete' | 'failed', from = 0): string => {
  const output = watch(terminal);
  let seconds = 0;
  const progress = createProgress(output, 'local: fetching it', 100e6, from, () => seconds * 1000);
  for (let done = from; done <= 100e6; done += 10e6) {
    progress.update(done);
    seconds++;
  }
  progress.end(outcome);
  return output.shown();
};

/** What a terminal shows after all that was written to it. */
const screen = (text: string): string[] =>
  text.split('\n').map((line) => line.split('\r').at(-1)?.replaceAll('\u001b[K', '') ?? '');

describe('createProgress', () => {
  it('draws a bar on a terminal, and leaves only whole lines', () => {
    const text = play(true, 'complete');
    expect(text).toContain('\r\u001b[K[##########..........] 50% 50.0/100.0 MB, 10.0 MB/s, 5 s left');
    expect(screen(text)).toEqual([
      'local: fetching it (100.0 MB, once)',
      'local: fetching it: done, 100.0 MB in 11 s',
      '',
    ]);
    expect(Math.max(...text.split(/[\r\n]/).map((line) => line.length))).toBeLessThan(80);
  });

  it('wipes the bar when the download fails', () => {
    expect(screen(play(true, 'failed'))).toEqual(['local: fetching it (100.0 MB, once)', '']);
  });

  it('writes a plain line now and then elsewhere', () => {
    const lines = play(false, 'complete').split('\n');
    expect(lines).toEqual([
      'local: fetching it (100.0 MB, once)',
      'local: fetching it: 100% 100.0/100.0 MB, 10.0 MB/s, 0 s left',
      'local: fetching it: done, 100.0 MB in 11 s',
      '',
    ]);
  });

  it('counts the speed without the bytes of an earlier attempt', () => {
    expect(play(true, 'complete', 50e6)).toContain('60% 60.0/100.0 MB, 10.0 MB/s, 4 s left');
  });
});
