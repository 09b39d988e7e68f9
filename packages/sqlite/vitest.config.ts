// Tests of @g4f/sqlite run on its build: what is bundled, and what is left to other packages, is all it is.
import { defineProject } from 'vitest/config';
import { PATIENT } from '../../vitest.patient.ts';

export default defineProject({
  test: { name: 'sqlite', environment: 'node', include: ['test/**/*.test.ts'], ...PATIENT },
});
