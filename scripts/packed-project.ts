// Packs the packages as they would be published and installs them into an empty project, as a stranger would.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './source-file.ts';

const run = promisify(execFile);

/** The published packages without native code, by folder name. */
export const PACKAGES = [
  'core',
  'providers',
  'client',
  'testing',
  'server',
  'openai',
  'ai-sdk',
  'otel',
] as const;
/** What a user of the embedded model has. */
export const WITH_RUNTIME = ['core', 'providers', 'client', 'local-runtime'] as const;

/** What a user of the command line has, besides the runtime of the embedded models. */
export const WITH_COMMAND_LINE = [
  'core',
  'providers',
  'client',
  'server',
  'sqlite',
  'sqlite-musl',
  'g4f',
] as const;

/** A project that has the packed packages installed, and nothing else. */
export interface PackedProject {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Packs and installs. The packages must have been built before. */
export const createPackedProject = async (packages: readonly string[] = PACKAGES): Promise<PackedProject> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'g4f-packed-')));
  const filters = packages.map((name) => `--filter=${name === 'g4f' ? name : `@g4f/${name}`}`);
  const pack = ['--recursive', ...filters, 'pack', '--pack-destination', folder];
  await run(process.execPath, [join(root, 'scripts/pnpm.mjs'), ...pack], { cwd: root });
  const tarballs = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
  // Optional here as they are to the command: npm leaves out what does not fit this Node or system.
  const optional = tarballs.filter((file) => file.startsWith('g4f-sqlite-'));
  const nameOf = (file: string): string => `@g4f/${/^g4f-(.*)-\d/.exec(file)?.[1]}`;
  const optionalDependencies = Object.fromEntries(optional.map((file) => [nameOf(file), `file:./${file}`]));
  const manifest = { name: 'empty', private: true, optionalDependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'];
  const named = tarballs.filter((file) => !optional.includes(file)).map((file) => `./${file}`);
  await run('npm', [...install, ...named], { cwd: folder });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};
