// Tests of the house as a whole: its rules, its packed packages, its documents.
import { defineProject } from 'vitest/config';
import { PATIENT } from '../vitest.patient.ts';

export default defineProject({
  test: {
    name: 'house',
    environment: 'node',
    include: ['*.test.ts'],
    // It installs what this repository does not need: runtimes.config.ts runs it.
    exclude: ['runtimes.test.ts'],
    ...PATIENT,
  },
});
