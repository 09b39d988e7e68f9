// Tests of @g4f/providers run on the sources, not on a build.
import { defaultServerConditions } from 'vite';
import { defineProject } from 'vitest/config';
import { PATIENT, TESTS } from '../../vitest.patient.ts';

export default defineProject({
  ssr: { resolve: { conditions: ['@g4f/source', ...defaultServerConditions] } },
  test: {
    name: 'providers',
    environment: 'node',
    include: [TESTS],
    ...PATIENT,
  },
});
