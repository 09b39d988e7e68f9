// Bundles stream.mjs for Node with Rollup, as ESM.
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

const bundle = await rollup({
  input: 'stream.mjs',
  plugins: [nodeResolve({ preferBuiltins: true }), commonjs()],
  onwarn: () => undefined,
});
await bundle.write({
  dir: 'out/rollup',
  format: 'es',
  entryFileNames: 'main.mjs',
  chunkFileNames: '[name].mjs',
});
