// Builds the package's doors.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

// Each entry whole: the few helpers that both have are less than a file more would cost.
export default defineConfig({ ...base, splitting: false, entry: ['src/index.ts', 'src/internal.ts'] });
