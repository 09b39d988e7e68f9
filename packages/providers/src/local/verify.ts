// Turns a finished download into the cached file: only the right bytes get the right name.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Weights } from './model.ts';

/** The SHA-256 of a file, in lower-case hex. */
const sha256Of = async (file: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), hash, { signal });
  return hash.digest('hex');
};

/**
 * Checks a download and renames it to `target`; a wrong one is deleted and never used.
 * @throws Error saying what was expected and what came.
 */
export const adopt = async (
  download: string,
  target: string,
  weights: Weights,
  signal: AbortSignal,
): Promise<void> => {
  const actual = await sha256Of(download, signal);
  if (actual !== weights.sha256) {
    await rm(download, { force: true });
    throw new Error(
      `the file that came is not the one expected (SHA-256 ${actual}, not ${weights.sha256}), so it was deleted`,
    );
  }
  await rename(download, target);
};

/** Whether the cached file is there and whole. Its hash was checked before it got this name. */
export const isCached = async (target: string, weights: Weights): Promise<boolean> => {
  const info = await stat(target).catch(() => undefined);
  return info?.isFile() === true && info.size === weights.bytes;
};

/** Whether a file begins as every GGUF does. Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
export const isGguf = async (file: string): Promise<boolean> => {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === 'GGUF';
  } finally {
    await handle.close();
  }
};
