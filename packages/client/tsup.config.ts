// Builds the package's doors: for Node with the worker behind `Client`, which is started by its file name, and for browsers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { base } from '../../tsup.base.ts';
import { joinFiles } from '../../tsup.join.ts';

/** What the licence of a package asks of a file that the package is in. @param from who has it installed */
const licenceOf = (name: string, from: string, file = 'LICENSE'): string =>
  readFileSync(join(folderOf(name, from), file), 'utf8');

/** By its main file, because not every package lets its package.json be found. */
function folderOf(name: string, from: string): string {
  const path = createRequire(from).resolve(name);
  const end = `node_modules/${name}/`;
  return path.slice(0, path.lastIndexOf(end) + end.length);
}

const queue = createRequire(import.meta.url).resolve('p-queue');
const LICENCES = [
  ['zod', licenceOf('zod', import.meta.url)],
  ['tokenx', licenceOf('tokenx', import.meta.url)],
  ['p-queue', licenceOf('p-queue', import.meta.url, 'license')],
  ['p-timeout', licenceOf('p-timeout', queue, 'license')],
  ['eventemitter3', licenceOf('eventemitter3', queue)],
]
  .map(([name, text]) => `/*! This file has ${name} in it, under this licence:\n\n${text}*/`)
  .join('\n');

const node: Options = {
  ...base,
  entry: { index: 'src/index.ts', mini: 'src/mini.ts', stores: 'src/stores.ts' },
  dts: {
    entry: {
      index: 'src/index.ts',
      mini: 'src/mini.ts',
      middleware: 'src/middleware.ts',
      stores: 'src/stores.ts',
      browser: 'src/browser.ts',
    },
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
  onSuccess: () =>
    joinFiles({ doors: ['index', 'mini', 'stores'], together: ['mini', 'index', 'full-client'] }),
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
  noExternal: [/^@g4f\//, 'zod', 'p-queue', 'tokenx'],
  banner: {
    js: `${LICENCES}\n((__filename) => ((require) => {`,
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
    // Nobody reads this file: it repeats what the others of the package say.
    options.minifyWhitespace = true;
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

/**
 * The door of the middleware shares no files with the others: each part that they shared would be a file more for a program that
 * only chats.
 */
const middleware: Options = {
  ...base,
  entry: { middleware: 'src/middleware.ts' },
  // Cleaning would race with the other builds.
  clean: false,
  dts: false,
  esbuildOptions(options) {
    options.chunkNames = 'middleware-[name]-[hash]';
  },
};

const browserMiddleware: Options = {
  ...browser,
  entry: { 'browser-middleware': 'src/middleware.ts' },
  external: ['@g4f/core'],
  noExternal: [/^@g4f\/providers/],
};

export default defineConfig([node, middleware, worker, browser, browserMini, browserMiddleware]);
