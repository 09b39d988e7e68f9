// Writes a file as its bytes come. It gets its name when it is whole.
import { open, rename, rm, stat } from 'node:fs/promises';
import { modeOf, placeOf, unwritten } from './written-file.ts';

/** @throws G4FError `invalid-request` where it cannot be written, and whatever ends the bytes; then there is no file */
export const writeFile = async (path: string | URL, bytes: AsyncIterable<Uint8Array>): Promise<void> => {
  const { place, beside } = placeOf(path);
  const mode = await stat(place).then(modeOf, () => undefined);
  const file = await open(beside, 'wx', mode).catch((error: unknown) => {
    throw unwritten(place, error);
  });
  let isWhole = false;
  try {
    for await (const piece of bytes) await file.writeFile(piece).catch(toUnwritten(place));
    if (mode !== undefined) await file.chmod(mode).catch(toUnwritten(place));
    await file.close().catch(toUnwritten(place));
    await rename(beside, place).catch(toUnwritten(place));
    isWhole = true;
  } finally {
    if (!isWhole) {
      await file.close().catch(() => undefined);
      await rm(beside, { force: true }).catch(() => undefined);
    }
  }
};

const toUnwritten = (place: string) => (error: unknown) => {
  throw unwritten(place, error);
};
