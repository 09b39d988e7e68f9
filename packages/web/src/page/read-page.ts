// Reads a page of the public web as markdown.
import { type RunnableTool, tool } from '@g4f/client';
import { G4FError, TOOL_LIMITS } from '@g4f/core';
import * as z from 'zod';
import { checkTimeout, within } from '../fetching/deadline.ts';
import { type Opened, openPublic } from '../fetching/open-public.ts';
import { readBytes } from '../fetching/read-bytes.ts';
import { networkFailure, refusalOf } from '../fetching/refusal.ts';
import { cutAt } from './cut-at.ts';
import type { Page, ParsedPage } from './page.ts';
import { pageText } from './page-text.ts';
import { parseInWorker } from './parse-in-worker.ts';

/** How a page is read. */
export interface ReadPageOptions {
  /** In ms, from the first connection to the markdown; 30,000 unless given. */
  readonly timeout?: number;
  /** The most bytes of a page, content encoding undone; `TOOL_LIMITS.pageBytes` unless given. A larger one is an error. */
  readonly maxBytes?: number;
  /** The most characters of `markdown`; the rest is left out and `isCut` says so. `TOOL_LIMITS.pageBytes` unless given; 40,000 for the tool. */
  readonly maxCharacters?: number;
  /**
   * Hosts that are opened although their address is not public, such as `wiki.intranet` or `127.0.0.1:8080`, with the port where the
   * address has one. Never take these from a user or a model.
   */
  readonly allowHosts?: readonly string[];
  readonly signal?: AbortSignal;
}

/** `readPage`, and the same as a tool. */
export interface ReadPage {
  (url: string | URL, options?: ReadPageOptions): Promise<Page>;
  /** The tool `read_page` for `runTools` of `AsyncClient`. Tools of `Client` are plain functions, and this one waits for the network. */
  tool(options?: Omit<ReadPageOptions, 'signal'>): RunnableTool;
}

const TIMEOUT_MS = 30_000;
const TOOL_CHARACTERS = 40_000;
const HEADERS = {
  accept: 'text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, application/json;q=0.8',
  'user-agent': 'g4f (reads a page for its user)',
};

async function read(url: string | URL, options: ReadPageOptions = {}): Promise<Page> {
  const { timeout, maxBytes, maxCharacters, allowHosts, signal } = settled(options);
  return within({ who: 'readPage', timeout, signal }, async (until) => {
    const opened = await openPublic(url, { who: 'readPage', signal: until, allowHosts, headers: HEADERS });
    try {
      const page = await pageOf(opened, { maxBytes, maxCharacters }, until);
      const isCut = page.markdown.length > maxCharacters;
      return isCut ? { ...page, markdown: cutAt(page.markdown, maxCharacters), isCut } : page;
    } finally {
      await opened.close();
    }
  });
}

/**
 * Reads a page as markdown: its main content, without menus and advertisements. Only public addresses are opened: each redirect and
 * each address that a name resolves to is checked, and the connection is made to the address that was checked. No script runs,
 * nothing else of the page is loaded, no cookie is kept.
 *
 * @throws G4FError `invalid-request` for an address that is no page's or not public, or a file that is no text; `bad-response` for
 * a page that is too large, redirects for ever, was refused, or cannot be read; `timeout`, `network`, `server`, `rate-limit`, `aborted`
 */
export const readPage: ReadPage = Object.assign(read, {
  tool: (options: Omit<ReadPageOptions, 'signal'> = {}): RunnableTool => {
    settled(options);
    return tool({
      name: 'read_page',
      description: 'Reads a page of the public web. Gives its main content as markdown.',
      parameters: z.object({ url: z.string().describe('The address, with https:// or http://.') }),
      execute: ({ url }, { signal }) => read(url, { maxCharacters: TOOL_CHARACTERS, ...options, signal }),
    });
  },
});

async function pageOf(
  { url, response }: Opened,
  { maxBytes, maxCharacters }: { readonly maxBytes: number; readonly maxCharacters: number },
  signal: AbortSignal,
): Promise<Page> {
  const who = `readPage: ${url.host}`;
  if (response.status >= 400) throw refusalOf(response, who, 'Read another page.');
  const contentType = (response.headers.get('content-type') ?? '').toLowerCase();
  const kind = kindOf(contentType);
  if (kind === undefined)
    throw new G4FError(`${who}: ${mediaType(contentType)} is not text that can be read as a page.`, {
      code: 'invalid-request',
    });
  const bytes = await readBytes(response, maxBytes, who).catch((error: unknown) => {
    throw error instanceof G4FError ? error : networkFailure(error, who);
  });
  const text = pageText(bytes, contentType);
  const isHTML = kind === 'html' || (kind === 'unknown' && /^\s*</.test(text));
  // One more tells that there are more.
  const most = { markdown: maxCharacters + 1, fact: TOOL_LIMITS.pageFactCharacters };
  const page: ParsedPage = isHTML
    ? await parseInWorker({ html: text, url: url.href, most }, signal)
    : { title: '', markdown: text };
  return { url: url.href, contentType: mediaType(contentType), ...page, isCut: false };
}

const mediaType = (contentType: string): string => contentType.split(';', 1)[0]?.trim() ?? '';

/** How it is read. Undefined for what is no text. */
function kindOf(contentType: string): 'html' | 'text' | 'unknown' | undefined {
  const type = mediaType(contentType);
  if (type === '') return 'unknown';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  return /^text\/|^application\/(?:[\w.-]+\+)?(?:json|xml|yaml|javascript)$/.test(type) ? 'text' : undefined;
}

/** @throws G4FError `invalid-request` for an option that is not what it must be */
function settled({
  timeout = TIMEOUT_MS,
  maxBytes = TOOL_LIMITS.pageBytes,
  maxCharacters = TOOL_LIMITS.pageBytes,
  allowHosts = [],
  signal,
}: ReadPageOptions) {
  checkTimeout('readPage', timeout);
  for (const [name, value] of Object.entries({ maxBytes, maxCharacters }))
    if (!Number.isSafeInteger(value) || value <= 0)
      throw new G4FError(`readPage: ${name}: a whole number above 0 was expected.`, {
        code: 'invalid-request',
      });
  if (!Array.isArray(allowHosts) || !allowHosts.every((host) => typeof host === 'string'))
    throw new G4FError('readPage: allowHosts: a list of hosts was expected.', { code: 'invalid-request' });
  return { timeout, maxBytes, maxCharacters, allowHosts, signal };
}
