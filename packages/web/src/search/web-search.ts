// Web search over the documented APIs of search engines.
import { type RunnableTool, tool } from '@g4f/client';
import { G4FError } from '@g4f/core';
import { urlOf } from '@g4f/core/internal';
import * as z from 'zod';
import { checkTimeout, within } from '../fetching/deadline.ts';
import { askEngine } from './ask-engine.ts';
import type { Engine, EngineName, SearchResult } from './engine.ts';
import { ENGINES } from './engines.ts';

/** Which engine is asked, and how. */
export interface WebSearchOptions {
  /** Unless given: the first of brave, tavily, exa and searxng whose variable is in the environment. */
  readonly engine?: EngineName;
  /** Its key. Unless given: `BRAVE_API_KEY`, `TAVILY_API_KEY`, `EXA_API_KEY`. */
  readonly apiKey?: string;
  /** Its address. SearXNG has none of its own: this, or `SEARXNG_URL`. */
  readonly baseURL?: string;
  /** How many results, 1 to 20; 5 unless given. */
  readonly count?: number;
  /** In ms; 15,000 unless given. */
  readonly timeout?: number;
}

/** How one search differs. */
export interface SearchOptions {
  readonly count?: number;
  readonly signal?: AbortSignal;
}

/** A search engine as a function, and as a tool. */
export interface WebSearch {
  (query: string, options?: SearchOptions): Promise<readonly SearchResult[]>;
  readonly engine: EngineName;
  /** The tool `web_search` for `runTools` of `AsyncClient`. Tools of `Client` are plain functions, and this one waits for the network. */
  tool(): RunnableTool;
}

const COUNT = 5;
const MOST_RESULTS = 20;
const TIMEOUT_MS = 15_000;

/**
 * A search engine. Nothing is asked before the first search.
 *
 * The function throws a G4FError: `invalid-request` for an empty query, `auth` for a wrong key, `rate-limit`, `payment-required`,
 * `server`, `bad-response` for an answer that is not the API's, `timeout`, `network`, `aborted`.
 *
 * @throws G4FError `auth` where the engine's key is missing, `invalid-request` for another option that is missing or wrong
 */
export const webSearch = (options: WebSearchOptions = {}): WebSearch => {
  const { apiKey, baseURL, timeout = TIMEOUT_MS, count: usual = COUNT } = options;
  const name = options.engine ?? engineInEnvironment();
  if (!Object.hasOwn(ENGINES, name))
    throw wrong(`engine: one of ${Object.keys(ENGINES).join(', ')} was expected`);
  const engine = ENGINES[name];
  const place = { key: keyOf(engine, apiKey), base: baseOf(engine, baseURL) };
  checkCount(usual);
  checkTimeout('webSearch', timeout);

  const search = async (query: string, { count = usual, signal }: SearchOptions = {}) => {
    if (typeof query !== 'string' || query.trim() === '') throw wrong('query: a text was expected');
    checkCount(count);
    return within({ who: engine.name, timeout, signal }, (until) =>
      askEngine(engine, place, { query, count, signal: until }),
    );
  };
  return Object.assign(search, { engine: name, tool: () => searchTool(search) });
};

const searchTool = (
  search: (query: string, options: SearchOptions) => Promise<readonly SearchResult[]>,
): RunnableTool =>
  tool({
    name: 'web_search',
    description: 'Searches the web. Gives the title, the address and a part of the text of each page found.',
    parameters: z.object({
      query: z.string().describe('What to search for.'),
      count: z.int().min(1).max(MOST_RESULTS).optional().describe('How many results.'),
    }),
    execute: async ({ query, count }, { signal }) => ({
      results: await search(query, { signal, ...(count !== undefined && { count }) }),
    }),
  });

function engineInEnvironment(): EngineName {
  // An empty variable is one that is not set.
  const found = Object.entries(ENGINES).find(([, { keyEnv, urlEnv }]) => process.env[keyEnv ?? urlEnv ?? '']);
  const variables = Object.values(ENGINES).map(({ keyEnv, urlEnv }) => keyEnv ?? urlEnv);
  if (found === undefined)
    throw wrong(
      `no search engine is set up: name one in engine, or set one of ${variables.join(', ')}`,
      'auth',
    );
  return found[0] as EngineName;
}

function keyOf({ name, keyEnv }: Engine, given: string | undefined): string {
  const key = (given ?? (keyEnv === undefined ? '' : process.env[keyEnv])) || '';
  if (key !== '' || keyEnv === undefined) return key;
  throw wrong(`${name} needs a key: give apiKey, or set ${keyEnv}`, 'auth');
}

function baseOf({ name, urlEnv, baseURL }: Engine, given: string | undefined): string {
  const text = given ?? (urlEnv === undefined ? undefined : process.env[urlEnv]) ?? baseURL;
  if (text === undefined) throw wrong(`${name} needs its address: give baseURL, or set ${urlEnv}`);
  if (!/^https?:$/.test(urlOf(text)?.protocol ?? ''))
    throw wrong('baseURL: an address with http: or https: was expected');
  return text.replace(/\/$/, '');
}

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > MOST_RESULTS)
    throw wrong(`count: a whole number from 1 to ${MOST_RESULTS} was expected`);
}

const wrong = (what: string, code: 'invalid-request' | 'auth' = 'invalid-request'): G4FError =>
  new G4FError(`webSearch: ${what}.`, { code });
