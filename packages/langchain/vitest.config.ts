// Tests of @g4f/langchain run on the sources, not on a build.
import { defaultServerConditions } from 'vite';
import { defineProject } from 'vitest/config';
import { PATIENT } from '../../vitest.patient.ts';

export default defineProject({
  ssr: { resolve: { conditions: ['@g4f/source', ...defaultServerConditions] } },
  test: {
    name: 'langchain',
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // No file changes what another one sees: to load all modules anew for each would take most of the time.
    isolate: false,
    ...PATIENT,
  },
});
