// A worker's file that cannot be loaded, or is none of ours, is told to the blocked caller at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { G4FError } from '@g4f/core';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../src/sync/connection.ts';
import { SharedThread } from '../../src/sync/shared-thread.ts';
import { WorkerThread } from '../../src/sync/worker-thread.ts';

const PATIENT = { start: 120_000, silence: 120_000 };

/** What a call fails with whose worker is this file. */
const failureWith = (file: string): G4FError => {
  const shared = new SharedThread(() => new WorkerThread(file, PATIENT));
  const request = {
    method: 'health',
    stream: false,
    observed: false,
    params: undefined,
    options: {},
  } as const;
  try {
    new Connection(() => shared, {})
      .start({ ...request, total: Number.POSITIVE_INFINITY, signal: undefined })
      .read();
  } catch (error) {
    if (error instanceof G4FError) return error;
    throw error;
  }
  throw new Error('it did not throw');
};

// A patience that no test outlives: each of these is told without waiting for it.
it.each([
  ['a syntax error', 'mjs', 'const = 1;', /cannot be loaded: .*Unexpected token/],
  ['a module that is missing', 'mjs', "import 'not-installed';", /cannot be loaded: .*not-installed/],
  ['a module that throws', 'cjs', "throw new Error('no licence');", /cannot be loaded: no licence/],
  ['what throws no error', 'mjs', 'throw null;', /cannot be loaded: null/],
  ['a program of another kind', 'mjs', 'setInterval(() => {}, 1_000);', /is not the worker of @g4f/],
  ['no JavaScript at all', 'json', '{}', /cannot be loaded/],
  ['a very long failure', 'mjs', "throw new Error('€'.repeat(100_000));", /cannot be loaded: €+\./],
])('is refused at once when its file is %s', (_what, type, text, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, `worker.${type}`);
  writeFileSync(file, text);
  const refused = { code: 'invalid-request', retryable: false, message: expect.stringMatching(message) };
  expect(failureWith(file)).toMatchObject(refused);
  expect(failureWith(file)).toMatchObject(refused);
});

it('is gone at once when its file ends it', () => {
  const ending = new URL('./fixtures/ends.mjs', import.meta.url);
  expect(failureWith(fileURLToPath(ending)).message).toContain('it ended with exit code 3');
});
