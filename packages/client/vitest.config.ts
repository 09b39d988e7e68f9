// Tests of @g4f/client run on the sources, not on a build.
import { join } from 'node:path';
import { defaultServerConditions } from 'vite';
import { defineProject } from 'vitest/config';
import { PATIENT, TESTS } from '../../vitest.patient.ts';

export default defineProject({
  ssr: { resolve: { conditions: ['@g4f/source', ...defaultServerConditions] } },
  test: {
    name: 'client',
    environment: 'node',
    include: [TESTS],
    // Not relative: Stryker (`npm run mutate`) has another root.
    globalSetup: join(import.meta.dirname, 'test/from-sources.ts'),
    setupFiles: join(import.meta.dirname, 'test/worker-from-sources.ts'),
    ...PATIENT,
  },
});
