// Where a call was made, for the stack of its failure: the service was asked in another turn of the event loop.
import { stackOf } from '@g4f/core/internal';

const told = new WeakSet<Error>();

/**
 * What was thrown, its stack beginning with the caller's own lines. They are looked for only now that there is a failure,
 * because taking them down with every call would cost it 12 to 28 µs: V8 follows the promises to whoever waits for this one
 * (https://v8.dev/docs/stack-trace-api#async-stack-traces). Where nobody does yet, the stack stays as it is.
 *
 * @param below the function that throws it: the caller's lines come after it.
 */
export const withCallerStack = (thrown: unknown, below: (...given: never[]) => unknown): unknown => {
  if (!(thrown instanceof Error) || told.has(thrown)) return thrown;
  told.add(thrown);
  const site: { readonly stack?: string } = {};
  // Only V8 has it; elsewhere the stack begins inside the call.
  Error.captureStackTrace?.(site, below);
  const callers = framesOf(stackOf(site));
  // Node's own lines, such as those of a timer in which promises are settled, are nobody's call.
  if (callers.every((line) => line.includes('node:'))) return thrown;
  thrown.stack = [
    `${thrown.name}: ${thrown.message}`,
    ...callers,
    '    at (inside the call)',
    ...framesOf(stackOf(thrown)),
  ].join('\n');
  return thrown;
};

const framesOf = (stack = ''): string[] => stack.split('\n').filter((line) => /^\s+at /.test(line));
