// The worker's file is found, or the error says what to do.
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it, vi } from 'vitest';
import { findWorkerFile } from '../../src/sync/worker-file.ts';

// The file itself, not the one that tests put in its place.
vi.unmock('../../src/sync/worker-file.ts');

const self = fileURLToPath(import.meta.url);

it('is dist/worker.js of this package', () => {
  expect(findWorkerFile()).toMatch(/client[\\/]dist[\\/]worker\.js$/);
});

it('is what workerURL names, as a path or as a file: URL', () => {
  expect(findWorkerFile(self)).toBe(self);
  expect(findWorkerFile(pathToFileURL(self))).toBe(self);
  expect(basename(findWorkerFile(pathToFileURL(self).href))).toBe('worker-file.test.ts');
});

it.each(['/nowhere/worker.js', 'file:///nowhere/worker.js'])('is refused when it is not there: %s', (url) => {
  expect(() => findWorkerFile(url)).toThrowError(/not there: .*nowhere.*workerURL/);
});

it('is refused when it is not a file', () => {
  expect(() => findWorkerFile('https://example.org/worker.js')).toThrowError(/must be a file: URL or a path/);
});
