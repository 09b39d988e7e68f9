// Builds the page: one script with its libraries inside, beside the files of public/. Nothing is loaded from elsewhere.
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { page: 'src/page.ts' },
  format: ['iife'],
  outExtension: () => ({ js: '.js' }),
  target: 'es2022',
  platform: 'browser',
  noExternal: [/.*/],
  minify: true,
  clean: true,
  publicDir: 'public',
});
