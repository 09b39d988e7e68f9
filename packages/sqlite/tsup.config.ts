// Bundles the JavaScript of libsql into one file, with the licences of all that is in it. Its native builds stay packages: by libsql's own
// package npm would install those of both C libraries of Linux.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';
import { thirdPartyNotices } from '../../tsup.notices.ts';

export default defineConfig({
  ...base,
  entry: ['src/index.ts'],
  format: ['esm'],
  splitting: false,
  dts: false,
  external: [/^@libsql\//],
  // Would look for a build of its maker's beside the file.
  define: { 'process.env.LIBSQL_JS_DEV': 'undefined' },
  // Builds for musl are looked for from the package that brings them.
  banner: {
    js: `import { createRequire } from 'node:module';
const own = createRequire(import.meta.url);
const ofMusl = () => createRequire(own.resolve('@g4f/sqlite-musl/package.json'));
const require = (name) => (/^@libsql\\/.*musl/.test(name) ? ofMusl() : own)(name);`,
  },
  esbuildPlugins: [thirdPartyNotices],
});
