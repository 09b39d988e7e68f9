// Images that stand in a JSON body: services that take no file take them in base64.
import { G4FError, LIMITS, type Upload } from '@g4f/core';
import { joinBytes, toBase64 } from '../../http/text/bytes.ts';

/** An upload whole. */
interface InlineImage {
  readonly type: string;
  readonly base64: string;
}

/** All of them. @throws G4FError `invalid-request` where they are together larger than such a request may be */
export async function inlineImages(
  uploads: readonly Upload[] = [],
  provider: string,
): Promise<readonly InlineImage[]> {
  const images: InlineImage[] = [];
  let length = 0;
  for (const { type = 'image/png', open } of uploads) {
    const pieces: Uint8Array[] = [];
    for await (const piece of open()) {
      length += piece.length;
      if (length > LIMITS.inlineBytes) throw tooLarge(provider);
      pieces.push(piece);
    }
    images.push({ type, base64: toBase64(joinBytes(pieces)) });
  }
  return images;
}

/** The same as data URLs. */
export const inlineURLs = async (uploads: readonly Upload[] | undefined, provider: string) =>
  (await inlineImages(uploads, provider)).map(({ type, base64 }) => `data:${type};base64,${base64}`);

const tooLarge = (provider: string): G4FError =>
  new G4FError(
    `${provider}: the images are larger than ${LIMITS.inlineBytes / 1024 / 1024} MiB, which is the most that one of its requests holds. Make them smaller, or choose another provider.`,
    { code: 'invalid-request', scope: 'provider', provider },
  );
