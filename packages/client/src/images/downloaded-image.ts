// An image at an address that a service gave, downloaded to be saved.
import { G4FError, LIMITS } from '@g4f/core';
import { isPublicHost, urlOf } from '@g4f/core/internal';

/** How long nothing may come, in ms. */
const SILENCE_MS = 60_000;

/**
 * Its bytes.
 * @throws G4FError `invalid-request` for an address that is not opened; `network`, `timeout`, `aborted` or `bad-response`
 */
export async function downloadedImage(address: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const url = urlOf(address);
  if (url === undefined || !/^https?:$/.test(url.protocol) || !isPublicHost(url.hostname))
    throw failed('the address is not one of the public web', 'invalid-request');
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const stop = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
  try {
    return await read(url, stop, () => timer.refresh());
  } catch (error) {
    if (signal?.aborted) throw new G4FError('saveImage: aborted.', { code: 'aborted', cause: signal.reason });
    if (silence.signal.aborted) throw failed(`${url.host} fell silent`, 'timeout');
    throw error instanceof G4FError ? error : failed(`${url.host} did not give the image`, 'network', error);
  } finally {
    clearTimeout(timer);
  }
}

/** How often a host may say that the image is somewhere else. */
const MOST_REDIRECTS = 3;

/** The answer of the host that has it; nothing secret goes with the question, so another public host may be asked, over https. */
async function open(from: URL, signal: AbortSignal): Promise<Response> {
  let url = from;
  for (let redirects = 0; ; redirects += 1) {
    const response = await fetch(url, { redirect: 'manual', signal });
    const to = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || to === null) return response;
    await response.body?.cancel();
    const next = urlOf(to, url);
    if (next?.protocol !== 'https:' || !isPublicHost(next.hostname) || redirects === MOST_REDIRECTS)
      throw failed(`${url.host} redirects to what is not opened`, 'bad-response');
    url = next;
  }
}

async function read(from: URL, signal: AbortSignal, came: () => void): Promise<Uint8Array> {
  const response = await open(from, signal);
  const url = new URL(response.url || from.href);
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw failed(`${url.host} answered ${response.status}`, 'bad-response');
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body) {
    came();
    pieces.push(piece);
    length += piece.length;
    if (length > LIMITS.imageBytes)
      throw failed(`the image is larger than ${LIMITS.imageBytes / 1024 ** 2} MiB`, 'bad-response');
  }
  return Buffer.concat(pieces);
}

const failed = (
  why: string,
  code: 'invalid-request' | 'network' | 'timeout' | 'bad-response',
  cause?: unknown,
): G4FError =>
  new G4FError(`saveImage: ${why}. Ask for response_format "b64_json", or download it yourself.`, {
    code,
    cause,
  });
