// No key survives in a text that may be shown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, secretsIn } from '../src/redact.ts';

describe('redact', () => {
  it.each([
    'sk-proj-abcDEF1234567890abcDEF1234567890',
    'sk-ant-api03-abc_DEF-123456',
    'sk-or-v1-0123456789abcdef',
    'gsk_0123456789abcdefABCDEF',
    'xai-0123456789abcdef',
    'hf_abcdefABCDEF0123',
    'csk-0123456789abcdef',
    'nvapi-0123456789abcdef',
    'pplx-0123456789abcdef',
    'r8_0123456789abcdef',
    'ghp_0123456789abcdef',
    'github_pat_11ABC_0123456789',
    ['AI', 'zaSyA0123456789abcdefghijkl'].join(''),
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    'sk-abc***********xyz',
  ])('takes out what looks like a key: %s', (key) => {
    expect(redact(`Incorrect API key provided: ${key}. Get one.`)).toBe(
      'Incorrect API key provided: [redacted]. Get one.',
    );
    expect(redact(`{"key":"${key}"}`)).toBe('{"key":"[redacted]"}');
  });

  it.each([
    ['authorization: Bearer abcdef123456', 'authorization: Bearer [redacted]'],
    ['Basic dXNlcjpwYXNz', 'Basic [redacted]'],
    ['GET https://h/v1?key=abc&alt=sse', 'GET https://h/v1?key=[redacted]&alt=sse'],
    ['https://h/?a=1&api_key=abc"', 'https://h/?a=1&api_key=[redacted]"'],
    ['https://h/?access_token=abc', 'https://h/?access_token=[redacted]'],
    ['https://h/?token=correct_horse_battery', 'https://h/?token=[redacted]'],
    ['http://user:pass@proxy:8080/', 'http://[redacted]proxy:8080/'],
  ])('takes out what stands where a key stands: %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    'the key is the bearer of hope',
    'task-force',
    'https://h/?monkey=1',
    'disk-usage report',
    'mail a@b.c',
    'Unknown key: max_completion_tokens',
    'missing required secret: see_documentation_page',
  ])('leaves other words alone: %s', (text) => expect(redact(text)).toBe(text));

  it('lets no given key survive, whatever it looks like and whatever stands around it', () => {
    const character = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
    const key = fc
      .string({ unit: character, minLength: 8, maxLength: 80 })
      // A text that is part of our own mark cannot be told from it.
      .filter((text) => !'[redacted]'.includes(text) && !/^\W*\[|\]\W*$/.test(text));
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
        const text = `${before}${secret}${after}${encodeURIComponent(secret)}${secret}`;
        expect(redact(text, [undefined, secret])).not.toContain(secret);
        expect(redact(text, [secret])).not.toContain(encodeURIComponent(secret));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not take a word of a message for a placeholder key', () => {
    expect(redact('no model is loaded', ['no'])).toBe('no model is loaded');
  });
});

describe('secretsIn', () => {
  it.each<[string, string, readonly string[]]>([
    ['authorization', 'Bearer of-the-program', ['of-the-program']],
    ['Proxy-Authorization', 'Basic dXNlcjpwYXNz', ['dXNlcjpwYXNz', 'user:pass', 'pass']],
    ['authorization', ' basic  a2V5Og==', ['', 'a2V5Og==', 'key:']],
    ['authorization', 'Basic not!base64', ['not!base64']],
    ['cookie', 'a=1; session=abcdefgh', ['a=1', 'session=abcdefgh']],
    ['x-gateway', 'k1-9f86d081884c', ['k1-9f86d081884c']],
    ['x-api-key', 'onlyletters', ['onlyletters']],
    ['x-short', 'a1', []],
    ['api-key', 'k-12', ['k-12']],
    ['authorization', 'Token secret', ['secret']],
    ['x-team', 'platform-engineering', []],
    ['accept', 'text/event-stream', []],
    ['api-version', '2024-10-21', []],
    ['anthropic-beta', 'prompt-caching-2024-07-31', []],
    ['openai-organization', 'org-0123456789', []],
    ['HTTP-Referer', 'https://my.app/page1', []],
  ])('of %s: %s', (name, value, secrets) => {
    expect(secretsIn({ [name]: value })).toEqual(secrets);
  });

  it('of a header that is not sent there is none', () => {
    expect(secretsIn({ authorization: null })).toEqual([]);
  });
});
