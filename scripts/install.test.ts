// The reflexes of somebody with npm: `npm install` in a fresh clone works, `npm pack` in a package refuses.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './source-file.ts';

const run = promisify(execFile);

/** Without what a package manager above this process has put into the environment. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

let clone: string;
beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'g4f-clone-'));
  const { stdout } = await run('git', ['ls-files', '*package.json', 'pnpm-*.yaml', '.npmrc', 'scripts'], {
    cwd: root,
  });
  for (const file of stdout.trim().split('\n'))
    await cp(join(root, file), join(clone, file), { recursive: true });
});
afterAll(() => rm(clone, { recursive: true, force: true }));

describe.concurrent('npm in this workspace', () => {
  it('installs: npm hands over to the pinned pnpm, and leaves no lock file of its own', async () => {
    const before = await readdir(clone);
    // npm and pnpm look into their caches first: what a registry answers is not tested here.
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: clone, env });
    const after = await readdir(clone);
    expect(after.filter((name) => !before.includes(name))).toEqual(['node_modules']);
    expect(await readdir(join(clone, 'node_modules/.bin'))).toEqual(
      expect.arrayContaining(['biome', 'turbo', 'vitest']),
    );
    expect(await readdir(join(clone, 'packages/client/node_modules/@g4f'))).toEqual([
      ...['core', 'providers', 'testing'],
    ]);
  });

  it.each(['core', 'providers', 'client', 'testing', 'server'])(
    'does not pack %s, and says what does',
    async (name) => {
      const pack = run('npm', ['pack', '--dry-run'], { cwd: join(root, 'packages', name), env });
      await expect(pack).rejects.toThrow(/Use `pnpm pack`/);
    },
  );
});
