// Builds the package's doors: for Node with the worker behind `Client`, which is started by its file name, and for browsers.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Options } from 'tsup';
import { base } from '../../tsup.base.ts';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** What a browser has in the place of what needs Node. */
const IN_BROWSERS: Readonly<Record<string, string>> = {
  'announce.ts': 'src/announce-in-console.ts',
  'events.ts': 'src/events-for-nobody.ts',
  'keyless-hint.ts': 'src/no-keyless-hint.ts',
  'http/send.ts': '../providers/src/http/send-by-fetch.ts',
  'backends/local.ts': '../providers/src/local/not-here.ts',
};

const withoutNode: Plugin = {
  name: 'without-node',
  setup(build) {
    build.onResolve(
      { filter: /\/(announce|events|keyless-hint|http\/send|backends\/local)\.ts$/ },
      ({ path }) => {
        const found = Object.entries(IN_BROWSERS).find(([end]) => path.endsWith(`/${end}`));
        return found && { path: fileURLToPath(new URL(found[1], import.meta.url)) };
      },
    );
  },
};

const node: Options = {
  ...base,
  entry: { index: 'src/index.ts', mini: 'src/mini.ts', worker: 'src/sync/worker.ts' },
  dts: {
    entry: { index: 'src/index.ts', mini: 'src/mini.ts', browser: 'src/browser.ts' },
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
  // sync/worker-file.ts reads import.meta.url only where there is one.
  esbuildOptions(options) {
    options.logOverride = { ...options.logOverride, 'empty-import-meta': 'silent' };
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
  esbuildPlugins: [withoutNode],
  esbuildOptions(options) {
    options.conditions = ['@g4f/source'];
    options.chunkNames = 'browser-[name]-[hash]';
  },
};

/** The small client is bundled with backends of @g4f/providers, and shares with them what both need. */
const browserMini: Options = {
  ...browser,
  entry: { 'browser-mini': 'src/mini.ts' },
  external: ['@g4f/core'],
  noExternal: [/^@g4f\/providers/],
};

export default defineConfig([node, browser, browserMini]);
