// A contributor's first step: three files that compile, pass the kit, and hold what was answered; and one line for every slip.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './source-file.ts';

const run = promisify(execFile);
const ANSWERS = [
  '--name',
  "Acme's AI",
  '--base-url',
  'https://api.acme.example/v1/',
  '--website',
  'https://acme.example/docs',
];
const PATHS = [
  'packages/providers/src/backends/acme-ai.ts',
  'packages/providers/test/backends/acme-ai.test.ts',
  '.changeset/backend-acme-ai.md',
];

let checkout: string;
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'g4f-new-'));
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

const newBackend = async (...args: readonly string[]): Promise<{ code: number; said: string }> => {
  const command = [join(root, 'scripts/run.mjs'), 'new-backend', ...args, '--root', checkout];
  const { stdout, stderr, code } = await run(process.execPath, command).then(
    (done) => ({ ...done, code: 0 }),
    (failed) => failed,
  );
  return { code, said: `${stdout}${stderr}`.trim() };
};

describe('npm run new:backend', () => {
  it('writes the three files of a provider, and says what comes next', async () => {
    const { code, said } = await newBackend('acme-ai', ...ANSWERS);
    expect(code).toBe(0);
    for (const path of PATHS) expect(said).toContain(path);
    const [source, test, changeset] = await Promise.all(
      PATHS.map((path) => readFile(join(checkout, path), 'utf8')),
    );
    expect(source?.split('\n').length).toBeLessThanOrEqual(25);
    expect(source).toContain("name: 'Acme\\'s AI'");
    expect(source).toContain("baseURL: 'https://api.acme.example/v1'");
    expect(source).toContain("env: ['ACME_AI_API_KEY']");
    expect(test).toContain("import backend from '../../src/backends/acme-ai.ts'");
    expect(changeset).toContain("provider: 'acme-ai'");
  });

  it('writes a provider that passes the kit as it is', async () => {
    await newBackend('acme-ai', ...ANSWERS, '--no-key');
    // Beside the real package, so that the file finds what it imports.
    await mkdir(join(checkout, 'packages/providers/src/provider'), { recursive: true });
    await symlink(
      join(root, 'packages/providers/src/provider/openai-compatible.ts'),
      join(checkout, 'packages/providers/src/provider/openai-compatible.ts'),
    );
    await mkdir(join(checkout, 'node_modules/@g4f'), { recursive: true });
    const command = [join(root, 'packages/testing/dist/g4f-conform.js'), join(checkout, PATHS[0] ?? '')];
    const { stdout } = await run(process.execPath, command).catch((failed) => failed);
    expect(stdout).toMatch(/\d+ passed, 0 failed/);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no id', [], /^Which provider\?/],
    ['an id that is none', ['Acme'], /^"Acme" is no id: it must be kebab-case/],
    ['answers missing where nobody can be asked', ['acme'], /^Nobody is here to ask/],
    [
      'an address that is none',
      ['acme', ...ANSWERS.with(3, 'acme')],
      /^--base-url must be an http or https URL/,
    ],
    ['an unknown option', ['acme', '--nme', 'x'], /^Unknown option '--nme'/],
  ])('says in one line what is wrong: %s', async (_name, args, message) => {
    const { code, said } = await newBackend(...args);
    expect(code).toBe(2);
    expect(said).toMatch(message);
  });

  it('never writes over what is there', async () => {
    await newBackend('acme-ai', ...ANSWERS);
    const { code, said } = await newBackend('acme-ai', ...ANSWERS);
    expect(code).toBe(2);
    expect(said).toContain('is there already');
  });
});
