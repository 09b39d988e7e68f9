// Every TypeScript and JavaScript block of the READMEs compiles and runs, against a service on this machine.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from './fake-openai.ts';
import { listFiles, readSource, root } from './source-file.ts';

const run = promisify(execFile);

interface Block {
  readonly path: string;
  readonly line: number;
  readonly code: string;
}

const documents = listFiles().filter((path) =>
  /^(packages\/[^/]+\/|apps\/[^/]+\/)?README\.md$|^CONTRIBUTING\.md$|^docs\/[^/]+\.md$/.test(path),
);

/** The fenced blocks of a document that are code to run. */
const blocksOf = (path: string): readonly Block[] => {
  const text = readSource(path)?.text ?? '';
  return [...text.matchAll(/^```(ts|js)\n([\s\S]*?)^```$/gm)].map(({ index, 2: code = '' }) => ({
    path,
    line: text.slice(0, index).split('\n').length,
    // A provider's file stands beside this door, inside the package; a reader's own file comes in by the front.
    code: code.replace("'../provider/openai-compatible.ts'", "'@g4f/providers'"),
  }));
};

const blocks = documents.flatMap(blocksOf);
const fileOf = ({ path, line }: Block): string => `${path.replaceAll(/[/.]/g, '-')}-${line}`;

let folder: string;
let service: FakeOpenAI;

beforeAll(async () => {
  service = await startFakeOpenAI();
  folder = await realpath(await mkdtemp(join(tmpdir(), 'g4f-readme-')));
  await mkdir(join(folder, 'node_modules/@g4f'), { recursive: true });
  for (const name of await readdir(join(root, 'packages'))) {
    await symlink(join(root, 'packages', name), join(folder, 'node_modules/@g4f', name));
  }
  // The MCP server of the examples, as `npm install` links it.
  await mkdir(join(folder, 'node_modules/.bin'));
  const server = 'packages/mcp/node_modules/@modelcontextprotocol/server-filesystem/dist/index.js';
  await symlink(join(root, server), join(folder, 'node_modules/.bin/mcp-server-filesystem'));
  // Examples bring a schema: the library is the reader's own.
  await symlink(join(root, 'packages/client/node_modules/zod'), join(folder, 'node_modules/zod'));
  await symlink(join(root, 'packages/ai-sdk/node_modules/ai'), join(folder, 'node_modules/ai'));
  await symlink(
    join(root, 'packages/server/node_modules/@langchain'),
    join(folder, 'node_modules/@langchain'),
  );
  const opentelemetry = 'packages/otel/node_modules/@opentelemetry';
  await symlink(join(root, opentelemetry), join(folder, 'node_modules/@opentelemetry'));
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'reader', private: true, type: 'module' }),
  );
  for (const block of blocks) {
    await writeFile(join(folder, `${fileOf(block)}.ts`), block.code);
    await writeFile(join(folder, `${fileOf(block)}.mjs`), withoutTypes(block.code));
  }
});
afterAll(async () => {
  await service?.close();
  await rm(folder, { recursive: true, force: true });
});

it('finds blocks in the README of the repository and of every package', () => {
  const without = documents.filter(
    (path) => path.endsWith('README.md') && !blocks.some((b) => b.path === path),
  );
  expect(without.filter((path) => !path.startsWith('apps/'))).toEqual([]);
  expect(documents).toContain('README.md');
});

describe('the blocks', () => {
  it('compile', async () => {
    const compilerOptions = {
      module: 'NodeNext',
      target: 'ES2023',
      lib: ['ES2023', 'ESNext.Disposable'],
      strict: true,
      noEmit: true,
      allowJs: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    };
    const files = blocks.map((block) => `${fileOf(block)}.ts`);
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    const compiler = join(root, 'node_modules/typescript7/bin/tsc');
    const checked = await run(process.execPath, [compiler, '-p', folder]).catch((failed) => failed);
    // Types of other libraries that an example uses may want a browser's: they are not ours to mend.
    const own = checked.stdout.split('\n').filter((line: string) => !/^\s|node_modules\/\.pnpm\//.test(line));
    expect(own.join('\n')).toBe('');
  });

  it.each(blocks.map((block) => [`${block.path}:${block.line}`, block] as const))(
    '%s runs',
    async (_, block) => {
      const env = { ...(await environment()), PATH: process.env.PATH };
      const { stdout } = await run(process.execPath, [join(folder, `${fileOf(block)}.mjs`)], {
        cwd: folder,
        env,
      });
      if (/console\.log|stdout\.write/.test(block.code)) expect(stdout).not.toBe('');
    },
  );
});

/** Every provider has a key, and its address is the service on this machine. */
async function environment(): Promise<Record<string, string>> {
  const { registry } = await import(join(root, 'packages/providers/dist/index.js'));
  // `mine` is the endpoint of one's own that the examples use.
  const env: Record<string, string> = { MINE_BASE_URL: service.url, SEARXNG_URL: service.url };
  for (const id of Object.keys(registry)) {
    env[`${id.replaceAll('-', '_').toUpperCase()}_BASE_URL`] = service.url;
    for (const name of registry[id].env ?? []) env[name] = 'sk-test';
  }
  return env;
}

/** What the program runs as. A busy machine may need longer than 300 ms to find what it looks for. */
function withoutTypes(code: string): string {
  return ts.transpileModule(code.replace('discover()', 'discover({ timeoutMs: 60_000 })'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  }).outputText;
}
