// `g4f update`: it asks npm, says what installs the newest version, and installs nothing.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installCommand, isOlder } from '../src/updating/installed.ts';
import { createHome, type Home, run } from './typed.ts';

let home: Home;
let bin: string;
beforeAll(async () => {
  home = await createHome();
  bin = join(home.folder, 'bin');
  await mkdir(bin);
});
afterAll(() => home.remove());

/** What is asked while npm does this. */
const withNpm = async (script: string, args: readonly string[] = []) => {
  await writeFile(join(bin, 'npm'), `#!/bin/sh\necho "$@" >> '${home.folder}/asked'\n${script}\n`);
  await chmod(join(bin, 'npm'), 0o755);
  return run(['update', ...args], { ...home.env, PATH: `${bin}:${home.env.PATH}` });
};

const told = (version: string, url = 'git+https://github.com/g4f-ts/g4f.git') =>
  `echo '${JSON.stringify({ version, 'repository.url': url })}'`;

describe('g4f update', () => {
  it.each(['git+https://github.com/somebody/else.git', ''])(
    'advises nobody to install the package of another project: %j',
    async (url) => {
      const { code, stdout, stderr } = await withNpm(told('999.0.0', url));
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/is another project .*do not install it/);
    },
  );

  it('says what installs a newer version, and asks npm for nothing else', async () => {
    const { code, stdout } = await withNpm(told('999.0.0'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^g4f 999\.0\.0 is there; this is .*\n\n {2}git pull/);
    expect(await readFile(join(home.folder, 'asked'), 'utf8')).toContain(
      'view g4f@latest version repository.url --json\n',
    );
    const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    const newest = await withNpm(told(version, 'git@github.com:g4f-ts/g4f.git'), ['--json']);
    expect(JSON.parse(newest.stdout)).toEqual({ installed: version, newest: version, newer: false });
  });

  it('tells why npm could not say', async () => {
    const missing = await withNpm(
      "echo 'npm error code E404' >&2; echo 'npm error 404 Not Found - g4f' >&2; exit 1",
    );
    expect(missing).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^g4f: npm could not say: 404 Not Found - g4f\./),
    });
    expect(await withNpm('echo "$(rm -rf)"')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/told no version/),
    });
    const none = await run(['update'], { ...home.env, PATH: join(home.folder, 'nowhere') });
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/npm, which is asked .* is not installed/),
    });
  });
});

it.each([
  ['/usr/lib/node_modules/g4f/package.json', 'npm install -g g4f@latest'],
  ['C:\\Users\\me\\AppData\\Roaming\\npm\\node_modules\\g4f\\package.json', 'npm install -g g4f@latest'],
  ['/home/me/.npm/_npx/0123/node_modules/g4f/package.json', 'npx g4f@latest'],
  [
    '/home/me/.local/share/pnpm/global/5/node_modules/.pnpm/g4f@1.0.0/node_modules/g4f/package.json',
    'pnpm add -g g4f@latest',
  ],
  ['/home/me/.bun/install/global/node_modules/g4f/package.json', 'bun add -g g4f@latest'],
  ['/home/me/project/node_modules/g4f/package.json', 'npm install g4f@latest'],
  ['/home/me/src/g4f/apps/cli/package.json', 'git pull && npm install && npm run build'],
])('%s is updated by %s', (file, command) => expect(installCommand(file)).toBe(command));

it.each([
  ['1.2.3', '1.2.4', true],
  ['1.2.3', '1.10.0', true],
  ['1.2.3', '1.2.3', false],
  ['2.0.0', '1.9.9', false],
  ['1.0.0-beta.1', '1.0.0', true],
  ['1.0.0', '1.0.0-beta.1', false],
])('%s before %s: %s', (version, than, is) => expect(isOlder(version, than)).toBe(is));
