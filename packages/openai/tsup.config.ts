// Builds the package's doors.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

export default defineConfig({
  ...base,
  entry: { index: 'src/index.ts', 'helpers/zod': 'src/formats/zod.ts' },
});
