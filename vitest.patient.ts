// How long a test may take before it counts as hung: long enough for a machine that does much else. No test waits so long
// unless it fails, so these are no claims about speed; those are measured by `npm run bench:check` and `npm run faults`.
const HUNG_MS = 900_000;

/** So many tests of a file that are concurrent run at once: they wait more than they compute. */
const SIDE_BY_SIDE = 16;

/** For the `test` of every project. */
export const PATIENT = {
  testTimeout: HUNG_MS,
  hookTimeout: HUNG_MS,
  maxConcurrency: SIDE_BY_SIDE,
  expect: { poll: { timeout: HUNG_MS / 8, interval: 5 } },
};

/** The test files of a package that `npm run mutate` breaks: all, or those of one folder. */
export const TESTS = process.env.MUTATE_TESTS ?? 'test/**/*.test.ts';
