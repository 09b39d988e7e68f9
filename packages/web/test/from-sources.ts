// Bundles the worker's file from the sources before the tests: vitest compiles nothing that runs in another thread, and a build may be
// older than the sources.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsup';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the worker's file. */
    readonly pageWorker: string;
  }
}

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** The global setup. @returns what removes the folder */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  // Below the package, whose dependencies it finds.
  const folder = await mkdtemp(join(PACKAGE, 'node_modules/.from-sources-'));
  await build({
    config: false,
    silent: true,
    entry: { 'page-worker': join(PACKAGE, 'src/page/page-worker.ts') },
    outDir: folder,
    outExtension: () => ({ js: '.mjs' }),
    format: ['esm'],
    target: 'node20',
    platform: 'node',
  });
  project.provide('pageWorker', pathToFileURL(join(folder, 'page-worker.mjs')).href);
  return () => rm(folder, { recursive: true });
};
