// A site whose pages a test reads, and a page for it.
import type { RequestListener } from 'node:http';
import { type Page, type ReadPageOptions, readPage } from '../../src/index.ts';
import { type Site, startSite } from '../site.ts';

/** A site, and how its pages are read. */
export interface ReadableSite extends Site {
  read(path: string, options?: ReadPageOptions): Promise<Page>;
}

const sites: Site[] = [];

/** Starts one; `closeSites` ends it. */
export const openSite = async (answer: RequestListener): Promise<ReadableSite> => {
  const site = await startSite(answer);
  sites.push(site);
  return {
    ...site,
    read: (path, options) => readPage(site.url + path, { allowHosts: [site.host], ...options }),
  };
};

/** For `afterEach`. */
export const closeSites = async (): Promise<void> => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
};

/** A page with a menu, a link, code and a script. */
export const ARTICLE = `<!doctype html><html lang="en"><head><title>Tides</title><meta name="author" content="A. Moon"></head><body>
<nav><a href="/">Home</a></nav><main><article><h1>Tides</h1>
<p>The sea rises and falls <a href="/twice">twice a day</a>, because the moon pulls at it, and the earth turns below.</p>
<pre><code class="language-js">const high = true;</code></pre>
<script>document.title = 'changed by a script'</script></article></main></body></html>`;

/** Answers with a page. */
export const html =
  (text: string): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
  };
