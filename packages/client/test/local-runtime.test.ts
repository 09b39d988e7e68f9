// The embedded model's runtime is a package beside ours, and never one that lies about where the program was started.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { runProgram } from './sync/program.ts';

let evil = '';
beforeAll(() => {
  evil = realpathSync(mkdtempSync(join(tmpdir(), 'g4f-evil-')));
  for (const name of ['@g4f/local-runtime', 'node-llama-cpp']) {
    const place = join(evil, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    writeFileSync(
      join(place, 'package.json'),
      JSON.stringify({ name, exports: './main.js', type: 'module' }),
    );
    writeFileSync(join(place, 'main.js'), 'throw new Error("it was loaded")');
  }
  mkdirSync(join(evil, 'a', 'b'), { recursive: true });
});
afterAll(() => rmSync(evil, { recursive: true }));

const ask = (cwd: string, env: Record<string, string> = {}): Promise<{ readonly stdout: string }> => {
  const client = pathToFileURL(join(inject('fromSources'), 'node_modules/@g4f/client/dist/index.js'));
  const code = `import { AsyncClient } from '${client}';
    const client = new AsyncClient({ provider: 'local', env: ${JSON.stringify({ PATH: '/nowhere', HF_ENDPOINT: 'http://127.0.0.1:1', G4F_CACHE_DIR: join(evil, 'cache'), ...env })} });
    await client.chat.completions.create({ model: 'smollm2-135m', messages: 'x' }).catch(({ message }) => console.log(message));`;
  // pnpm names its own store in NODE_PATH for everything that it runs.
  return runProgram({ args: ['--input-type=module', '-e', code], cwd, env: { NODE_PATH: undefined } });
};

it.each(['.', 'a', 'a/b'])(
  'is not looked for in node_modules above the working folder (%s)',
  async (below) => {
    expect((await ask(join(evil, below))).stdout).toMatch(
      /^local: the model's runtime is missing: run "npm install/,
    );
  },
);

it('is taken from there where the user says so', async () => {
  expect((await ask(evil, { G4F_LOCAL_RUNTIME: evil })).stdout).toMatch(/weights .* could not be fetched/);
});
