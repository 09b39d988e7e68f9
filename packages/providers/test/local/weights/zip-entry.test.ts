// One file is taken out of a zip archive; a broken archive is refused.
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { extractEntry } from '../../../src/local/weights/zip-entry.ts';
import { modelBytes, temporaryFolder, zip } from '../fake-sources.ts';

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
const wanted = { matches: isGguf, bytes: modelBytes.length };
/** The archive with a 32-bit number changed, so many bytes after the last of its signatures. */
const forged = (signature: string, after: number, value: number, from = whole): Buffer => {
  const bytes = Buffer.from(from);
  bytes.writeUInt32LE(value, bytes.lastIndexOf(Buffer.from(signature, 'latin1')) + after);
  return bytes;
};
const [END, ENTRY] = ['PK\x05\x06', 'PK\x01\x02'];
const alone = zip({ 'a/tiny.gguf': modelBytes });
const bomb = zip({ 'a/tiny.gguf': Buffer.alloc(50_000_000) });

describe('extractEntry', () => {
  it('takes out the one that matches', async () => {
    const target = join(temporaryFolder(), 'out');
    await extractEntry(archive(whole), { ...wanted, target }, signal);
    expect(readFileSync(target).equals(modelBytes)).toBe(true);
  });

  it('finds it behind a comment at the end of the archive', async () => {
    const target = join(temporaryFolder(), 'out');
    await extractEntry(
      archive(Buffer.concat([whole, Buffer.alloc(300, 'c')])),
      { ...wanted, target },
      signal,
    );
    expect(readFileSync(target).equals(modelBytes)).toBe(true);
  });

  it.each([
    ['has no such file', whole, () => false, /does not hold the file/],
    ['was cut', whole.subarray(0, 5000), isGguf, /is not a zip file, or was cut/],
    ['has a directory of 4 GiB', forged(END, 12, 0xffffffff), isGguf, /sizes that it cannot have/],
    ['has its directory behind its end', forged(END, 16, 0xffffffff), isGguf, /sizes that it cannot have/],
    ['has an entry of 4 GiB', forged(ENTRY, 24, 0xffffffff, alone), isGguf, /has 4294967295 bytes, not/],
    ['has a packed entry of 4 GiB', forged(ENTRY, 20, 0xffffffff, alone), isGguf, /was cut/],
    ['has an entry behind its end', forged(ENTRY, 42, 0xfffffff0, alone), isGguf, /was cut/],
    ['says that its entry is longer', bomb, isGguf, /has 50000000 bytes, not 204804/],
    [
      'has more in it than it says',
      forged(ENTRY, 24, modelBytes.length, bomb),
      isGguf,
      /not the 204804 bytes/,
    ],
    ['is something else', Buffer.from('<html>'), isGguf, /is not a zip file, or was cut/],
  ] as const)('refuses an archive that %s', async (_, bytes, matches, message) => {
    const target = join(temporaryFolder(), 'out');
    await expect(extractEntry(archive(bytes), { ...wanted, matches, target }, signal)).rejects.toThrow(
      message,
    );
    expect(existsSync(target)).toBe(false);
  });

  it('unpacks no more of a bomb than the file must have', async () => {
    const bytes = 1_000_000;
    const file = archive(forged(ENTRY, 24, bytes, bomb));
    const target = join(temporaryFolder(), 'out');
    const handle = await open(file);
    onTestFinished(() => handle.close());
    const write = vi.spyOn(Object.getPrototypeOf(handle), 'write');
    onTestFinished(() => write.mockRestore());
    await expect(extractEntry(file, { ...wanted, bytes, target }, signal)).rejects.toThrow(/1000000 bytes/);
    const lengths = write.mock.calls.map(([piece]) => (piece instanceof Uint8Array ? piece.length : 0));
    const written = lengths.reduce((sum, length) => sum + length, 0);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThanOrEqual(bytes);
    expect(existsSync(target)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'writes through no link that has the name of its target',
    async () => {
      const folder = temporaryFolder();
      const [target, precious] = [join(folder, 'out'), join(folder, 'precious')];
      writeFileSync(precious, 'precious');
      symlinkSync(precious, target);
      await extractEntry(archive(whole), { ...wanted, target }, signal);
      expect(readFileSync(precious, 'utf8')).toBe('precious');
      expect(lstatSync(target).isFile()).toBe(true);
    },
  );
});
