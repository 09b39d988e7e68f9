// Builds the demo as one program.
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/main.ts', 'src/start.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  clean: true,
});
