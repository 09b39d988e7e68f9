// A program that Node's permission model holds: what is refused is named with its flag, and asked for once.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { runCode } from './sync/program.ts';

const MODEL = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

let outside = '';
let project = '';
beforeAll(() => {
  project = realpathSync(inject('fromSources'));
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'g4f-permission-')));
  const runtime = join(outside, 'node_modules/node-llama-cpp');
  mkdirSync(runtime, { recursive: true });
  writeFileSync(
    join(runtime, 'package.json'),
    JSON.stringify({ name: 'node-llama-cpp', exports: './main.js' }),
  );
  writeFileSync(join(runtime, 'main.js'), '');
  writeFileSync(join(outside, 'model.gguf'), 'GGUF');
  writeFileSync(join(outside, 'g4f.json'), '{}');
});
afterAll(() => rmSync(outside, { recursive: true }));

/** What a call of the client fails with, in a program with these flags. */
const failureWith = async (flags: readonly string[], env: object, face = 'AsyncClient'): Promise<string> => {
  const code = `import { ${face} } from '@g4f/client';
    try {
      const client = new ${face}({ env: ${JSON.stringify(env)}, provider: 'local' });
      await client.chat.completions.create({ model: 'smollm2-135m', messages: 'x' });
      console.log('it answered');
    } catch ({ code, retryable, message }) { console.log(code, retryable, message); }`;
  return (await runCode(code, [], [MODEL, ...flags])).stdout;
};
/** Node before 22 reads the symlinks of the project whole. */
const everything = '--allow-fs-read=*';

it.each(['AsyncClient', 'Client'])('%s: a configuration that may not be read', async (face) => {
  const said = await failureWith(
    [`--allow-fs-read=${project}/*`, `--allow-fs-read=${process.cwd()}/*`, '--allow-worker'],
    { G4F_CONFIG: join(outside, 'g4f.json') },
    face,
  );
  expect(said).toMatch(/^invalid-request false the file in G4F_CONFIG cannot be read .*--allow-fs-read/);
});

// A worker thread is not held by the model everywhere, so that `Client` may start the process.
it('a process that may not be started', async () => {
  const said = await failureWith([everything], {
    G4F_LOCAL_RUNTIME: outside,
    G4F_LOCAL_MODEL: join(outside, 'model.gguf'),
  });
  expect(said).toMatch(
    /^invalid-request false local: .*forbids the model's process\. Start .*--allow-child-process/,
  );
});

/** What a piece of a program fails with that may use the project alone, and what is named besides. */
const refusalOf = async (code: string, flags: readonly string[] = []): Promise<string> => {
  const reads = [project, process.cwd()].map((folder) => `--allow-fs-read=${folder}/*`);
  const program = `import { AsyncClient } from '@g4f/client';
    import { withRecording, withReplay } from '@g4f/client/middleware';
    import { fileStore, sqliteStore } from '@g4f/client/stores';
    const client = (options) => new AsyncClient({ env: {}, provider: 'openai', apiKey: 'k', maxRetries: 0, ...options });
    const asked = { model: 'gpt-4o', messages: 'x' };
    const outside = ${JSON.stringify(outside)};
    try { ${code}; console.log('it answered'); }
    catch ({ code, message }) { console.log(code, message); }`;
  return (await runCode(program, [], [MODEL, ...reads, ...flags])).stdout.trim();
};
const start = (flag: string): string =>
  `the runtime's permission model forbids it. Start the program with --allow-fs-${flag} as well.`;

it.each([
  [
    'a file that is sent',
    `await client().audio.transcriptions.create({ model: 'whisper-1', file: outside + '/g4f.json' })`,
    () => start(`read=${outside}/g4f.json`),
  ],
  [
    'a conversation that is read',
    `fileStore(outside + '/kept').read('a')`,
    () => start(`read=${outside}/kept/*`),
  ],
  ['the conversations', `fileStore(outside + '/kept').list()`, () => start(`read=${outside}/kept/*`)],
  [
    'a conversation that is kept',
    `fileStore(outside + '/kept').append('a', [{ kind: 'head', id: null }])`,
    () => start(`write=${outside}/kept/*`),
  ],
  ['a database', `sqliteStore(outside + '/kept.db')`, () => start(`read=${outside}/*`)],
  [
    'a tape that is written',
    `await client({ use: [withRecording(outside + '/calls.tape')] }).chat.completions.create(asked)`,
    () => start(`read=${outside}/calls.tape`),
  ],
  [
    'a tape that is read',
    `await client({ use: [withReplay(outside + '/calls.tape')] }).chat.completions.create(asked)`,
    () => start(`read=${outside}/calls.tape`),
  ],
  [
    'a module',
    `await client({ provider: new URL('file://' + outside + '/node_modules/node-llama-cpp/main.js') }).chat.completions.create(asked)`,
    () => start(`read=${outside}/node_modules/node-llama-cpp/main.js`),
  ],
])('%s, which may not be', async (_, code, words) => {
  const said = await refusalOf(code);
  expect(said).toMatch(/^invalid-request /);
  expect(said).toContain(words());
  expect(said).not.toContain('ERR_ACCESS_DENIED');
});

it('what is named is enough to keep conversations', async () => {
  const folder = join(outside, 'kept');
  const flags = [`--allow-fs-read=${folder}/*`, `--allow-fs-write=${folder}/*`];
  const code = `fileStore(outside + '/kept').append('a', [{ kind: 'head', id: null }])`;
  expect(await refusalOf(code, flags)).toBe('it answered');
});

it('a cache folder that may not be written to', async () => {
  const env = {
    G4F_LOCAL_RUNTIME: outside,
    G4F_CACHE_DIR: join(outside, 'cache'),
    HF_ENDPOINT: 'http://127.0.0.1:1',
  };
  expect(await failureWith([everything], env)).toMatch(
    /^invalid-request false local: this program may not use .*cache.*--allow-fs-write/,
  );
});

it('a model of one’s own that may not be read', async () => {
  const env = { G4F_LOCAL_RUNTIME: outside, G4F_LOCAL_MODEL: '/opt/other/model.gguf' };
  const reads = [project, process.cwd(), join(outside, 'node_modules')].map(
    (folder) => `--allow-fs-read=${folder}/*`,
  );
  expect(await failureWith(reads, env)).toMatch(/^invalid-request false local: .*--allow-fs-read/);
});
