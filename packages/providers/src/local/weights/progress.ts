// Shows on stderr how far a download is: a bar on a terminal, an occasional line elsewhere.
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { megabytes } from '../failures/failure.ts';

/** Where progress is written. */
export interface ProgressOutput {
  readonly terminal: boolean;
  write(text: string): void;
}

/** One download as a person watches it. */
export interface Progress {
  /** @param done bytes that are there, those of an earlier attempt included. */
  update(done: number): void;
  /** Closes the display; nothing half-drawn is left behind. */
  end(outcome: 'complete' | 'failed'): void;
}

const BAR_CELLS = 20;
const REDRAW_MS = 100;
const LINE_MS = 10_000;
const CLEAR_LINE = '\r\u001b[K';

/**
 * stderr, written at once: inside a worker whose main thread is blocked, process.stderr.write would show nothing
 * until it is over. A full pipe or a closed terminal loses a line of progress, never the download.
 */
export const standardError = (env: Readonly<Record<string, string | undefined>>): ProgressOutput => ({
  terminal: isatty(2) && env.TERM !== 'dumb',
  write(text) {
    try {
      writeSync(2, text);
    } catch {}
  },
});

/**
 * @param label what is fetched, and from where.
 * @param total bytes of the whole.
 * @param from bytes that are there already.
 * @param now the clock, in ms.
 */
export const createProgress = (
  output: ProgressOutput,
  label: string,
  total: number,
  from = 0,
  now: () => number = Date.now,
): Progress => {
  const started = now();
  let shown = Number.NEGATIVE_INFINITY;
  let last = from;
  const figures = (done: number): string => {
    const seconds = (now() - started) / 1000;
    const speed = seconds > 0 ? (done - from) / seconds : 0;
    const percent = Math.min(100, Math.floor((done / total) * 100));
    const amount = `${percent}% ${megabytes(done)}/${megabytes(total)} MB`;
    return speed > 0
      ? `${amount}, ${megabytes(speed)} MB/s, ${duration((total - done) / speed)} left`
      : amount;
  };
  const draw = (done: number): void => {
    const cells = Math.min(BAR_CELLS, Math.floor((done / total) * BAR_CELLS));
    const bar = `[${'#'.repeat(cells)}${'.'.repeat(BAR_CELLS - cells)}]`;
    output.write(output.terminal ? `${CLEAR_LINE}${bar} ${figures(done)}` : `${label}: ${figures(done)}\n`);
  };
  output.write(`${label} (${megabytes(total)} MB, once)\n`);
  return {
    update(done) {
      last = Math.min(done, total);
      if (now() - shown < (output.terminal ? REDRAW_MS : LINE_MS)) return;
      const first = shown === Number.NEGATIVE_INFINITY;
      shown = now();
      if (output.terminal || !first) draw(last);
    },
    end(outcome) {
      if (output.terminal) output.write(CLEAR_LINE);
      const seconds = duration((now() - started) / 1000);
      if (outcome === 'complete') output.write(`${label}: done, ${megabytes(last)} MB in ${seconds}\n`);
    },
  };
};

/** Seconds as `45 s` or `3 min 20 s`. */
const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};
