// The middleware that tells of each call in one line, as a program names it: what carries it out is loaded with the first call.
import { wrong } from '../options/check-option.ts';
import type { AnyHandler, Middleware } from '../surface/middleware.ts';

/**
 * Tells one line for each call when it is over, whoever answered it:
 * `operation=chat model=gpt-5.4 provider=openai ms=812 prompt_tokens=12 completion_tokens=34`. `code` says why it failed, `aborted` if
 * its reader left; `cached` that nobody was asked. No prompt, no answer, no key. What `log` throws is passed over.
 *
 * @param log is given the line.
 * @throws G4FError `invalid-request` if `log` is no function.
 */
export const withLog = (log: (line: string) => unknown): Middleware => {
  if (typeof log !== 'function') throw wrong('withLog', 'given a function that takes a line', log);
  let loaded: Promise<AnyHandler> | undefined;
  return async (call, next) => {
    loaded ??= import('./call-line.ts').then(({ createLogger }) => createLogger(log));
    return (await loaded)(call, next);
  };
};
