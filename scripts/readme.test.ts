// Every TypeScript and JavaScript block of the documents compiles and runs, against a service on this machine.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, type ExampleFolder, exampleFolder } from './example-folder.ts';
import { listFiles } from './source-file.ts';

const run = promisify(execFile);

/** Recipes have a test of their own, which says what each prints. */
const documents = listFiles().filter(
  (path) =>
    /^(packages\/[^/]+\/|apps\/[^/]+\/)?README\.md$|^CONTRIBUTING\.md$|^docs\/[^/]+\.md$/.test(path) &&
    path !== 'docs/recipes.md',
);

const blocks = documents.flatMap(blocksOf);

let folder: ExampleFolder;

beforeAll(async () => {
  folder = await exampleFolder(blocks);
});
afterAll(() => folder?.close());

it('finds blocks in the README of the repository and of every package', () => {
  const without = documents.filter(
    (path) => path.endsWith('README.md') && !blocks.some((b) => b.path === path),
  );
  // What these give, only the command asks for.
  expect(without.filter((path) => !path.startsWith('apps/')).sort()).toEqual([
    'packages/sqlite-musl/README.md',
    'packages/sqlite/README.md',
  ]);
  expect(documents).toContain('README.md');
});

describe('the blocks', () => {
  it('compile', async () => {
    expect(await folder.compile(blocks)).toBe('');
  });

  it.each(blocks.map((block) => [`${block.path}:${block.line}`, block] as const))(
    '%s runs',
    async (_, block) => {
      const { path: cwd, env } = folder;
      const { stdout } = await run(process.execPath, [folder.programOf(block)], { cwd, env });
      if (/console\.log|stdout\.write/.test(block.code)) expect(stdout).not.toBe('');
    },
  );
});
