// Bundles the thread of the fault server from the sources before the tests: vitest does not compile it, and a build of the
// kit may be older than the sources.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of the fault server's thread, for `startFaultServer`. */
    readonly serverThread: string;
  }
}

/** The global setup. @returns what removes the file */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const outDir = await mkdtemp(join(tmpdir(), 'g4f-server-thread-'));
  const bundle = async (): Promise<void> => {
    await build({
      config: false,
      silent: true,
      entry: { server: fileURLToPath(new URL('../src/server-thread.mjs', import.meta.url)) },
      outDir,
      outExtension: () => ({ js: '.mjs' }),
      format: ['esm'],
      target: 'node20',
      platform: 'node',
      noExternal: [/^@g4f\//],
      esbuildOptions(options) {
        options.conditions = ['@g4f/source'];
      },
    });
  };
  await bundle();
  project.provide('serverThread', join(outDir, 'server.mjs'));
  project.onTestsRerun(bundle);
  return () => rm(outDir, { recursive: true });
};
