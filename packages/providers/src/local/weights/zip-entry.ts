// Takes one file out of a zip archive (a wheel is one) without reading the others or holding either in memory.
// Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { createOwnFile } from './own-file.ts';

interface Entry {
  readonly name: string;
  readonly deflated: boolean;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly headerAt: number;
}

/** Which file is taken out, and where it goes. */
export interface Wanted {
  matches(name: string): boolean;
  /** How long it is, exactly. */
  readonly bytes: number;
  readonly target: string;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;
/** The end record and the longest comment that may follow it. */
const MOST_END_BYTES = 22 + 0xffff;
/** The list of files is read whole: more than tens of thousands of them is no wheel. */
const MOST_DIRECTORY_BYTES = 4 * 1024 * 1024;

/**
 * Writes the first entry whose name `matches` to `target`, which it makes anew. Enough of the format for a wheel: stored
 * or deflated entries, below 4 GiB. The archive is not trusted: its sizes are checked against the file before anything
 * is allocated for them, and no more is written than the entry must have.
 *
 * @throws Error when the archive is broken, or has no such entry, or one of another length; no target is left then.
 */
export const extractEntry = async (archive: string, wanted: Wanted, signal: AbortSignal): Promise<void> => {
  const { entry, start } = await locate(archive, wanted);
  const file = await createOwnFile(wanted.target);
  try {
    await pipeline(
      createReadStream(archive, { start, end: start + entry.compressedBytes - 1, highWaterMark: 256 * 1024 }),
      entry.deflated ? createInflateRaw({ chunkSize: 256 * 1024 }) : new PassThrough(),
      (bytes: AsyncIterable<Uint8Array>) => exactly(wanted.bytes, bytes),
      file.createWriteStream(),
      { signal },
    );
  } catch (error) {
    await rm(wanted.target, { force: true });
    throw error;
  }
};

/** What comes, if it is so many bytes; never more of it. */
async function* exactly(length: number, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sum = 0;
  for await (const piece of pieces) {
    sum += piece.length;
    if (sum > length) break;
    yield piece;
  }
  if (sum !== length) throw new Error(`the file in the archive is not the ${length} bytes that it must be`);
}

async function locate(archive: string, wanted: Wanted): Promise<{ entry: Entry; start: number }> {
  const file = await open(archive, 'r');
  try {
    const { size } = await file.stat();
    const entry = entriesOf(await readDirectory(file, size)).find(({ name }) => wanted.matches(name));
    if (entry === undefined) throw new Error('the archive does not hold the file that was looked for');
    if (entry.bytes !== wanted.bytes)
      throw new Error(`the file in the archive has ${entry.bytes} bytes, not ${wanted.bytes}`);
    const header = await readAt(file, entry.headerAt, LOCAL_HEADER_BYTES);
    const start = entry.headerAt + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
    if (entry.compressedBytes === 0 || start + entry.compressedBytes > size)
      throw new Error('the archive was cut');
    return { entry, start };
  } finally {
    await file.close();
  }
}

async function readDirectory(file: FileHandle, size: number): Promise<Buffer> {
  const tailAt = Math.max(0, size - MOST_END_BYTES);
  const tail = await readAt(file, tailAt, size - tailAt);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) {
      const [bytes, from] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
      if (from + bytes > size || bytes > MOST_DIRECTORY_BYTES)
        throw new Error('the archive names sizes that it cannot have');
      return readAt(file, from, bytes);
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
      bytes: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}
