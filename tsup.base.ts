// What every published package builds the same way: ESM and CommonJS with types, for Node 20 and newer.
import type { Options } from 'tsup';

/** The build options shared by all packages; a package adds its entries. */
export const base: Options = {
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'node',
  // What is published is readable as it is, not minified; maps with the sources in them would be as large again.
  sourcemap: false,
  clean: true,
  splitting: true,
  treeshake: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
};
