// How `npm run mutate` (scripts/mutate.mjs) breaks the code of a package piece by piece, to find breaks that no test of it notices.
const { MUTATE = 'packages/core/src/**/*.ts', MUTATE_PACKAGE = 'packages/core' } = process.env;

export default {
  testRunner: 'vitest',
  packageManager: 'pnpm',
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: MUTATE.split(','),
  // Texts of errors are mostly advice, of which tests check what matters: an emptied text that survives says little.
  mutator: { excludedMutations: ['StringLiteral'] },
  // Each mutant is tried by the tests that ran its line in this process. What runs only in the worker thread of `Client`
  // or in a child process is not seen to run: such mutants are reported as having no coverage.
  coverageAnalysis: 'perTest',
  vitest: { dir: MUTATE_PACKAGE, configFile: `${MUTATE_PACKAGE}/vitest.config.ts`, related: false },
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'node_modules/.cache/mutation.json' },
  tempDirName: 'node_modules/.cache/stryker',
  // What is there of others for the benchmarks, among it an environment of Python whose links cannot be copied.
  ignorePatterns: ['benchmarks/peers'],
  // One at a time and with long deadlines: a mutant that is slow because the machine is busy would count as detected.
  concurrency: 1,
  timeoutMS: 60_000,
  timeoutFactor: 4,
};
