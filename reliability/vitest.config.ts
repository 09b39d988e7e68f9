// Tests of what the clients promise when things go wrong; the packages are read from their sources.
import { defaultServerConditions } from 'vite';
import { defineProject } from 'vitest/config';
import { PATIENT } from '../vitest.patient.ts';

export default defineProject({
  ssr: { resolve: { conditions: ['@g4f/source', ...defaultServerConditions] } },
  test: {
    name: 'reliability',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    globalSetup: ['../packages/client/test/from-sources.ts', './test/server-from-sources.ts'],
    setupFiles: '../packages/client/test/worker-from-sources.ts',
    ...PATIENT,
  },
});
