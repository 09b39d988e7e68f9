// Bundles the package from its sources before the tests: what runs in another thread or process vitest does not compile,
// and a build may be older than the sources.
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of a project in which `@g4f/client` is what the sources are now; the fixtures of `sync/` are in it. */
    readonly fromSources: string;
    /** The worker's file in it. */
    readonly workerFromSources: string;
  }
}

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** The global setup of all projects that make a `Client`. @returns what removes the folder */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-from-sources-'));
  await writeProject(folder);
  project.provide('fromSources', folder);
  project.provide('workerFromSources', join(clientIn(folder), 'dist/worker.js'));
  project.onTestsRerun(() => bundle(folder));
  return () => rm(folder, { recursive: true });
};

const clientIn = (folder: string): string => join(folder, 'node_modules/@g4f/client');

async function writeProject(folder: string): Promise<void> {
  await mkdir(clientIn(folder), { recursive: true });
  await cp(join(PACKAGE, 'package.json'), join(clientIn(folder), 'package.json'));
  await cp(join(PACKAGE, 'test/sync/fixtures'), join(folder, 'fixtures'), { recursive: true });
  const client = createRequire(join(PACKAGE, 'package.json'));
  const providers = createRequire(client.resolve('@g4f/providers/package.json'));
  for (const [name, from] of [
    ['zod', client],
    ['libsql', client],
    ['undici', providers],
  ] as const) {
    // The main file of each stands in its folder.
    await symlink(dirname(from.resolve(name)), join(folder, 'node_modules', name), 'junction');
  }
  await bundle(folder);
}

/** As tsup.config.ts does it, but with our other packages in it, from their sources too. */
async function bundle(folder: string): Promise<void> {
  const entry = Object.fromEntries(
    ['index', 'mini', 'middleware', 'stores', 'sync/worker'].map((name) => [
      basename(name),
      join(PACKAGE, `src/${name}.ts`),
    ]),
  );
  await build({
    config: false,
    silent: true,
    entry,
    outDir: join(clientIn(folder), 'dist'),
    format: ['esm', 'cjs'],
    target: 'node20',
    platform: 'node',
    noExternal: [/^@g4f\//],
    external: [/^zod/, /^undici/, /^node-llama-cpp/],
    esbuildOptions(options) {
      options.conditions = ['@g4f/source'];
      options.logOverride = { 'empty-import-meta': 'silent' };
    },
  });
}
