// The one test that installs other runtimes and bundlers: too much for `npm test`, so a run of its own.
import { defineConfig } from 'vitest/config';
import { PATIENT } from '../vitest.patient.ts';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    environment: 'node',
    include: ['runtimes.test.ts'],
    reporters: ['default', './summary-reporter.ts'],
    ...PATIENT,
  },
});
