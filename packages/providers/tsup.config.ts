// Builds the package's doors: its own, and one for each backend file.
import { readdirSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

const backends = readdirSync('src/backends').map((file) => file.replace(/\.ts$/, ''));

export default defineConfig({
  ...base,
  // tsup's tree shaking would make `module.exports` of a default export, where ESM and the types have `exports.default`.
  treeshake: false,
  shims: true,
  // local/runtime.ts reads import.meta.url only where there is one.
  esbuildOptions(options) {
    options.logOverride = { ...options.logOverride, 'empty-import-meta': 'silent' };
  },
  entry: {
    index: 'src/index.ts',
    models: 'src/models/index.ts',
    registry: 'src/registry-door.ts',
    ...Object.fromEntries(backends.map((id) => [id, `src/backends/${id}.ts`])),
  },
});
