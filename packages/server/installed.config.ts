// The clients that are installed for the run: too much for `npm test`, so a run of its own, `npm run clients`.
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { PATIENT } from '../../vitest.patient.ts';

export default defineConfig({
  ssr: { resolve: { conditions: ['@g4f/source', ...defaultServerConditions] } },
  test: {
    root: import.meta.dirname,
    environment: 'node',
    include: ['test/installed/*.test.ts'],
    reporters: ['default', '../../scripts/summary-reporter.ts'],
    ...PATIENT,
  },
});
