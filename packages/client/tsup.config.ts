// Builds the package's doors, and the worker behind `Client`, which is started by its file name (`dist/worker.js`).
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

export default defineConfig({
  ...base,
  entry: { index: 'src/index.ts', worker: 'src/sync/worker.ts' },
  dts: { entry: { index: 'src/index.ts' }, compilerOptions: { ignoreDeprecations: '6.0' } },
  // sync/worker-file.ts reads import.meta.url only where there is one.
  esbuildOptions(options) {
    options.logOverride = { ...options.logOverride, 'empty-import-meta': 'silent' };
  },
});
