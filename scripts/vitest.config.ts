// Tests of the house as a whole: its rules, its packed packages, its documents.
import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'house',
    environment: 'node',
    include: ['*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
