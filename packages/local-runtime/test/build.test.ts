// The build, which is the whole package: one file that runs without node-llama-cpp, with every licence beside it.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const missing = existsSync(join(dist, 'index.js')) ? undefined : 'the package has not been built';

const alone = await mkdtemp(join(tmpdir(), 'g4f-runtime-'));
afterAll(() => rm(alone, { recursive: true, force: true }));

/** Opens the file in a process of its own, as the engine does: its names, and what became of its native part. */
const open = async (file: string): Promise<unknown> => {
  const program = `const runtime = await import(${JSON.stringify(pathToFileURL(file).href)});
    const gpu = process.platform === 'darwin' && process.arch === 'arm64' ? 'auto' : false;
    const got = await runtime
      .getLlama({ gpu, build: 'never', skipDownload: true, progressLogs: false, logLevel: 'disabled' })
      .then(({ buildType }) => buildType, ({ message }) => message);
    console.log(JSON.stringify({ names: Object.keys(runtime).sort(), got }));
    process.exit();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: alone });
  return JSON.parse(stdout);
};

describe.skipIf(missing)('the build', () => {
  const code = missing === undefined ? readFileSync(join(dist, 'index.js'), 'utf8') : '';

  it('imports nothing but Node itself and the builds for processors', () => {
    const from = [...code.matchAll(/^import .* from ["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm)].map(
      ([, whole, lazy]) => whole ?? lazy ?? '',
    );
    const { builtinModules } = process.getBuiltinModule('node:module');
    const foreign = from.filter(
      (name) => !builtinModules.includes(name.replace(/^node:/, '')) && !name.startsWith('@node-llama-cpp/'),
    );
    expect([...new Set(foreign)]).toEqual([]);
    expect(from.length).toBeGreaterThan(5);
  });

  it('opens where no package is installed, and then says that the native part is missing', async () => {
    await cp(join(dist, 'index.js'), join(alone, 'index.mjs'));
    expect(await open(join(alone, 'index.mjs'))).toEqual({
      names: ['JinjaTemplateChatWrapper', 'LlamaGrammarEvaluationState', 'getLlama', 'resolveChatWrapper'],
      got: 'NoBinaryFoundError',
    });
  });

  it('finds the native part of this machine, of the version it was made for', async () => {
    expect(await open(join(dist, 'index.js'))).toMatchObject({ got: 'prebuilt' });
  });

  it('has what computes vectors, which no name of its own leads to', () => {
    expect(code).toMatch(/\bcreateEmbeddingContext\(/);
    expect(code).toMatch(/\bgetEmbeddingFor\(/);
  });

  it('carries the licence of everything in it', () => {
    const licences = readFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const bundled = [...code.matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!node_modules)/gm)];
    expect(bundled.length).toBeGreaterThan(10);
    for (const [, name] of bundled) expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(licences).not.toMatch(/\(undefined\)/);
  });
});
