// The pinned pnpm is the one whose hash stands in this repository, or none.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './source-file.ts';

const run = promisify(execFile);
const read = async (file: string) => JSON.parse(await readFile(file, 'utf8'));
const sha512 = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('base64');

let folder: string;
let server: Server;
let registry: string;
let integrity: string;

/** A registry in which pnpm is a program of somebody else, with a hash that fits it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-pnpm-'));
  const { version } = (await read(join(root, 'scripts/pinned-pnpm/package-lock.json'))).packages[
    'node_modules/pnpm'
  ];
  await mkdir(join(folder, 'package/bin'), { recursive: true });
  await writeFile(join(folder, 'package/package.json'), JSON.stringify({ name: 'pnpm', version }));
  await writeFile(
    join(folder, 'package/bin/pnpm.cjs'),
    `console.log('somebody else', ...process.argv.slice(2))`,
  );
  await run('tar', ['-czf', 'pnpm.tgz', 'package'], { cwd: folder });
  const tarball = await readFile(join(folder, 'pnpm.tgz'));
  integrity = `sha512-${sha512(tarball)}`;
  server = createServer(({ url }, response) => {
    if (url?.endsWith('.tgz')) return response.end(tarball);
    const dist = { tarball: `${registry}pnpm.tgz`, integrity };
    const versions = { [version]: { name: 'pnpm', version, dist } };
    return response.end(JSON.stringify({ name: 'pnpm', 'dist-tags': { latest: version }, versions }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  registry = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** The launcher in a clean home, with this lock file, started as `npm start` starts it. */
const start = async (name: string, changed: (lock: string) => string): Promise<string> => {
  const place = join(folder, name);
  const pinned = join(place, 'scripts/pinned-pnpm');
  await mkdir(pinned, { recursive: true });
  await cp(join(root, 'scripts/pnpm.mjs'), join(place, 'scripts/pnpm.mjs'));
  await cp(join(root, 'scripts/pinned-pnpm/package.json'), join(pinned, 'package.json'));
  const lock = await readFile(join(root, 'scripts/pinned-pnpm/package-lock.json'), 'utf8');
  await writeFile(join(pinned, 'package-lock.json'), changed(lock));
  await writeFile(
    join(place, 'package.json'),
    JSON.stringify({ name: 'x', scripts: { start: 'node scripts/pnpm.mjs run demo' } }),
  );
  const env = { PATH: process.env.PATH, HOME: place, USERPROFILE: place, npm_config_registry: registry };
  const { stdout } = await run('npm', ['start', '--silent'], { cwd: place, env });
  return stdout.trim();
};

it('is refused when a registry offers other bytes under its name and version', async () => {
  await expect(start('refused', (lock) => lock)).rejects.toThrow(/EINTEGRITY|integrity/);
});

it('is fetched, in a clean home, when the hash is the one of the lock file, and given the arguments', async () => {
  const fits = (lock: string): string => lock.replace(/sha512-[^"]+/, integrity);
  expect(await start('fetched', fits)).toBe('somebody else run demo');
});

it('has one version and one hash in all places that name them', async () => {
  const locked = (await read(join(root, 'scripts/pinned-pnpm/package-lock.json'))).packages[
    'node_modules/pnpm'
  ];
  const hex = Buffer.from(locked.integrity.replace('sha512-', ''), 'base64').toString('hex');
  const { packageManager } = await read(join(root, 'package.json'));
  expect(packageManager).toBe(`pnpm@${locked.version}+sha512.${hex}`);
  const { dependencies } = await read(join(root, 'scripts/pinned-pnpm/package.json'));
  expect(dependencies).toEqual({ pnpm: locked.version });
});
