// The middleware that tells of each call in one line, as a program names it: what carries it out is loaded with the first call.
import { wrong } from '../options/check-option.ts';
import { isFields } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { AnyHandler, Logger, Middleware } from '../surface/middleware.ts';

/**
 * Tells one line for each call when it is over, whoever answered it:
 * `operation=chat model=gpt-5.4 provider=openai ms=812 prompt_tokens=12 completion_tokens=34`. `code` says why it failed, `aborted` if
 * its reader left; `cached` that nobody was asked. No prompt, no answer, no key. What `log` throws is passed over.
 *
 * A logger (pino, console-like ones that take an object first) is given the same as fields: `info` for an answer and for a call that
 * was left, `warn` for what is wrong with the call, `error` for any other failure. Names are redacted before it sees them.
 *
 * @param log is given the line; or a logger, which is given fields and a message.
 * @throws G4FError `invalid-request` if `log` is neither.
 */
export const withLog = (log: ((line: string) => unknown) | Logger): Middleware => {
  reading(log, () => {
    if (typeof log !== 'function' && !isLogger(log))
      throw wrong(
        'withLog',
        'given a function that takes a line, or a logger with info, warn and error',
        log,
      );
  });
  let loaded: Promise<AnyHandler> | undefined;
  return async (call, next) => {
    loaded ??= import('./call-line.ts').then(({ createLogger }) => createLogger(log));
    return (await loaded)(call, next);
  };
};

const isLogger = (value: unknown): value is Logger =>
  isFields(value) && ['info', 'warn', 'error'].every((level) => typeof value[level] === 'function');
