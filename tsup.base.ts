// What every published package builds the same way: ESM and CommonJS with types, for Node 20 and newer.
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['plugins']>[number];

/**
 * Makes CommonJS of what only ESM has. Our own modules are loaded by `require`, still when they are needed: a native
 * `import()` in a CommonJS file is refused in Jest, and would load the ESM build of our other packages beside this one.
 * The same for tokenx, which a package loads late. tsup does both chunks of a build as ESM first, so this is all that is left to translate.
 */
const commonJS: Plugin = {
  name: 'common-js',
  renderChunk(code) {
    if (this.format !== 'cjs') return;
    return {
      code: code
        .replace(
          /\bimport\((["'](?:\.|@g4f\/|tokenx)[^"']*["'])\)/g,
          'Promise.resolve().then(() => require($1))',
        )
        .replace(/\bimport\.meta\.url\b/g, "require('url').pathToFileURL(__filename).href"),
    };
  },
};

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
  plugins: [commonJS],
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
};
