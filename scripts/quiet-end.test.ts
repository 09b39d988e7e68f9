// What is piped into a reader that has seen enough ends without a stack.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { endWithoutReader } from './without-reader.ts';

const ROOT = join(import.meta.dirname, '..');

/** Writes until it cannot, from the end of its standard input on. */
const WRITES = "process.stdin.on('end', () => setInterval(() => console.log('line'), 1)).resume()";

it('a script whose reader has left ends as if by SIGPIPE, and says nothing', async () => {
  const child = spawn(process.execPath, ['--import', './scripts/quiet-end.mjs', '-e', WRITES], { cwd: ROOT });
  expect(await endWithoutReader(child)).toEqual([141, '']);
});

/** Of a script, and of what it imports beside it. */
const reaches = (folder: string, file: string): boolean => {
  const text = readFileSync(join(ROOT, folder, file), 'utf8');
  return (
    text.includes('/quiet-end.mjs') ||
    [...text.matchAll(/from '\.\/([\w-]+\.mjs)'/g)].some(([, other = '']) => reaches(folder, other))
  );
};

it('every script that a person runs ends so', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const run = Object.values<string>(scripts).flatMap((line) => [
    ...line.matchAll(/node (scripts|benchmarks)\/([\w-]+\.mjs)/g),
  ]);
  const quiet = new Set(run.map(([, folder = '', file = '']) => `${folder}/${file}`));
  // It says next to nothing, and others run it.
  for (const wrapper of ['scripts/pnpm.mjs', 'scripts/install.mjs']) quiet.delete(wrapper);
  expect(quiet.size).toBeGreaterThan(8);
  const loud = [...quiet].filter((path) => {
    const [folder = '', file = ''] = path.split('/');
    return !reaches(folder, file);
  });
  expect(loud).toEqual([]);
});
