// A file that a service made and that lies elsewhere: asked for without a key, and followed to where it is.
import type { Context } from '@g4f/core';
import { urlOf } from '@g4f/core/internal';
import type { RequestFacts } from '../http/failures/failure.ts';
import { fileFailure } from '../http/failures/file-failure.ts';
import { fileURL } from '../http/transport/named-url.ts';
import type { EndpointReply } from '../wires/endpoint.ts';
import { toGet } from './prepare-request.ts';

/** How often a host may say that the file is somewhere else. */
const MOST_REDIRECTS = 3;

/**
 * The file. Neither the key nor the caller's headers go with the request, so a redirect to another public host is followed.
 *
 * @throws G4FError `bad-response` where its host refuses it, or names an address that is not opened.
 */
export async function sendBare(file: RequestFacts, accept: string, context: Context): Promise<EndpointReply> {
  const lent = { ...context, headers: undefined };
  let asked = file;
  for (let redirects = 0; ; redirects += 1) {
    const response = await context.send(toGet({ asked, headers: {} }, accept, lent));
    const { status, headers } = response;
    if (status < 300) return { response, asked };
    response.release();
    const to = headers.location;
    if (status >= 400 || to === undefined) throw fileFailure(asked, `it answered ${status}`);
    if (redirects === MOST_REDIRECTS) throw fileFailure(asked, 'it redirects too often');
    asked = { ...asked, url: fileURL(urlOf(to, asked.url)?.href ?? '', asked) };
  }
}
