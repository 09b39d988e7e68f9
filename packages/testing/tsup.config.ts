// Builds the package's door and its command.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

export default defineConfig([
  { ...base, entry: ['src/index.ts'] },
  // Cleaning would race with the other build.
  { ...base, entry: { 'g4f-conform': 'src/g4f-conform.ts' }, format: ['esm'], dts: false, clean: false },
]);
