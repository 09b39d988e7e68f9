// Takes one file out of a zip archive (a wheel is one) without reading the others or holding either in memory.
// Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

interface Entry {
  readonly name: string;
  readonly deflated: boolean;
  readonly compressedBytes: number;
  readonly headerAt: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;
/** The end record and the longest comment that may follow it. */
const MOST_END_BYTES = 22 + 0xffff;

/**
 * Writes the first entry whose name `matches` to `target`. Enough of the format for a wheel: stored or deflated
 * entries, below 4 GiB.
 * @throws Error when the archive is broken, or has no such entry.
 */
export const extractEntry = async (
  archive: string,
  matches: (name: string) => boolean,
  target: string,
  signal: AbortSignal,
): Promise<void> => {
  const { entry, start } = await locate(archive, matches);
  await pipeline(
    createReadStream(archive, { start, end: start + entry.compressedBytes - 1, highWaterMark: 256 * 1024 }),
    entry.deflated ? createInflateRaw({ chunkSize: 256 * 1024 }) : new PassThrough(),
    createWriteStream(target),
    { signal },
  );
};

async function locate(
  archive: string,
  matches: (name: string) => boolean,
): Promise<{ entry: Entry; start: number }> {
  const file = await open(archive, 'r');
  try {
    const directory = await readDirectory(file);
    const entry = entriesOf(directory).find(({ name }) => matches(name));
    if (entry === undefined) throw new Error('the archive does not hold the file that was looked for');
    const header = await readAt(file, entry.headerAt, LOCAL_HEADER_BYTES);
    const start = entry.headerAt + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
    return { entry, start };
  } finally {
    await file.close();
  }
}

async function readDirectory(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const tailAt = Math.max(0, size - MOST_END_BYTES);
  const tail = await readAt(file, tailAt, size - tailAt);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) {
      return readAt(file, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
    }
  }
  throw new Error('the archive is not a zip file, or was cut');
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('the archive was cut');
  return buffer;
}

function entriesOf(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY_SIGNATURE; ) {
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      deflated: directory.readUInt16LE(at + 10) === 8,
      compressedBytes: directory.readUInt32LE(at + 20),
      headerAt: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}
