// All projects of the workspace in one test run, closed by one summary line.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'scripts'],
    reporters: ['default', './scripts/summary-reporter.ts'],
  },
});
