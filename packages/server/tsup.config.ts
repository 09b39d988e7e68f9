// Builds the package's doors and its command.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

export default defineConfig([
  { ...base, entry: { index: 'src/index.ts', command: 'src/command/command.ts' } },
  // Cleaning would race with the other build.
  { ...base, entry: { 'g4f-serve': 'src/g4f-serve.ts' }, format: ['esm'], dts: false, clean: false },
]);
