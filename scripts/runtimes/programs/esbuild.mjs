// Bundles the programs with esbuild: for Node as ESM and as CommonJS, for workerd, and for a page; any warning is a failure.
import { build } from 'esbuild';

const node = { platform: 'node', bundle: true, logLevel: 'silent' };
const web = { format: 'esm', bundle: true, logLevel: 'silent' };
const built = await Promise.all([
  build({ ...node, entryPoints: ['stream.mjs'], format: 'esm', outfile: 'out/esbuild-esm/main.mjs' }),
  build({ ...node, entryPoints: ['in-a-function.mjs'], format: 'cjs', outfile: 'out/esbuild-cjs/main.cjs' }),
  build({ ...node, entryPoints: ['stream.cjs'], format: 'cjs', outfile: 'out/esbuild-required/main.cjs' }),
  build({
    ...web,
    entryPoints: ['workerd.mjs'],
    conditions: ['workerd', 'worker', 'browser'],
    outfile: 'out/workerd.mjs',
  }),
  build({ ...web, entryPoints: ['page.mjs'], outfile: 'out/page.mjs' }),
]);
const warnings = built.flatMap(({ warnings }) => warnings.map(({ text }) => text));
if (warnings.length > 0) throw new Error(warnings.join('\n'));
