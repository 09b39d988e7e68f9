// The packages as a stranger gets them: packed, installed into an empty project, used from ESM, CommonJS and TypeScript.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAKE_PIECES, type FakeOpenAI, startFakeOpenAI } from './fake-openai.ts';
import {
  createPackedProject,
  PACKAGES,
  type PackedProject,
  WITH_COMMAND_LINE,
  WITH_RUNTIME,
} from './packed-project.ts';
import { root } from './source-file.ts';

const run = promisify(execFile);
/** What stands in a parcel besides what stands in each. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  testing: ['bin'],
  server: ['bin', 'deploy', 'g4f.config.schema.json'],
};
const MOST_PACKAGES = 9;
const MOST_MEGABYTES = 15.5;

let project: PackedProject;
let service: FakeOpenAI;

beforeAll(async () => {
  [project, service] = await Promise.all([createPackedProject(), startFakeOpenAI()]);
  await cp(join(root, 'scripts/consumer'), project.folder, { recursive: true });
});
afterAll(async () => {
  await service?.close();
  await project?.remove();
});

/** Runs one of the consumer's files with this very Node and returns what it printed last. */
const consume = async (file: string, args: readonly string[], folder = project.folder): Promise<unknown> => {
  const { stdout } = await run(process.execPath, [join(folder, file), ...args], {
    cwd: folder,
    // The shim that starts the tests lets Node look into this repository's own modules as well.
    env: { ...process.env, NODE_PATH: '' },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};

const installed = (name: string): string => join(project.folder, 'node_modules', name);
const manifest = async (name: string) =>
  JSON.parse(await readFile(join(installed(name), 'package.json'), 'utf8'));

/** A package and all that it needs, the optional apart. */
const neededBy = async (name: string): Promise<readonly string[]> => {
  const found = new Set([name]);
  for (const one of found)
    for (const needed of Object.keys((await manifest(one)).dependencies ?? {})) found.add(needed);
  return [...found];
};

/** Every door of our packages: `@g4f/providers`, `@g4f/providers/groq`, … */
const doors = async (): Promise<readonly string[]> => {
  const found = await Promise.all(
    PACKAGES.map(async (name) => {
      const { exports } = await manifest(`@g4f/${name}`);
      return Object.keys(exports).map((path) => `@g4f/${name}${path.slice(1)}`);
    }),
  );
  return found.flat().filter((door) => !door.endsWith('.json'));
};

describe('what is in the parcel', () => {
  it.each(PACKAGES)('@g4f/%s has a build, a README, a licence, and nothing of the workshop', async (name) => {
    const files = await readdir(installed(`@g4f/${name}`));
    expect(files.sort()).toEqual(
      ['LICENSE', 'README.md', 'dist', 'package.json', ...(ALSO[name] ?? [])].sort(),
    );
    const text = JSON.stringify(await manifest(`@g4f/${name}`));
    expect(text).not.toMatch(/@g4f\/source|workspace:|catalog:/);
  });

  it(`is small: at most ${MOST_PACKAGES} packages and ${MOST_MEGABYTES} MB with all it needs`, async () => {
    const names = await neededBy('@g4f/client');
    const sizes = await Promise.all(names.map((name) => bytesIn(installed(name))));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`@g4f/client installed: ${names.length} packages, ${(bytes / 1e6).toFixed(1)} MB`);
    expect(names).toEqual(expect.arrayContaining(['@g4f/client', '@g4f/core', '@g4f/providers']));
    expect(names.length, names.join(', ')).toBeLessThanOrEqual(MOST_PACKAGES);
    expect(bytes / 1e6).toBeLessThanOrEqual(MOST_MEGABYTES);
  });
});

describe('the doors', () => {
  it('open from ESM and from CommonJS, with the same names', async () => {
    const all = await doors();
    expect(all).toEqual(expect.arrayContaining(['@g4f/core', '@g4f/providers/groq', '@g4f/client']));
    const imported = await consume('exports.mjs', all);
    const required = await consume('exports.cjs', all);
    expect(withoutInterop(imported)).toEqual(withoutInterop(required));
    for (const [door, names] of Object.entries(withoutInterop(imported))) {
      expect(names.length, `${door} gives nothing`).toBeGreaterThan(0);
    }
  });

  it('give the error without undici and zod, which are loaded when they are needed', async () => {
    const bare = await realpath(await mkdtemp(join(tmpdir(), 'g4f-bare-')));
    await cp(installed('@g4f'), join(bare, 'node_modules/@g4f'), { recursive: true });
    await cp(join(root, 'scripts/consumer/error.mjs'), join(bare, 'error.mjs'));
    expect(await consume('error.mjs', [], bare)).toBe(true);
    await rm(bare, { recursive: true });
  });
});

describe('the embedded model', () => {
  const INSTALL = 'run "npm install @g4f/local-runtime"';
  /** node-llama-cpp itself brings 725 MB on Linux. */
  const MOST_RUNTIME_MEGABYTES = 72;

  it('names the one command that is missing, and is there after it', async () => {
    expect(await consume('local.mjs', [])).toBe(INSTALL);
    const withRuntime = await createPackedProject(WITH_RUNTIME);
    try {
      await cp(join(root, 'scripts/consumer/local.mjs'), join(withRuntime.folder, 'local.mjs'));
      expect(await consume('local.mjs', [], withRuntime.folder)).toBeNull();
      const modules = join(withRuntime.folder, 'node_modules');
      const parcel = await readdir(join(modules, '@g4f/local-runtime'));
      expect(parcel.sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
      const megabytes = (await bytesIn(modules)) / 1e6;
      console.log(`with @g4f/local-runtime installed: ${megabytes.toFixed(1)} MB`);
      expect(megabytes).toBeLessThanOrEqual(MOST_RUNTIME_MEGABYTES);
    } finally {
      await withRuntime.remove();
    }
  });
});

describe('the command line', () => {
  /** Nodes before 22.16 need libsql: 9.8 MB. */
  const HAS_SQLITE = isAtLeast(22, 16);
  const MOST_COMMAND_MEGABYTES = HAS_SQLITE ? 25 : 35;

  it('answers from an empty folder and an empty home, and is small without the runtime', async () => {
    const installed = await createPackedProject(WITH_COMMAND_LINE);
    try {
      const home = join(installed.folder, 'home');
      await mkdir(home);
      const env = {
        PATH: process.env.PATH,
        HOME: home,
        OPENAI_API_KEY: 'sk-test',
        OPENAI_BASE_URL: service.url,
      };
      const command = join(installed.folder, 'node_modules/.bin/g4f');
      const asked = run(command, ['--quiet', 'say hello'], { cwd: installed.folder, env });
      asked.child.stdin?.end();
      expect(await asked).toEqual({ stdout: `${FAKE_PIECES.join('')}\n`, stderr: '' });
      const { stdout } = await run(command, ['log', '--json'], { cwd: installed.folder, env });
      expect(JSON.parse(stdout)).toMatchObject([{ prompt: 'say hello', answer: FAKE_PIECES.join('') }]);
      for (const args of [['--web', 'hi'], ['--mcp', 'x', 'hi'], ['mcp']]) {
        const refused = run(command, args, { cwd: installed.folder, env });
        refused.child.stdin?.end();
        await expect(refused).rejects.toMatchObject({
          code: 2,
          stderr: expect.stringContaining('run "npm install -g @g4f/'),
        });
      }
      const parcel = await readdir(join(installed.folder, 'node_modules/g4f'));
      expect(parcel.sort()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'man', 'package.json']);
      const modules = await readdir(join(installed.folder, 'node_modules'));
      expect(modules).not.toContain('libsql');
      const builds = modules.includes('@libsql')
        ? await readdir(join(installed.folder, 'node_modules/@libsql'))
        : [];
      expect(builds).toHaveLength(HAS_SQLITE ? 0 : 1);
      const megabytes = (await bytesIn(join(installed.folder, 'node_modules'))) / 1e6;
      console.log(`g4f installed: ${megabytes.toFixed(1)} MB`);
      expect(megabytes).toBeLessThanOrEqual(MOST_COMMAND_MEGABYTES);
    } finally {
      await installed.remove();
    }
  });
});

describe('an answer', () => {
  it.each(['stream.mjs', 'stream.cjs'])('streams through both clients in %s', async (file) => {
    const before = service.requests.length;
    const heard = await consume(file, [service.url]);
    const text = FAKE_PIECES.join('');
    expect(heard).toMatchObject({ sync: expect.any(Array), async: expect.any(Array) });
    expect(piecesOf(heard, 'sync').join('')).toBe(text);
    expect(piecesOf(heard, 'async').join('')).toBe(text);
    if (file.endsWith('.cjs')) expect(heard).toMatchObject({ known: true });
    expect(service.requests.slice(before).map(({ path, body }) => [path, body.model])).toEqual([
      ['/v1/chat/completions', 'gpt-4'],
      ['/v1/chat/completions', 'gpt-4'],
    ]);
  });
});

describe('the worker’s file', () => {
  it.each(['module', 'commonjs'])(
    'answers where it is copied to, alone, in a package of type %s',
    async (type) => {
      const alone = await realpath(await mkdtemp(join(tmpdir(), 'g4f-alone-')));
      await writeFile(join(alone, 'package.json'), JSON.stringify({ type }));
      await cp(join(installed('@g4f/client'), 'dist/worker.js'), join(alone, 'worker.js'));
      const heard = await consume('stream.mjs', [service.url, join(alone, 'worker.js')]);
      expect(piecesOf(heard, 'sync').join('')).toBe(FAKE_PIECES.join(''));
      await rm(alone, { recursive: true });
    },
  );
});

describe('CommonJS', () => {
  it('loads nothing by a native import(), which Jest refuses, but what the user names or installs besides', async () => {
    const native = await Promise.all(
      PACKAGES.map(async (name) => {
        const folder = join(installed(`@g4f/${name}`), 'dist');
        const files = (await readdir(folder)).filter((file) => file.endsWith('.cjs'));
        const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
        const { peerDependencies = {} } = await manifest(`@g4f/${name}`);
        return texts
          .flatMap((text) => [...text.matchAll(/\bimport\(\s*["'`]([^"'`]*)[^)]*\)/g)])
          .flatMap(([whole, from = '']) => (Object.hasOwn(peerDependencies, from) ? [] : [whole]));
      }),
    );
    expect(native.flat()).toEqual([]);
  });
});

describe('the types', () => {
  it.concurrent.each([
    ['NodeNext', 'NodeNext', 'module'],
    ['NodeNext', 'NodeNext', 'commonjs'],
    ['ESNext', 'Bundler', 'module'],
  ])('hold with module %s, resolution %s, in a package of type %s', async (...kind) => {
    const [module, moduleResolution, type] = kind;
    const folder = join(project.folder, kind.join('-'));
    await mkdir(folder);
    await cp(join(root, 'scripts/consumer/types.ts'), join(folder, 'types.ts'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'typed', private: true, type }));
    const compilerOptions = {
      module,
      moduleResolution,
      target: 'ES2022',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.ts'] }));
    const compiler = join(root, 'node_modules/typescript7/bin/tsc');
    const checked = await run(process.execPath, [compiler, '-p', folder]).catch((failed) => failed);
    expect(checked.stdout).toBe('');
  });
});

function piecesOf(heard: unknown, face: 'sync' | 'async'): readonly unknown[] {
  const value = typeof heard === 'object' && heard !== null ? Reflect.get(heard, face) : undefined;
  return Array.isArray(value) ? value : [];
}

/** `__esModule`, and what Node's view of CommonJS adds, say nothing of the package. */
function withoutInterop(names: unknown): Record<string, readonly string[]> {
  const entries = Object.entries(typeof names === 'object' && names !== null ? names : {});
  return Object.fromEntries(
    entries.map(([door, list]) => [
      door,
      list.filter((name: string) => !/^(__esModule|module\.exports)$/.test(name)),
    ]),
  );
}

function isAtLeast(major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
