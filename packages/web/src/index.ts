// The door of @g4f/web.
export { type DownloadOptions, downloadPublic } from './fetching/download-public.ts';
export type { Page } from './page/page.ts';
export { type ReadPage, type ReadPageOptions, readPage } from './page/read-page.ts';
export type { EngineName, SearchResult } from './search/engine.ts';
export { type SearchOptions, type WebSearch, type WebSearchOptions, webSearch } from './search/web-search.ts';
