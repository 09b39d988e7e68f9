// The body of an answer, up to a limit.
import { G4FError } from '@g4f/core';
import type { Response } from 'undici';

/** All bytes. @throws G4FError `bad-response` for more than `most` bytes, content encoding undone; the rest is not read. */
export const readBytes = async (
  { body, headers }: Response,
  most: number,
  who: string,
): Promise<Uint8Array> => {
  const tooLarge = (): G4FError =>
    new G4FError(`${who}: the answer is larger than ${most} bytes, and is not read.`, {
      code: 'bad-response',
      scope: 'request',
    });
  if (Number(headers.get('content-length')) > most) {
    await body?.cancel();
    throw tooLarge();
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    // Leaving the loop cancels the body.
    if (length > most) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
};
