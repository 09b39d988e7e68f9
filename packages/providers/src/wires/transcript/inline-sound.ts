// Sound that stands in a JSON body: services that take no file take it in base64.
import { G4FError, LIMITS, type Upload } from '@g4f/core';
import { joinBytes } from '../../http/text/bytes.ts';

/** The file in base64. @throws G4FError `invalid-request` where it is larger than such a request may be */
export const inlineSound = async (file: Upload, provider: string): Promise<string> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of file.open()) {
    length += piece.length;
    if (length > LIMITS.inlineBytes)
      throw new G4FError(
        `${provider}: the file is larger than ${LIMITS.inlineBytes / 1024 / 1024} MiB, which is the most that one of its requests holds. Cut it, or choose another provider.`,
        { code: 'invalid-request', scope: 'provider', provider },
      );
    pieces.push(piece);
  }
  return base64Of(joinBytes(pieces));
};

/** In pieces: the arguments of a call are limited in number. */
function base64Of(bytes: Uint8Array): string {
  if (typeof Buffer === 'function')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
