// One file is taken out of a zip archive; a broken archive is refused.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractEntry } from '../../src/local/zip-entry.ts';
import { modelBytes, temporaryFolder, zip } from './fake-sources.ts';

const signal = new AbortController().signal;
const archive = (bytes: Buffer): string => {
  const file = join(temporaryFolder(), 'archive.zip');
  writeFileSync(file, bytes);
  return file;
};
const whole = zip({
  'a/first.txt': Buffer.from('first'),
  'a/tiny.gguf': modelBytes,
  'b.txt': Buffer.from('b'),
});
const isGguf = (name: string): boolean => name.endsWith('.gguf');

describe('extractEntry', () => {
  it('takes out the one that matches', async () => {
    const target = join(temporaryFolder(), 'out');
    await extractEntry(archive(whole), isGguf, target, signal);
    expect(readFileSync(target).equals(modelBytes)).toBe(true);
  });

  it('finds it behind a comment at the end of the archive', async () => {
    const target = join(temporaryFolder(), 'out');
    await extractEntry(archive(Buffer.concat([whole, Buffer.alloc(300, 'c')])), isGguf, target, signal);
    expect(readFileSync(target).equals(modelBytes)).toBe(true);
  });

  it.each([
    ['has no such file', whole, () => false, /does not hold the file/],
    ['was cut', whole.subarray(0, 5000), isGguf, /is not a zip file, or was cut/],
    ['is something else', Buffer.from('<html>'), isGguf, /is not a zip file, or was cut/],
  ] as const)('refuses an archive that %s', async (_, bytes, matches, message) => {
    const target = join(temporaryFolder(), 'out');
    await expect(extractEntry(archive(bytes), matches, target, signal)).rejects.toThrow(message);
    expect(existsSync(target)).toBe(false);
  });
});
