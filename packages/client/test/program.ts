// Runs a small program that uses the sources as a stranger would: in a process of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, defaultServerConditions } from 'vite';

/** The sources, bundled. */
export interface Program {
  /** Runs the code as an ES module in which AsyncClient is known. */
  run(code: string): Promise<Run>;
  remove(): Promise<void>;
}

/** What it did. */
export interface Run {
  readonly code: number | null;
  readonly ms: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bundles the sources into a folder of their own. */
export const writeProgram = async (): Promise<Program> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-program-'));
  const client = fileURLToPath(new URL('../src/async-client.ts', import.meta.url));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, resolve: { conditions: ['@g4f/source', ...defaultServerConditions] } },
    build: {
      ssr: client,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'client.mjs' } },
    },
  });
  const bundle = pathToFileURL(join(folder, 'client.mjs')).href;
  let written = 0;
  return {
    async run(code) {
      written += 1;
      const file = join(folder, `program-${written}.mjs`);
      await writeFile(file, `import { AsyncClient } from ${JSON.stringify(bundle)};\n${code}`);
      return runFile(file);
    },
    remove: () => rm(folder, { recursive: true }),
  };
};

const runFile = (file: string): Promise<Run> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const said = { stdout: '', stderr: '' };
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, [file], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (data: Buffer) => {
      said.stdout += data;
    });
    child.stderr.on('data', (data: Buffer) => {
      said.stderr += data;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ms: performance.now() - began, ...said }));
  });
