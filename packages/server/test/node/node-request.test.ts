// A request of Node's has the address and the headers that a `Request` of the platform's would have.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeRequest } from '../../src/node/node-request.ts';

const request = (url: string, host: string | undefined = 'localhost:4114', rawHeaders: string[] = []) =>
  new NodeRequest({ method: 'GET', url, headers: { host }, rawHeaders }, '127.0.0.1');

describe('the address', () => {
  const parts = fc.constantFrom(
    '/',
    'v1',
    '.',
    '..',
    '%2e',
    '%20',
    '?',
    '&',
    '=',
    ':',
    '~',
    '#',
    '"',
    'ä',
    '//',
  );

  it('is that of the platform, whatever the target', () => {
    fc.assert(
      fc.property(fc.array(parts), (list) => {
        const target = `/${list.join('')}`;
        expect(request(target).url).toBe(new URL(`http://localhost:4114${target}`).href);
      }),
    );
  });

  it.each([
    ['LocalHost:80', 'http://localhost/v1/models?a=b'],
    ['[::1]:4114', 'http://[::1]:4114/v1/models?a=b'],
    ['a.example', 'http://a.example/v1/models?a=b'],
    [undefined, 'http://127.0.0.1/v1/models?a=b'],
    ['', 'http://127.0.0.1/v1/models?a=b'],
  ])('is below the name that was asked for: %s', (host, url) => {
    expect(request('/v1/models?a=b', 'other').url).toBe('http://other/v1/models?a=b');
    expect(
      new NodeRequest({ url: '/v1/models?a=b', headers: { host }, rawHeaders: [] }, '127.0.0.1').url,
    ).toBe(url);
  });

  it('may stand in the target as a whole', () => {
    expect(request('http://a.example/v1/../health').url).toBe('http://a.example/health');
  });

  it.each(['*', 'v1/models', '', 'ftp://a/b', '/v1\\..\\health', 'http://a\\b/', 'http://'])(
    'is refused where the target is none: %s',
    (target) => {
      expect(() => request(target)).toThrow('no address');
    },
  );

  it.each(['a b', 'user@host', 'a/b', 'a?b', 'a#b', 'a\\b', '127.1', 'a:99999', 'a:b', '[::1', ':80'])(
    'is refused where the Host is none: %s',
    (host) => {
      expect(() => request('/health', host)).toThrow('no address');
    },
  );
});

describe('the headers', () => {
  const names = fc.constantFrom('host', 'Origin', 'origin', 'X-Api-Key', 'authorization', 'AUTHORIZATION');
  const lines = fc.array(fc.tuple(names, fc.constantFrom('a', 'b c', '')), { maxLength: 8 });

  it('are those of the platform, those that came twice as well', () => {
    fc.assert(
      fc.property(lines, (list) => {
        const { headers } = request('/', 'localhost', list.flat());
        const known = new Headers(list);
        for (const name of ['host', 'origin', 'x-api-key', 'authorization', 'none'])
          expect([name, headers.get(name), headers.has(name)]).toEqual([
            name,
            known.get(name),
            known.has(name),
          ]);
      }),
    );
  });
});
