// A page that the gateway serves beside its APIs: files that were given, with a policy of their own.
import { type Answer, textAnswer } from '../answer/answer.ts';
import type { CallerRequest } from '../answer/caller-request.ts';

/** A file of the page. */
export interface PageFile {
  /** Its content type: `text/html; charset=utf-8`. */
  readonly type: string;
  readonly body: string;
}

/** The files by their paths: `/chat`, `/chat/page.js`. */
export type ServedPage = Readonly<Record<string, PageFile>>;

/** Its own scripts, styles and requests, pictures inside of it, and nothing of anywhere else; in no frame. */
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  // Another version of the gateway may have another page.
  'cache-control': 'no-cache',
};

/** The file that is asked for; undefined where it is none of the page. */
export const pageAnswer = (
  page: ServedPage | undefined,
  path: string,
  { method }: Pick<CallerRequest, 'method'>,
): Answer | undefined => {
  if (page === undefined || (method !== 'GET' && method !== 'HEAD') || !Object.hasOwn(page, path))
    return undefined;
  const { type, body } = page[path] ?? {};
  if (type === undefined || body === undefined) return undefined;
  return textAnswer(body, type, HEADERS);
};
