// What each search engine is asked, and what it answers.
import type { Engine, EngineName } from './engine.ts';

/** The characters of a page that Exa is asked for. */
const EXA_CHARACTERS = 1000;

/** In the order in which they are looked for, where no engine is named. */
export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  // Source: https://api-dashboard.search.brave.com/app/documentation/web-search/get-started
  brave: {
    name: 'Brave Search',
    keyEnv: 'BRAVE_API_KEY',
    baseURL: 'https://api.search.brave.com/res/v1',
    request: (query, count, key) => ({
      path: `/web/search?${new URLSearchParams({ q: query, count: String(count) })}`,
      headers: { 'x-subscription-token': key },
    }),
    results: (answer) =>
      listOf(Object(Object(answer).web).results).map(({ title, url, description, page_age }) => ({
        title,
        url,
        snippet: description,
        published: page_age,
      })),
  },
  // Source: https://docs.tavily.com/documentation/api-reference/endpoint/search
  tavily: {
    name: 'Tavily',
    keyEnv: 'TAVILY_API_KEY',
    baseURL: 'https://api.tavily.com',
    request: (query, count, key) => ({
      path: '/search',
      headers: { authorization: `Bearer ${key}` },
      body: { query, max_results: count },
    }),
    results: (answer) =>
      listOf(Object(answer).results).map(({ title, url, content, published_date }) => ({
        title,
        url,
        snippet: content,
        published: published_date,
      })),
  },
  // Source: https://docs.exa.ai/reference/search
  exa: {
    name: 'Exa',
    keyEnv: 'EXA_API_KEY',
    baseURL: 'https://api.exa.ai',
    request: (query, count, key) => ({
      path: '/search',
      headers: { 'x-api-key': key },
      body: { query, numResults: count, contents: { text: { maxCharacters: EXA_CHARACTERS } } },
    }),
    results: (answer) =>
      listOf(Object(answer).results).map(({ title, url, text, publishedDate }) => ({
        title,
        url,
        snippet: text,
        published: publishedDate,
      })),
  },
  // Source: https://docs.searxng.org/dev/search_api.html
  searxng: {
    name: 'SearXNG',
    urlEnv: 'SEARXNG_URL',
    request: (query) => ({
      path: `/search?${new URLSearchParams({ q: query, format: 'json' })}`,
      headers: {},
    }),
    results: (answer) =>
      listOf(Object(answer).results).map(({ title, url, content, publishedDate }) => ({
        title,
        url,
        snippet: content,
        published: publishedDate,
      })),
  },
};

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map((one: unknown) => Object(one)) : [];
