// One search: the request, and its answer as results.
import { G4FError, LIMITS, TOOL_LIMITS } from '@g4f/core';
import type { Response } from 'undici';
import { readBytes } from '../fetching/read-bytes.ts';
import { networkFailure, refusalOf } from '../fetching/refusal.ts';
import type { Engine, EngineRequest, SearchResult } from './engine.ts';

/** Where an engine is, and its key. */
export interface EnginePlace {
  readonly base: string;
  readonly key: string;
}

/** What is searched for. */
export interface EngineQuery {
  readonly query: string;
  readonly count: number;
  readonly signal: AbortSignal;
}

/** The most characters of a title or an address, and of what is shown of a page: a model reads them. */
const TITLE_CHARACTERS = 1000;
const SNIPPET_CHARACTERS = 2000;

/** @throws G4FError as `webSearch` says */
export const askEngine = async (
  engine: Engine,
  { base, key }: EnginePlace,
  { query, count, signal }: EngineQuery,
): Promise<readonly SearchResult[]> => {
  try {
    const answer = await ask(engine.name, base, engine.request(query, count, key), signal);
    const results = engine.results(answer).map(toResult);
    return results.filter((result) => result !== undefined).slice(0, count);
  } catch (error) {
    throw error instanceof G4FError ? error : networkFailure(error, engine.name);
  }
};

/** Through the proxy of the environment, where there is one. */
async function ask(
  name: string,
  base: string,
  { path, headers, body }: EngineRequest,
  signal: AbortSignal,
): Promise<object> {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({ maxHeaderSize: LIMITS.headerBytes });
  try {
    const response = await fetch(base + path, {
      dispatcher,
      signal,
      // Its key is for the engine alone.
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return await readAnswer(response, name);
  } finally {
    await dispatcher.destroy();
  }
}

async function readAnswer(response: Response, name: string): Promise<object> {
  if (response.status === 403 && name === 'SearXNG')
    throw refusalOf(response, name, 'Add "json" to search.formats in the settings.yml of the instance.');
  if (response.status >= 400) throw refusalOf(response, name, 'Check the key and the options of webSearch.');
  const bytes = await readBytes(response, TOOL_LIMITS.searchBytes, name);
  const answer = response.status === 200 ? jsonIn(bytes) : undefined;
  if (answer !== undefined) return answer;
  throw new G4FError(
    `${name}: status ${response.status} and no JSON came instead of results. Check the address.`,
    {
      code: 'bad-response',
      status: response.status,
    },
  );
}

function jsonIn(bytes: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for one that has no address of a page. */
function toResult({
  title,
  url,
  snippet,
  published,
}: Readonly<Record<keyof SearchResult, unknown>>): SearchResult | undefined {
  const address = textOf(url, TITLE_CHARACTERS);
  if (!/^https?:\/\//i.test(address)) return undefined;
  return {
    title: textOf(title, TITLE_CHARACTERS),
    url: address,
    snippet: textOf(snippet, SNIPPET_CHARACTERS),
    ...(typeof published === 'string' &&
      published !== '' && { published: textOf(published, TITLE_CHARACTERS) }),
  };
}

/** Engines mark found words by tags. */
const textOf = (value: unknown, most: number): string =>
  typeof value === 'string' ? value.replace(/<\/?(?:strong|em|b|mark)>/g, '').slice(0, most) : '';
