// The middleware that records calls, and the one that plays them, as a program names them: what carries them out is loaded with the first call.
import { noField, wrong } from '../options/check-option.ts';
import { withPlainForm } from '../options/plain-form.ts';
import { isFields } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { AnyHandler, Middleware } from '../surface/middleware.ts';

/** The options of `withReplay`. */
export interface ReplayOptions {
  /** The file. */
  readonly path: string;
  /** Whether a stream comes with the pauses that it had; false: all at once. */
  readonly timing?: boolean;
}

/**
 * Writes each call, of every operation, and what its reader was given, to a file of lines of JSON, which only its owner may read. What
 * looks like a key is hidden behind stars. A call is added when it ends: whole, left or failed.
 *
 * @param path of the file, which is made where there is none; calls are added to one that is there.
 * @throws G4FError `invalid-request` for what is no path; from a call, where the file cannot be written
 */
export const withRecording = (path: string): Middleware => {
  reading(path, () => checkPath('withRecording', path));
  return lazily('withRecording', path, async () => (await import('./recorder.ts')).createRecorder(path));
};

/**
 * Answers every call from a file that `withRecording` has written, part by part as its reader was given them; nobody is asked. Equal
 * calls get their answers in the order in which these ended, and then the last one again. Failures come again as they were.
 *
 * @throws G4FError `invalid-request` for options that there are not; from a call, for one that is not in the file, with the nearest
 */
export const withReplay = (given: string | ReplayOptions): Middleware => {
  const { path, timing = false } = reading(given, () => toReplayOptions(given));
  return lazily('withReplay', given, async () => (await import('./player.ts')).createPlayer(path, timing));
};

function lazily(name: string, given: unknown, load: () => Promise<AnyHandler>): Middleware {
  let loaded: Promise<AnyHandler> | undefined;
  const middleware: Middleware = async (call, next) => {
    loaded ??= load();
    return (await loaded)(call, next);
  };
  return withPlainForm(middleware, name, given);
}

function toReplayOptions(given: unknown): ReplayOptions {
  if (!isFields(given)) return { path: checkPath('withReplay', given) };
  const { path, timing, ...others } = given;
  const [other] = Object.keys(others);
  if (other !== undefined) throw noField('withReplay', other, ['path', 'timing']);
  if (timing !== undefined && typeof timing !== 'boolean')
    throw wrong('withReplay timing', 'true or false', timing);
  return { path: checkPath('withReplay', path), ...(timing !== undefined && { timing }) };
}

function checkPath(who: string, path: unknown): string {
  if (typeof path === 'string' && path !== '') return path;
  throw wrong(who, 'given the path of a file', path);
}
