// Keeps account of fuzzing that goes on in another thread: one that is stuck in a loop can neither tell nor end itself.
import type { Worker } from 'node:worker_threads';
import type { Broken } from './fuzz.ts';
import type { End } from './properties.ts';

/** What the thread tells. */
export type Told =
  | { readonly kind: 'begins'; readonly run: object; readonly seed: number }
  | { readonly kind: 'ended'; readonly end: End }
  | { readonly kind: 'broken'; readonly broken: Broken };

/** What became of the runs. */
export interface Account {
  runs: number;
  readonly ends: Map<End, number>;
  seed: number;
  broken: Broken | undefined;
}

/**
 * Hears the thread to its end. A thread that is silent for so long is ended, and its last run is told as one that hung;
 * so is what it threw.
 *
 * @param silenceMs in ms.
 * @param progress is told of every run.
 */
export const supervise = (
  thread: Worker,
  silenceMs: number,
  progress: (account: Account) => void = () => undefined,
): Promise<Account> =>
  new Promise((resolve) => {
    const account: Account = { runs: 0, ends: new Map(), seed: 0, broken: undefined };
    let run: object = {};
    const over = (broken?: Pick<Broken, 'breach' | 'why'>): void => {
      clearTimeout(silence);
      if (broken !== undefined)
        account.broken = { ...broken, property: 'unknown', run, seed: account.seed, path: '' };
      resolve(account);
    };
    const silence = setTimeout(() => {
      over({ breach: 'hung', why: `its thread was busy for ${silenceMs / 1000} s, and was ended` });
      void thread.terminate();
    }, silenceMs);
    thread.on('message', (told: Told) => {
      silence.refresh();
      if (told.kind === 'broken') account.broken = told.broken;
      else if (told.kind === 'begins') {
        run = told.run;
        account.seed = told.seed;
      } else {
        account.runs += 1;
        account.ends.set(told.end, (account.ends.get(told.end) ?? 0) + 1);
        progress(account);
      }
    });
    thread.once('error', (error) => over({ breach: 'untyped', why: `nobody caught ${String(error)}` }));
    thread.once('exit', () => over());
  });
