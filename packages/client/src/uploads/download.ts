// A file at an address of the web, downloaded when it is sent.
import { type Abortable, type BodyStream, G4FError, LIMITS, type Upload } from '@g4f/core';
import { isPublicHost, urlOf } from '@g4f/core/internal';
import type { OpeningCall } from '../attempt/call-life.ts';
import { onAbort } from '../attempt/on-abort.ts';
import { toAbortError } from '../errors/abort-error.ts';

/**
 * The file. Its address may be an end user's: only public names are opened, no number, no name of a private network, and no
 * redirect is followed. What a public name resolves to is not looked at.
 *
 * @param field where it stands among the parameters, for errors. @param call with which the download ends.
 * @throws G4FError `invalid-request` for such an address; from the stream, `network` where it does not answer
 */
export const download = (address: string, field: string, call?: OpeningCall): Upload => {
  const url = urlOf(address);
  if (url === undefined || !isPublicHost(url.hostname))
    throw wrong(field, 'the address is not a public one', 'invalid-request');
  const name = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  return { name, open: () => read(url, field, call?.untilOver()) };
};

async function* read(
  url: URL,
  field: string,
  over: Abortable | undefined,
): BodyStream & AsyncGenerator<Uint8Array> {
  const stop = new AbortController();
  const forget = over && onAbort(over, () => stop.abort());
  if (over?.aborted) stop.abort();
  try {
    yield* bytesAt(url, field, stop.signal);
  } catch (error) {
    throw over?.aborted ? toAbortError(over) : error;
  } finally {
    forget?.();
  }
}

async function* bytesAt(url: URL, field: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const response = await fetch(url, { redirect: 'error', signal }).catch(() => {
    throw wrong(field, `${url.host} did not give the file`, 'network');
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw wrong(field, `${url.host} answered ${response.status}`, 'invalid-request');
  }
  const reader = response.body.getReader();
  let length = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      length += step.value.length;
      if (length > LIMITS.downloadedBytes)
        throw wrong(field, `it is larger than ${LIMITS.downloadedBytes / 1024 ** 2} MiB`, 'invalid-request');
      yield step.value;
    }
  } catch (error) {
    throw error instanceof G4FError ? error : wrong(field, `${url.host} broke off`, 'network');
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const wrong = (field: string, why: string, code: 'invalid-request' | 'network'): G4FError =>
  new G4FError(`${field}: ${why}. Download the file, and give its path or its bytes.`, {
    code,
    scope: 'request',
  });
