// Writes a file as its bytes come. It gets its name when it is whole.
import { open, rename, rm } from 'node:fs/promises';
import { placeOf, unwritten } from './written-file.ts';

/**
 * @param method that writes, for errors.
 * @throws G4FError `invalid-request` where it cannot be written, and whatever ends the bytes; then there is no file
 */
export const writeFile = async (
  path: string | URL,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  method: string,
): Promise<void> => {
  const { place, beside, mode } = placeOf(path, method);
  const toUnwritten = (error: unknown): never => {
    throw unwritten(method, place, error);
  };
  const file = await open(beside ?? place, beside === undefined ? 'w' : 'wx', mode).catch(toUnwritten);
  let isWhole = false;
  try {
    for await (const piece of bytes) await file.writeFile(piece).catch(toUnwritten);
    // Once more, because the umask may have taken some of it.
    if (mode !== undefined) await file.chmod(mode).catch(toUnwritten);
    await file.close().catch(toUnwritten);
    if (beside !== undefined) await rename(beside, place).catch(toUnwritten);
    isWhole = true;
  } finally {
    if (!isWhole) {
      await file.close().catch(() => undefined);
      if (beside !== undefined) await rm(beside, { force: true }).catch(() => undefined);
    }
  }
};
