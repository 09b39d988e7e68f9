// Tests of @g4f/core run on the sources, not on a build.
import { defaultServerConditions } from 'vite';
import { defineProject } from 'vitest/config';
import { PATIENT, TESTS } from '../../vitest.patient.ts';

export default defineProject({
  ssr: { resolve: { conditions: ['@g4f/source', ...defaultServerConditions] } },
  test: {
    name: 'core',
    environment: 'node',
    include: [TESTS],
    // No file changes what another one sees: to load all modules anew for each would take most of the time. But Stryker
    // (`npm run mutate`) sees which tests run a line only in files that are isolated.
    isolate: process.env.MUTATE_PACKAGE !== undefined,
    ...PATIENT,
  },
});
