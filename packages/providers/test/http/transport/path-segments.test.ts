// An id in an address is itself, or refused; it never leads elsewhere.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import cloudflare from '../../../src/backends/cloudflare.ts';
import gemini from '../../../src/backends/gemini.ts';
import replicate from '../../../src/backends/replicate.ts';
import { encodeSegments } from '../../../src/http/transport/path-segments.ts';
import { collect, createFakeContext } from '../../backends/fake-context.ts';

const BASE = 'https://api.acme.test/v1/models/';
const NASTY = [
  '../predictions/abc/cancel#',
  '..',
  './a',
  'a/../b',
  'a//b',
  '/a',
  'a/',
  '',
  '%2e%2e/a',
  '%2e%2e%2fa',
  'a?x=1',
  'a#b',
  '..\\b',
  'a\nb',
  'a\tb',
  '..;/b',
  '.%2e/b',
  'a/b/c/d',
  '\ud800',
  'https://evil.test/x',
  '//evil.test/x',
  'a@evil.test',
  '․․/b',
];

describe('an id in an address', () => {
  it('stays below its own place, as it was written', () => {
    const pieces = fc.constantFrom(...NASTY, '.', '/', '\\', '%', '?', '#', 'x', ':', '@', ' ', '\r\n');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces).map((list) => list.join('')),
          fc.string(),
        ),
        (id) => {
          let encoded: string;
          try {
            encoded = encodeSegments(id, 'the model', 3);
          } catch {
            return;
          }
          const { href, origin, pathname, search, hash } = new URL(`${BASE}${encoded}/end`);
          expect(href).toBe(`${BASE}${encoded}/end`);
          expect([origin, search, hash]).toEqual(['https://api.acme.test', '', '']);
          const named = pathname.split('/').slice(3, -1).map(decodeURIComponent);
          expect(named.join('/')).toBe(id);
        },
      ),
    );
  });

  it.each(['..', '.', '', 'a/..', 'a//b', '/a', 'a/', 'a/b/c/d'])('is refused: %j', (id) => {
    expect(() => encodeSegments(id, 'the model', 3)).toThrow(/^the model .* cannot stand in an address/);
  });

  it.each(NASTY)('reaches no other call of its service: %j', async (model) => {
    const asking = { model, messages: [{ role: 'user', content: 'hi' }], stream: true } as const;
    for (const [backend, path] of [
      [gemini, /^\/v1beta\/[^/]+\/[^?#]*:streamGenerateContent\?alt=sse$/],
      [replicate, /^\/v1\/(?:models\/[^/]+(?:\/[^/]+)?\/)?predictions$/],
    ] as const) {
      const context = createFakeContext({ status: 500 }, { apiKey: 'a-long-enough-key' });
      await collect(backend.chat(asking, context)).catch(() => undefined);
      for (const { url } of context.requests) {
        const { origin, pathname, search, hash } = new URL(url);
        expect(pathname + search + hash).toMatch(path);
        expect(origin).toBe(new URL(backend.baseURL ?? '').origin);
      }
    }
  });

  it.each(['..', '.', '../zones', 'a/b'])(
    'is no account of Cloudflare: %j',
    async (CLOUDFLARE_ACCOUNT_ID) => {
      const context = createFakeContext({}, { apiKey: 'k', env: { CLOUDFLARE_ACCOUNT_ID } });
      await expect(
        collect(cloudflare.chat({ model: '@cf/a/b', messages: [], stream: true }, context)),
      ).rejects.toMatchObject({ code: 'invalid-request' });
      expect(context.requests).toEqual([]);
    },
  );
});
