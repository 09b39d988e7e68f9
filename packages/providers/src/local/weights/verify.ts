// Tells the right file of weights from any other: only the right bytes get the right name, and none are loaded unread.
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { deniedFlag } from '@g4f/core/internal';
import type { CheckedFile } from './model.ts';
import { openPlainFile } from './own-file.ts';

/** The SHA-256 of an open file, in lower-case hex. */
const sha256Of = async (file: FileHandle, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  const bytes = file.createReadStream({ highWaterMark: 256 * 1024, autoClose: false, start: 0 });
  await pipeline(bytes, hash, { signal });
  return hash.digest('hex');
};

/** Hashes that were computed in this process, by the file and by all that changes when its bytes do. */
const known = new Map<string, { readonly state: string; readonly sha256: string }>();

const stateOf = ({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string =>
  [dev, ino, size, mtimeMs, ctimeMs].join(' ');

/** What is under this name: its SHA-256, or undefined where it is no plain file of the right length. */
async function hashOf(path: string, expected: CheckedFile, signal: AbortSignal): Promise<string | undefined> {
  const file = await openPlainFile(path).catch((error: unknown) => {
    if (deniedFlag(error) !== undefined) throw error;
    return undefined;
  });
  if (file === undefined) return undefined;
  try {
    const info = await file.stat();
    if (info.size !== expected.bytes) return undefined;
    const state = stateOf(info);
    const found = known.get(path);
    if (found?.state === state) return found.sha256;
    const sha256 = await sha256Of(file, signal);
    known.set(path, { state, sha256 });
    return sha256;
  } finally {
    await file.close();
  }
}

/**
 * Checks a download and renames it to `target`; a wrong one is deleted and never used.
 * @throws Error saying what was expected and what came.
 */
export const adopt = async (
  download: string,
  target: string,
  expected: CheckedFile,
  signal: AbortSignal,
): Promise<void> => {
  const actual = await hashOf(download, expected, signal);
  known.delete(download);
  if (actual !== expected.sha256) {
    await rm(download, { force: true });
    throw new Error(
      `the file that came is not the one expected (SHA-256 ${actual ?? 'unknown, another length'}, not ${expected.sha256}), so it was deleted`,
    );
  }
  await rename(download, target);
};

/**
 * Whether the cached file is there, whole and right. A cache may be shared, and what its name promises need not be true:
 * it is hashed by the first request of a process, and again when it was changed.
 * @throws the signal's reason when it fires meanwhile.
 */
export const isCached = async (path: string, expected: CheckedFile, signal: AbortSignal): Promise<boolean> =>
  (await hashOf(path, expected, signal)) === expected.sha256;

/** Whether a file begins as every GGUF does. Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
export const isGguf = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === 'GGUF';
  } finally {
    await file.close();
  }
};
