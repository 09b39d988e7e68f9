// Bundles the used part of node-llama-cpp into one file, with the licences of all that is in it.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';
import { thirdPartyNotices } from '../../tsup.notices.ts';
import { slimRuntime } from './slim-runtime.ts';

export default defineConfig({
  ...base,
  entry: ['src/index.ts'],
  format: ['esm'],
  splitting: false,
  // @g4f/providers declares what it uses of it; and the map would be larger than the code.
  dts: false,
  sourcemap: false,
  external: [/^@node-llama-cpp\//],
  banner: {
    js: "import { createRequire as createBundledRequire } from 'node:module';\nconst require = createBundledRequire(import.meta.url);",
  },
  esbuildPlugins: [slimRuntime, thirdPartyNotices],
});
