// An answer whose body is an image: its bytes, if they are one.
import { LIMITS } from '@g4f/core';
import { imageTypeOf } from '@g4f/core/internal';
import { notTheProtocol, type RequestFacts } from '../../http/failures/failure.ts';
import { readWholeBytes } from '../../http/reading/whole-body.ts';
import { toBase64, toText } from '../../http/text/bytes.ts';
import { fileURL } from '../../http/transport/named-url.ts';
import type { EndpointContext, EndpointReply } from '../endpoint.ts';

/** How much of what is no image is looked at for what the service says. */
const SHOWN_BYTES = 64 * 1024;

/**
 * The image in base64.
 * @throws G4FError `bad-response` for what is no image, or too large; what the service reports in its place
 */
export async function readImageBytes({ response, asked }: EndpointReply): Promise<string> {
  const reader = response.body[Symbol.asyncIterator]();
  try {
    const bytes = await readWholeBytes(reader, asked, undefined, LIMITS.imageBytes);
    response.release();
    if (imageTypeOf(bytes) === undefined)
      throw notTheProtocol(response, toText(bytes.subarray(0, SHOWN_BYTES)), asked, 'an image');
    return toBase64(bytes);
  } finally {
    reader.return?.().catch(() => undefined);
  }
}

/** The image at an address that the service named, in base64; no key goes there. @throws G4FError as above */
export const downloadImage = async (
  named: string,
  exchange: EndpointContext,
  asked: RequestFacts,
): Promise<string> => {
  const url = fileURL(named, asked);
  return readImageBytes(await exchange.send({ path: '', url, isBare: true, accept: 'image/*' }));
};
