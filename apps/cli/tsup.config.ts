// Builds the command: one file that starts, and one for each command, which is loaded when it is used.
import { cpSync } from 'node:fs';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  splitting: true,
  treeshake: true,
  clean: true,
  // Async, so that a page that is not built yet fails the build.
  onSuccess: async () => cpSync('../chat-page/dist', 'dist/page', { recursive: true }),
});
