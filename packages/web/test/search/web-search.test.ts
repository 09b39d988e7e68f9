// Each engine is asked as its page says, and its answer becomes results.
import type { IncomingMessage, RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EngineName, webSearch } from '../../src/index.ts';
import { type Site, startSite } from '../site.ts';

const sites: Site[] = [];
beforeEach(() => {
  for (const name of ['BRAVE_API_KEY', 'TAVILY_API_KEY', 'EXA_API_KEY', 'SEARXNG_URL'])
    vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(sites.splice(0).map((site) => site.close()));
});

/** What an engine was sent. */
interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** An engine on this machine that answers always the same. */
const engineAt = async (answer: unknown, status = 200, headers: Record<string, string> = {}) => {
  const asked: Asked[] = [];
  const listener: RequestListener = async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    asked.push({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    });
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
  const site = await startSite(listener);
  sites.push(site);
  return { baseURL: `${site.url}/base`, asked };
};

const FOUND = {
  title: 'Tides',
  url: 'https://tides.example/',
  snippet: 'Twice a day',
  published: '2026-01-02',
};

describe('an engine', () => {
  it.each<[EngineName, object, object]>([
    [
      'brave',
      {
        web: {
          results: [
            {
              title: 'Tides',
              url: FOUND.url,
              description: '<strong>Twice</strong> a day',
              page_age: '2026-01-02',
            },
          ],
        },
      },
      {
        method: 'GET',
        url: '/base/web/search?q=high+%26+low&count=3',
        headers: { 'x-subscription-token': 'k-1' },
      },
    ],
    [
      'tavily',
      {
        query: 'x',
        results: [
          {
            title: 'Tides',
            url: FOUND.url,
            content: 'Twice a day',
            score: 0.9,
            published_date: '2026-01-02',
          },
        ],
      },
      {
        method: 'POST',
        url: '/base/search',
        headers: { authorization: 'Bearer k-1' },
        body: { query: 'high & low', max_results: 3 },
      },
    ],
    [
      'exa',
      {
        requestId: 'x',
        results: [
          { id: 'y', title: 'Tides', url: FOUND.url, text: 'Twice a day', publishedDate: '2026-01-02' },
        ],
      },
      {
        method: 'POST',
        url: '/base/search',
        headers: { 'x-api-key': 'k-1' },
        body: { query: 'high & low', numResults: 3, contents: { text: { maxCharacters: 1000 } } },
      },
    ],
    [
      'searxng',
      {
        query: 'x',
        results: [{ title: 'Tides', url: FOUND.url, content: 'Twice a day', publishedDate: '2026-01-02' }],
      },
      { method: 'GET', url: '/base/search?q=high+%26+low&format=json' },
    ],
  ])('%s is asked by its API', async (engine, answer, request) => {
    const { baseURL, asked } = await engineAt(answer);
    const search = webSearch({ engine, apiKey: 'k-1', baseURL, count: 3 });
    expect(await search('high & low')).toEqual([FOUND]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject(request);
  });

  it('that answers oddly costs no result that is whole, and never more than were asked for', async () => {
    const results = [
      null,
      'text',
      { title: 'No address' },
      { title: 'Script', url: 'javascript:alert(1)' },
      { url: 'https://a.example/', title: 7, content: null },
      ...Array.from({ length: 30 }, (_, at) => ({
        url: `https://${at}.example/`,
        title: 'x'.repeat(5000),
        content: 'y'.repeat(5000),
      })),
    ];
    const { baseURL } = await engineAt({ results });
    const found = await webSearch({ engine: 'searxng', baseURL })('x', { count: 2 });
    expect(found).toHaveLength(2);
    expect(found[0]).toEqual({ title: '', url: 'https://a.example/', snippet: '' });
    expect(found[1]).toMatchObject({ title: 'x'.repeat(1000), snippet: 'y'.repeat(2000) });
  });

  it.each([[{}], [{ results: null }], [{ web: [] }], [[]]])(
    'that finds nothing (%j) gives no results',
    async (answer) => {
      const { baseURL } = await engineAt(answer);
      expect(await webSearch({ engine: 'brave', apiKey: 'k', baseURL })('x')).toEqual([]);
    },
  );
});

describe('a failure', () => {
  it.each([
    [401, 'auth'],
    [402, 'payment-required'],
    [422, 'bad-response'],
    [429, 'rate-limit'],
    [500, 'server'],
  ])('by status %i is %s, without the key', async (status, code) => {
    const { baseURL } = await engineAt({ error: 'the key k-secret-1 is wrong' }, status, {
      'retry-after': '3',
    });
    const failed = await webSearch({ engine: 'tavily', apiKey: 'k-secret-1', baseURL })('x').catch(
      (error) => error,
    );
    expect(failed).toMatchObject({ code, status, message: /^Tavily answered/ });
    expect(JSON.stringify(failed) + failed.stack).not.toContain('k-secret-1');
  });

  it('of a SearXNG without JSON says what to add', async () => {
    const { baseURL } = await engineAt('Forbidden', 403);
    await expect(webSearch({ engine: 'searxng', baseURL })('x')).rejects.toMatchObject({
      message: /Add "json" to search\.formats/,
    });
  });

  it.each([
    ['a page', '<html>', 200],
    ['a redirect', '', 302],
    ['a bare number', '7', 200],
  ])('by %s instead of results is told', async (_, body, status) => {
    const { baseURL } = await engineAt(body, status, { location: 'https://elsewhere.example/' });
    await expect(webSearch({ engine: 'exa', apiKey: 'k', baseURL })('x')).rejects.toMatchObject({
      code: 'bad-response',
    });
  });

  it('by an answer without end is bounded', async () => {
    const { baseURL } = await engineAt(`"${'x'.repeat(5_000_000)}"`);
    await expect(webSearch({ engine: 'exa', apiKey: 'k', baseURL })('x')).rejects.toMatchObject({
      message: /Exa: the answer is larger/,
    });
  });

  it('by silence ends at the deadline, and with the signal', async () => {
    const site = await startSite(() => undefined);
    sites.push(site);
    const search = webSearch({ engine: 'searxng', baseURL: site.url, timeout: 20 });
    await expect(search('x')).rejects.toMatchObject({ code: 'timeout' });
    await expect(search('x', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('of the network names its reason', async () => {
    const site = await startSite(() => undefined);
    await site.close();
    await expect(webSearch({ engine: 'searxng', baseURL: site.url })('x')).rejects.toMatchObject({
      code: 'network',
      message: /ECONNREFUSED/,
    });
  });
});

describe('options', () => {
  it('come from the environment', async () => {
    vi.stubEnv('EXA_API_KEY', 'k-env');
    expect(webSearch().engine).toBe('exa');
    vi.stubEnv('BRAVE_API_KEY', '');
    expect(webSearch().engine).toBe('exa');
    vi.stubEnv('BRAVE_API_KEY', 'k-env');
    expect(webSearch().engine).toBe('brave');
    const { baseURL, asked } = await engineAt({});
    await webSearch({ baseURL })('x');
    expect(asked[0]?.headers['x-subscription-token']).toBe('k-env');
  });

  it.each([
    [{}, 'auth', /set one of BRAVE_API_KEY, TAVILY_API_KEY, EXA_API_KEY, SEARXNG_URL/],
    [{ engine: 'brave' }, 'auth', /set BRAVE_API_KEY/],
    [{ engine: 'searxng' }, 'invalid-request', /set SEARXNG_URL/],
    [{ engine: 'altavista' }, 'invalid-request', /engine: one of brave/],
    [{ engine: 'exa', apiKey: 'k', baseURL: 'file:///x' }, 'invalid-request', /baseURL/],
    [{ engine: 'exa', apiKey: 'k', count: 21 }, 'invalid-request', /count/],
    [{ engine: 'exa', apiKey: 'k', timeout: 0 }, 'invalid-request', /timeout/],
    [{ engine: 'exa', apiKey: 'k', timeout: 3e9 }, 'invalid-request', /timeout/],
  ])('%j are refused', (options, code, message) => {
    expect(() => webSearch(options as Parameters<typeof webSearch>[0])).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it('that a search gives are checked', async () => {
    const search = webSearch({ engine: 'exa', apiKey: 'k' });
    await expect(search(' ')).rejects.toMatchObject({ message: /query: a text/ });
    await expect(search('x', { count: 0 })).rejects.toMatchObject({ message: /count/ });
  });
});

it('the tool searches, and gives its results', async () => {
  const { baseURL, asked } = await engineAt({
    results: [{ title: 'Tides', url: FOUND.url, content: 'Twice a day' }],
  });
  const search = webSearch({ engine: 'searxng', baseURL }).tool();
  const call = { id: 'a', type: 'function' as const, function: { name: 'web_search', arguments: '{}' } };
  const given = await search.execute(
    { query: 'tides', count: 1 },
    { signal: new AbortController().signal, call },
  );
  expect(given).toEqual({ results: [{ title: 'Tides', url: FOUND.url, snippet: 'Twice a day' }] });
  expect(asked[0]?.url).toContain('q=tides');
});
