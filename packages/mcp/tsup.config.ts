// Builds the package's door and its command.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

export default defineConfig([
  { ...base, entry: ['src/index.ts'] },
  // Cleaning would race with the other build.
  { ...base, entry: { 'g4f-mcp': 'src/g4f-mcp.ts' }, format: ['esm'], dts: false, clean: false },
]);
