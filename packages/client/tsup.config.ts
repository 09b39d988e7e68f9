// Builds the package's doors: for Node with the worker behind `Client`, which is started by its file name, and for browsers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { base } from '../../tsup.base.ts';

const { resolve } = createRequire(import.meta.url);

/** What is bundled into the worker, and the licence that has to come with it. */
const BUNDLED = {
  zod: join(dirname(resolve('zod/package.json')), 'LICENSE'),
  tokenx: join(dirname(resolve('tokenx')), '../LICENSE'),
};
const licences = Object.entries(BUNDLED).map(
  ([name, file]) => `/*! This file has ${name} in it, under this licence:\n\n${readFileSync(file, 'utf8')}*/`,
);

const node: Options = {
  ...base,
  entry: { index: 'src/index.ts', mini: 'src/mini.ts', stores: 'src/stores.ts' },
  dts: {
    entry: { index: 'src/index.ts', mini: 'src/mini.ts', stores: 'src/stores.ts', browser: 'src/browser.ts' },
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
};

/**
 * The worker in one file that runs wherever it is copied to: alone, as ESM or as CommonJS. Only undici stays outside, so
 * that its mends reach a program by its own update; where it is not at hand, requests go over `fetch`.
 */
const worker: Options = {
  ...base,
  entry: { worker: 'src/sync/worker.ts' },
  format: ['iife'],
  outExtension: () => ({ js: '.js' }),
  splitting: false,
  // tsup would do it as ESM, which this is not.
  treeshake: false,
  // Cleaning would race with the other builds.
  clean: false,
  dts: false,
  noExternal: [/^@g4f\//, ...Object.keys(BUNDLED)],
  banner: {
    js: `${licences.join('\n')}\n((__filename) => ((require) => {`,
  },
  footer: {
    js: `})(process.getBuiltinModule('module').createRequire(__filename)))(
  process.getBuiltinModule('worker_threads').workerData?.file ?? process.argv[1],
);`,
  },
  esbuildOptions(options) {
    options.conditions = ['@g4f/source'];
    options.external = ['undici'];
    options.define = { ...options.define, 'import.meta.url': '__filename' };
  },
};

const browser: Options = {
  ...base,
  entry: { browser: 'src/browser.ts' },
  format: ['esm'],
  platform: 'browser',
  target: 'es2022',
  // Cleaning would race with the other build.
  clean: false,
  dts: false,
  noExternal: [/^@g4f\//],
  esbuildOptions(options) {
    options.conditions = ['@g4f/source'];
    options.chunkNames = 'browser-[name]-[hash]';
  },
};

/** The small client is bundled with providers of @g4f/providers, and shares with them what both need. */
const browserMini: Options = {
  ...browser,
  entry: { 'browser-mini': 'src/mini.ts' },
  external: ['@g4f/core'],
  noExternal: [/^@g4f\/providers/],
};

export default defineConfig([node, worker, browser, browserMini]);
