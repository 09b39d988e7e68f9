// Where a call was made, for the stack of its failure: by then the caller's own frames are long gone.

/** The stack at one moment; it becomes text only if it is needed. */
export interface CallSite {
  readonly stack?: string;
}

/** @param below the function that was called: the stack begins with its caller. */
export const callSite = (below: (...given: never[]) => unknown): CallSite => {
  const site: CallSite = {};
  // Only V8 has it; elsewhere the stack begins inside the call.
  Error.captureStackTrace?.(site, below);
  return site;
};

const told = new WeakSet<Error>();

/** What was thrown, its stack beginning where the call was made. */
export const tellCaller = (thrown: unknown, site: CallSite): unknown => {
  if (!(thrown instanceof Error) || told.has(thrown)) return thrown;
  told.add(thrown);
  const inside = framesOf(thrown.stack);
  thrown.stack = [
    `${thrown.name}: ${thrown.message}`,
    ...framesOf(site.stack),
    '    at (inside the call)',
    ...inside,
  ].join('\n');
  return thrown;
};

const framesOf = (stack = ''): string[] => stack.split('\n').filter((line) => /^\s+at /.test(line));
