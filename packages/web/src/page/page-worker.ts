// The worker thread that reads one page: HTML in, its main content as markdown out. A thread of its own, because a hostile page takes
// the parser as long as it likes.
import { parentPort, workerData } from 'node:worker_threads';
import { Defuddle, type DefuddleResponse } from 'defuddle/node';
import { parseHTML } from 'linkedom';
import { cutAt } from './cut-at.ts';
import type { ParsedPage, ParseRequest } from './page.ts';

const { html, url, most }: ParseRequest = workerData;

const result = await Defuddle(toDocument(html, url), url, {
  markdown: true,
  // For some sites it would ask other services for what the page does not say.
  useAsync: false,
  fetch: () => Promise.reject(new Error('no requests are made while a page is read')),
});
parentPort?.postMessage(pageOf(result));

/** A document with what the extractor reads and linkedom does not have. */
function toDocument(text: string, address: string) {
  const { document } = parseHTML(isDocument(text) ? text : wrapped(text));
  return Object.assign(document, { URL: address, styleSheets: [] });
}

/** A function that is there before the first line of this file runs. */
function isDocument(text: string): boolean {
  return /<(?:html|body|head)[\s>]/i.test(text);
}

/** Of a piece of HTML alone linkedom makes no document. */
function wrapped(piece: string): string {
  const [title = ''] = /<title>[^<]*<\/title>/i.exec(piece) ?? [];
  return `<!doctype html><html><head>${title}</head><body>${piece.replace(title, '')}</body></html>`;
}

function pageOf({
  content,
  title,
  author,
  description,
  published,
  site,
  language,
}: DefuddleResponse): ParsedPage {
  const known = Object.entries({ author, description, published, site, language })
    .filter(([, value]) => value)
    .map(([name, value]) => [name, fact(value)]);
  return { title: fact(title), markdown: content.slice(0, most.markdown), ...Object.fromEntries(known) };
}

/** What a page says of itself: a title has no length of its own. */
function fact(text = ''): string {
  return cutAt(text, most.fact);
}
