// An answer whose body is an image: its bytes, if they are one.
import { type G4FError, LIMITS } from '@g4f/core';
import { imageTypeOf } from '@g4f/core/internal';
import { notTheProtocol, type RequestFacts } from '../../http/failures/failure.ts';
import { fileFailure } from '../../http/failures/file-failure.ts';
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
export const readImageBytes = (reply: EndpointReply): Promise<string> =>
  readBytes(reply, LIMITS.imageBytes, (came) =>
    notTheProtocol(reply.response, toText(came.subarray(0, SHOWN_BYTES)), reply.asked, 'an image'),
  );

async function readBytes(
  { response, asked }: EndpointReply,
  most: number,
  noImage: (came: Uint8Array) => G4FError,
): Promise<string> {
  const reader = response.body[Symbol.asyncIterator]();
  try {
    const bytes = await readWholeBytes(reader, asked, undefined, most);
    response.release();
    if (imageTypeOf(bytes) === undefined) throw noImage(bytes);
    return toBase64(bytes);
  } finally {
    reader.return?.().catch(() => undefined);
  }
}

/**
 * The image at an address that the service named, in base64; no key goes there, and a download that fails is tried again by itself.
 *
 * @param most bytes that it may have.
 * @throws G4FError `network` or `timeout`; `bad-response` with the host's name for all that its host says
 */
export const downloadImage = async (
  named: string,
  exchange: EndpointContext,
  asked: RequestFacts,
  most: number,
): Promise<string> => {
  const url = fileURL(named, asked);
  return exchange.again(async () => {
    const reply = await exchange.send({ path: '', url, isBare: true, accept: 'image/*' });
    return readBytes(reply, most, () => fileFailure(reply.asked, 'what it gives is no image'));
  });
};
