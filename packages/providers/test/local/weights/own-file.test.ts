// What may be gone on with in a folder that others can write to.
import { linkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOwnFile } from '../../../src/local/weights/own-file.ts';
import { temporaryFolder } from '../fake-sources.ts';

it('is a plain file with one name, of this user', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const info = statSync(file);
  expect(isOwnFile(info)).toBe(true);
  expect(isOwnFile(info, info.uid)).toBe(true);
  expect(isOwnFile(info, info.uid + 1)).toBe(false);
  expect(isOwnFile(statSync(folder))).toBe(false);
  linkSync(file, join(folder, 'second'));
  expect(isOwnFile(statSync(file))).toBe(false);
});
