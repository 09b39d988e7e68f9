// Tests of the command run its build, in pipes and in a pseudo-terminal.
import { defineProject } from 'vitest/config';
import { PATIENT } from '../../vitest.patient.ts';

export default defineProject({
  test: { name: 'cli', environment: 'node', include: ['test/**/*.test.ts'], ...PATIENT },
});
