// Tests of the demo run its build, as `npm start` does.
import { defineProject } from 'vitest/config';
import { PATIENT } from '../../vitest.patient.ts';

export default defineProject({
  test: { name: 'demo', environment: 'node', include: ['test/**/*.test.ts'], ...PATIENT },
});
