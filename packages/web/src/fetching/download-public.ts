// A file at an address that somebody else chose.
import { isG4FError, LIMITS } from '@g4f/core';
import { checkTimeout, within } from './deadline.ts';
import { openPublic } from './open-public.ts';
import { readBytes } from './read-bytes.ts';
import { networkFailure, refusalOf } from './refusal.ts';

/** How it is downloaded. */
export interface DownloadOptions {
  /** In ms, from the first connection to the last byte; 120,000 unless given. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 120_000;
const WHO = 'downloadPublic';

/**
 * The bytes of a file of the public web, at most `LIMITS.downloadedBytes`. Addresses and redirects are checked as those of `readPage`.
 *
 * @throws G4FError `invalid-request` for an address that is not public, or a timeout that is wrong; `bad-response` for a file that is
 * too large, redirects for ever, or was refused; `timeout`, `network`, `server`, `rate-limit`, `aborted`
 */
export const downloadPublic = async (
  url: string | URL,
  { timeout = TIMEOUT_MS, signal }: DownloadOptions = {},
): Promise<Uint8Array> => {
  checkTimeout(WHO, timeout);
  return within({ who: WHO, timeout, signal }, async (until) => {
    const opened = await openPublic(url, { who: WHO, signal: until, allowHosts: [], headers: {} });
    const { response, url: found } = opened;
    const who = `${WHO}: ${found.host}`;
    try {
      if (!response.ok) throw refusalOf(response, who, 'Check the address.');
      return await readBytes(response, LIMITS.downloadedBytes, who);
    } catch (error) {
      throw isG4FError(error) ? error : networkFailure(error, who);
    } finally {
      await opened.close();
    }
  });
};
