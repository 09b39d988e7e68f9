// Bundles what tests run in threads from the sources before the tests: vitest does not compile it, and a build of the kit
// may be older than the sources.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import type { TestProject } from 'vitest/node';
// Says what that setup provides.
import type {} from '../../packages/client/test/from-sources.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of the fault server's thread, for `startFaultServer`. */
    readonly serverThread: string;
    /** The file of a thread that runs one column of the fault table. */
    readonly columnThread: string;
  }
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The global setup, after that of @g4f/client: it writes into the project in which the client is, which removes it. */
export default async (project: TestProject): Promise<void> => {
  const outDir = join(project.getProvidedContext().fromSources, 'reliability');
  const bundle = async (): Promise<void> => {
    await build({
      config: false,
      silent: true,
      entry: { server: here('../src/server-thread.mjs'), column: here('column-thread.ts') },
      outDir,
      outExtension: () => ({ js: '.mjs' }),
      format: ['esm'],
      target: 'node20',
      platform: 'node',
      noExternal: [/^@g4f\/(?!client)/],
      external: [/^@g4f\/client/, /^zod/, /^undici/, /^node-llama-cpp/],
      esbuildOptions(options) {
        options.conditions = ['@g4f/source'];
      },
    });
  };
  await bundle();
  project.provide('serverThread', join(outDir, 'server.mjs'));
  project.provide('columnThread', join(outDir, 'column.mjs'));
  project.onTestsRerun(bundle);
};
