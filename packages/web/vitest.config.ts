// Tests of @g4f/web run on the sources, not on a build.
import { defaultServerConditions } from 'vite';
import { defineProject } from 'vitest/config';
import { PATIENT } from '../../vitest.patient.ts';

export default defineProject({
  ssr: { resolve: { conditions: ['@g4f/source', ...defaultServerConditions] } },
  test: {
    name: 'web',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    globalSetup: './test/from-sources.ts',
    setupFiles: './test/worker-from-sources.ts',
    ...PATIENT,
  },
});
