// Builds the package's door and the file of the worker thread that reads pages, which is started by its name.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

export default defineConfig([
  { ...base, entry: ['src/index.ts'] },
  // Cleaning would race with the other build.
  { ...base, entry: { 'page-worker': 'src/page/page-worker.ts' }, format: ['esm'], dts: false, clean: false },
]);
