// Bundles stream.mjs and stream.cjs for Node with webpack; any warning is a failure.
import { mkdirSync } from 'node:fs';
import webpack from 'webpack';

const { dirname: context } = import.meta;
const base = { mode: 'production', target: 'node', context, optimization: { minimize: false } };
const into = (folder, filename, more) => ({ path: `${context}/out/${folder}`, filename, ...more });
const esm = { module: true, chunkFormat: 'module', library: { type: 'module' } };
mkdirSync('out', { recursive: true });
webpack(
  [
    {
      ...base,
      entry: './stream.mjs',
      experiments: { outputModule: true },
      output: into('webpack-esm', 'main.mjs', esm),
    },
    { ...base, entry: './stream.mjs', output: into('webpack-cjs', 'main.cjs') },
    { ...base, entry: './stream.cjs', output: into('webpack-required', 'main.cjs') },
  ],
  (error, stats) => {
    if (error) throw error;
    const said = stats.toString({ all: false, errors: true, warnings: true }).trim();
    if (said !== '') throw new Error(said);
  },
);
