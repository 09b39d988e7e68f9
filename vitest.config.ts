// All projects of the workspace in one test run, closed by one summary line.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Vitest leaves one processor free, which on two of them means one file after another.
    maxWorkers: '100%',
    projects: ['packages/*', 'apps/*', 'reliability', 'scripts'],
    reporters: ['default', './scripts/summary-reporter.ts'],
  },
});
