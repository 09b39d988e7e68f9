// Bundles the package from the sources before the tests: vitest compiles nothing that runs in another process, and a build may be older
// than the sources.
import { cp, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of the command. */
    readonly command: string;
    /** The file of the package's door. */
    readonly door: string;
  }
}

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** What stays outside of the bundle, and the package of ours that has it. */
const OUTSIDE = {
  zod: 'mcp',
  undici: 'web',
  'ipaddr.js': 'web',
  linkedom: 'web',
  '@modelcontextprotocol/sdk': 'mcp',
};

/** The global setup. @returns what removes the folder */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'g4f-mcp-'));
  const modules = join(folder, 'node_modules');
  const target = join(modules, '@g4f/mcp');
  await mkdir(target, { recursive: true });
  await mkdir(join(modules, '@modelcontextprotocol'));
  await cp(join(PACKAGE, 'package.json'), join(target, 'package.json'));
  for (const [name, owner] of Object.entries(OUTSIDE)) {
    const place = join(PACKAGE, '..', owner, 'node_modules', name);
    await symlink(await realpath(place), join(modules, name), 'junction');
  }
  await build({
    config: false,
    silent: true,
    entry: { 'g4f-mcp': join(PACKAGE, 'src/g4f-mcp.ts'), index: join(PACKAGE, 'src/index.ts') },
    outDir: join(target, 'dist'),
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    noExternal: [/^@g4f\//],
    external: [
      /^zod/,
      /^undici/,
      /^ipaddr/,
      /^linkedom/,
      /^defuddle/,
      /^@modelcontextprotocol/,
      /^node-llama-cpp/,
    ],
    esbuildOptions(options) {
      options.conditions = ['@g4f/source'];
    },
  });
  project.provide('command', join(target, 'dist/g4f-mcp.js'));
  project.provide('door', join(target, 'dist/index.js'));
  return () => rm(folder, { recursive: true });
};
