// A public server: the reference server for files.
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AsyncClient } from '@g4f/client';
import { expect, it } from 'vitest';
import { mcpTools } from '../../src/index.ts';
import { startScriptedModel } from './scripted-model.ts';

const PROGRAM = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json')),
  'dist/index.js',
);

it('is used by runTools: files are read, what writes over them is asked about, and no other folder is reached', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'g4f-files-')));
  await writeFile(join(folder, 'tides.txt'), 'Twice a day.');
  const model = await startScriptedModel([
    ['files__read_text_file', { path: join(folder, 'tides.txt') }],
    ['files__read_text_file', { path: '/etc/hosts' }],
    ['files__write_file', { path: join(folder, 'tides.txt'), content: 'gone' }],
  ]);
  const asked: string[] = [];
  await using files = await mcpTools({
    name: 'files',
    command: process.execPath,
    args: [PROGRAM, folder],
    approve: ({ name }) => {
      asked.push(name);
      return false;
    },
  });
  const client = new AsyncClient({ provider: 'openai', apiKey: 'sk-test', baseURL: model.baseURL });
  const run = await client.chat.completions.runTools({
    model: 'gpt-4o',
    messages: 'Read.',
    tools: files.tools,
  });
  const contents = run.steps[0]?.results.map(({ content }) => content);
  expect(contents?.[0]).toContain('Twice a day.');
  expect(contents?.[1]).toMatch(/Access denied/);
  expect(contents?.[2]).toMatch(/did not allow/);
  expect(asked).toEqual(['write_file']);
  expect(await readFile(join(folder, 'tides.txt'), 'utf8')).toBe('Twice a day.');
  expect(run.message.content).toBe('done');
  await model.close();
  await rm(folder, { recursive: true });
});
