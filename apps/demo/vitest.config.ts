// Tests of the demo run its build, as `npm start` does.
import { defineProject } from 'vitest/config';

export default defineProject({
  test: { name: 'demo', environment: 'node', include: ['test/**/*.test.ts'], testTimeout: 120_000 },
});
