// Tests of what the page is made of.
import { defineProject } from 'vitest/config';

export default defineProject({
  test: { name: 'chat-page', environment: 'node', include: ['test/**/*.test.ts'] },
});
