// The code blocks of the documents as files of a reader's project, where they compile and run against a service on this machine.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { type FakeOpenAI, startFakeOpenAI } from './fake-openai.ts';
import { readSource, root } from './source-file.ts';

const run = promisify(execFile);

/** A fenced block of a document that is code to run. */
export interface Block {
  readonly path: string;
  readonly line: number;
  /** The heading that it stands below. */
  readonly heading: string;
  readonly code: string;
}

/** The blocks of a document, in their order. */
export const blocksOf = (path: string): readonly Block[] => {
  const text = readSource(path)?.text ?? '';
  return [...text.matchAll(/^```(ts|js)\n([\s\S]*?)^```$/gm)].map(({ index, 2: code = '' }) => ({
    path,
    line: text.slice(0, index).split('\n').length,
    heading:
      text
        .slice(0, index)
        .split('\n')
        .findLast((line) => line.startsWith('#'))
        ?.replace(/^#+ /, '') ?? '',
    // A provider's file stands beside this door, inside the package; a reader's own file comes in by the front.
    code: code.replace("'../provider/openai-compatible.ts'", "'@g4f/providers'"),
  }));
};

/** A reader's project. */
export interface ExampleFolder {
  readonly path: string;
  readonly service: FakeOpenAI;
  /** What each program has in its environment: every provider has a key, and its address is the service on this machine. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The program of a block, by its name in the folder. */
  programOf(block: Block): string;
  /** What the compiler says of the types of these blocks; empty if nothing is wrong. */
  compile(blocks: readonly Block[]): Promise<string>;
  close(): Promise<void>;
}

/** Libraries that examples use besides ours, and the package whose dependency each is. */
const LIBRARIES: Readonly<Record<string, string>> = {
  zod: 'packages/client',
  ai: 'packages/ai-sdk',
  '@langchain/core': 'packages/langchain',
  '@langchain/openai': 'packages/server',
  '@opentelemetry/api': 'packages/otel',
  '@opentelemetry/sdk-metrics': 'packages/otel',
  '@opentelemetry/sdk-trace-node': 'packages/otel',
  '@hono/node-server': 'packages/server',
  hono: 'scripts',
  express: 'scripts',
  '@types/express': 'scripts',
  fastify: 'scripts',
};

/** Makes a project of the blocks. */
export const exampleFolder = async (blocks: readonly Block[]): Promise<ExampleFolder> => {
  const service = await startFakeOpenAI();
  const path = await realpath(await mkdtemp(join(tmpdir(), 'g4f-readme-')));
  const modules = join(path, 'node_modules');
  for (const scope of ['@g4f', '@hono', '@langchain', '@opentelemetry', '@types', '.bin'])
    await mkdir(join(modules, scope), { recursive: true });
  for (const name of await readdir(join(root, 'packages')))
    await symlink(join(root, 'packages', name), join(modules, '@g4f', name));
  for (const [name, owner] of Object.entries(LIBRARIES))
    await symlink(join(root, owner, 'node_modules', name), join(modules, name));
  // The MCP server of the examples, as `npm install` links it.
  const server = 'packages/mcp/node_modules/@modelcontextprotocol/server-filesystem/dist/index.js';
  await symlink(join(root, server), join(modules, '.bin/mcp-server-filesystem'));
  await writeFile(
    join(path, 'package.json'),
    JSON.stringify({ name: 'reader', private: true, type: 'module' }),
  );
  for (const block of blocks) {
    await writeFile(join(path, `${fileOf(block)}.ts`), block.code);
    await writeFile(join(path, `${fileOf(block)}.mjs`), withoutTypes(block.code));
  }
  return {
    path,
    service,
    env: { ...(await environment(service)), PATH: process.env.PATH },
    programOf: (block) => `${fileOf(block)}.mjs`,
    compile: (some) => compile(path, some),
    async close() {
      await service.close();
      await rm(path, { recursive: true, force: true });
    },
  };
};

const fileOf = ({ path, line }: Block): string => `${path.replaceAll(/[/.]/g, '-')}-${line}`;

async function compile(folder: string, blocks: readonly Block[]): Promise<string> {
  const compilerOptions = {
    module: 'NodeNext',
    target: 'ES2023',
    lib: ['ES2023', 'ESNext.Disposable'],
    strict: true,
    // As Node takes types out.
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
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
  return own.join('\n');
}

async function environment(service: FakeOpenAI): Promise<Record<string, string>> {
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
