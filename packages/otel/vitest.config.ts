// Tests of @g4f/otel run on the sources, not on a build.
import { defaultServerConditions } from 'vite';
import { defineProject } from 'vitest/config';
import { PATIENT } from '../../vitest.patient.ts';

// As Node resolves: the API's files for bundlers, under `module`, are none that Node can load.
const conditions = defaultServerConditions.filter((condition) => condition !== 'module');

export default defineProject({
  ssr: { resolve: { conditions: ['@g4f/source', ...conditions] } },
  test: {
    name: 'otel',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    globalSetup: '../client/test/from-sources.ts',
    setupFiles: '../client/test/worker-from-sources.ts',
    ...PATIENT,
  },
});
