// Tests of @g4f/local-runtime run on its build: what is bundled, and what is left out, is all it is.
import { defineProject } from 'vitest/config';
import { PATIENT } from '../../vitest.patient.ts';

export default defineProject({
  test: { name: 'local-runtime', environment: 'node', include: ['test/**/*.test.ts'], ...PATIENT },
});
