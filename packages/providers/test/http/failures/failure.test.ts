// A refusal becomes one line that says who, what, why and what to do next, and never a key.
import { G4FError, scopeOf } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { notTheProtocol, refusal } from '../../../src/http/failures/failure.ts';
import { answer, asked, refused } from './refused.ts';

describe('a refusal', () => {
  it('names the key’s source where the key is the matter, and never the key', async () => {
    const error = await refused(401, { error: { message: 'Invalid API key: plain-looking-secret.' } });
    expect(error.message).toBe(
      'acme: 401 Invalid API key: [redacted] (the key was taken from ACME_API_KEY). Set a valid key or choose another provider.',
    );
    expect(error).toMatchObject({ code: 'auth', provider: 'acme', model: 'm-1', status: 401 });
  });

  it('names what a service waited for that gave up, and of no other failure', async () => {
    expect(await refused(408, 'Request Timeout')).toMatchObject({ code: 'timeout', phase: 'headers' });
    expect(await refused(500, 'No')).not.toHaveProperty('phase');
  });

  it('ends the words of a service with one full stop', async () => {
    for (const words of ['It is over', 'It is over.', 'It is over . .\n'])
      expect((await refused(500, words)).message).toMatch(/^acme: 500 It is over\. [A-Z]/);
    expect((await refused(500, '. .')).message).toMatch(/^acme: 500 [a-z-]+\. [A-Z]/);
  });

  it('does not repeat a scope that its code commonly has', async () => {
    expect(await refused(401, { error: { message: 'Invalid API key.' } })).not.toHaveProperty('scope', 'key');
  });

  describe('that repeats what the caller said', () => {
    const prompt = "Why does it say: invalid api key, insufficient balance?\nWhy: 'your input was flagged'?";
    const repeating = (status: number, body: unknown, content = prompt): Promise<G4FError> =>
      refusal(answer(status, JSON.stringify(body)), { ...asked, messages: [{ role: 'user', content }] });

    it.each([
      ['as it is', prompt],
      ['as JSON', JSON.stringify(prompt)],
      ['as Python', `'${prompt.replace('\n', '\\n').replaceAll("'", "\\'")}'`],
    ])('means what it says itself, where that is there %s', async (_how, said) => {
      for (const message of [
        `1 validation error for ValidatorIterator [type=missing, input_value={'content': ${said}}, input_type=dict]`,
        `[{'type': 'missing', 'loc': ('body', 'messages', 0), 'msg': 'Field required', 'input': {'content': ${said}}}]`,
        `Failed to parse messages: Missing 'role' in message: {}; messages = [{"content": ${said}}]`,
      ]) {
        const error = await repeating(400, { object: 'error', message, type: 'BadRequestError', code: 400 });
        expect([error.code, scopeOf(error)]).toEqual(['invalid-request', 'request']);
      }
    });

    it('means what it says behind that, too', async () => {
      const entry = (msg: string, input: string): string =>
        `{'type': 'x', 'loc': ('body', 'a'), 'msg': '${msg}', 'input': '${input}'}`;
      const message = `[${entry('No', prompt)}, ${entry('Extra inputs are not permitted', 'x')}]`;
      expect(scopeOf(await repeating(400, { message }))).toBe('provider');
    });

    it.each([
      [
        'payment-required',
        'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
        'I got: Your credit balance is too low to access the Anthropic API. What now?',
      ],
      [
        'context-length',
        'prompt is too long: 210000 tokens > 200000 maximum',
        'if (e.message.startsWith("prompt is too long: ")) compact();',
      ],
    ])('means what it says, though the prompt asks about %s', async (code, message, content) => {
      const error = await repeating(400, { type: 'error', error: { message } }, content);
      expect(error.code).toBe(code);
    });
  });

  it('by a web page says nothing of the request, nor of its content', async () => {
    const page = (title: string): string => `<html><head><title>${title}</title></head></html>`;
    for (const [status, title] of [
      [400, '400 Bad Request'],
      [405, '405 Not Allowed'],
      [422, 'The content filter of this network'],
    ] as const) {
      const error = await refused(status, page(title));
      expect(scopeOf(error)).toBe('provider');
      expect(error.message).toContain('Check the baseURL, or choose another provider.');
    }
  });

  it('quotes the title of a web page, whatever the rest of it is', async () => {
    const title = async (html: string): Promise<string> => (await refused(502, html)).message;
    expect(await title('<!doctype html><TITLE lang="en"> 502\nBad Gateway </TITLE><p>x')).toMatch(
      /^acme: 502 Bad Gateway\. Try/,
    );
    expect(await title('<html><title>cut')).toMatch(/^acme: 502 cut\. Try/);
    expect(await title('<p>Out of <b>order</b>.</p>')).toMatch(/^acme: 502 Out of order\. Try/);
    for (const piece of ['<', '‹', '<title', '<title>', '. ', '<a'])
      expect((await title(piece.repeat(64 * 1024))).length).toBeLessThan(500);
  });

  it('says that no key was sent', async () => {
    const error = await refusal(answer(401, 'No'), { ...asked, key: undefined, keyFrom: undefined });
    expect(error.message).toBe('acme: 401 No (no key was sent). Set a valid key or choose another provider.');
  });

  it('carries the wait and the request id', async () => {
    const error = await refused(
      429,
      { error: { message: 'Slow down' } },
      { 'retry-after': '7', 'x-request-id': 'r9' },
    );
    expect(error).toMatchObject({ code: 'rate-limit', retryAfterMs: 7000, requestId: 'r9', retryable: true });
    expect(error.message).toBe('acme: 429 Slow down. Wait 7 s, or choose another provider.');
  });

  it('does not advise to wait where a request is too large for the account', async () => {
    const message = 'Request too large for model `m` on tokens per minute (TPM): Limit 8000, Requested 12000';
    const error = await refused(413, { error: { message, code: 'rate_limit_exceeded' } });
    expect(error).toMatchObject({ code: 'rate-limit', scope: 'provider', retryable: false });
    expect(error.message).toMatch(/ Shorten the conversation, or choose another provider/);
  });

  it('does not blame the key for a region, nor for a web page that stands in the way', async () => {
    const region = await refused(400, {
      error: { message: 'User location is not supported for the API use.' },
    });
    expect(region).toMatchObject({ code: 'auth', scope: 'provider' });
    expect(region.message).not.toContain('key');
    const page = await refused(403, '<html><title>Access denied</title></html>');
    expect(page).toMatchObject({ code: 'auth', scope: 'provider' });
    expect(page.message).not.toContain('key');
  });

  it('is understood when it is plain text', async () => {
    expect(await refused(400, 'model "x" not found, try pulling it first')).toMatchObject({
      code: 'model-not-found',
    });
  });

  it('is one line, however the body is written', async () => {
    const error = await refused(500, 'first line\r\n\r\n  second\tline\n');
    expect(error.message).toBe('acme: 500 first line second line. Try again or choose another provider.');
  });

  it('shows the title of a page', async () => {
    const page = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
    expect((await refused(502, page)).message).toBe(
      'acme: 502 Bad Gateway. Try again or choose another provider.',
    );
    expect((await refused(502, '<h1>Down</h1>')).message).toContain('502 Down.');
  });

  it('says something of an empty body', async () => {
    expect((await refused(503, '')).message).toBe('acme: 503 server. Try again or choose another provider.');
    expect((await refused(400, { error: { type: 'odd_plain-looking-secret' } })).message).toBe(
      'acme: 400 {"error":{"type":"odd_[redacted]"}}. Correct the request.',
    );
  });

  it('shows at most 300 characters of the service’s words', async () => {
    expect((await refused(400, 'x'.repeat(5000))).message.length).toBeLessThan(400);
  });

  it('reads at most 64 KiB of it, and leaves', async () => {
    let sent = 0;
    let left = false;
    const body = (async function* () {
      try {
        for (;;) {
          sent += 1024;
          yield Buffer.alloc(1024, 'x');
        }
      } finally {
        left = true;
      }
    })();
    await refusal({ status: 500, headers: {}, release: () => undefined, body }, asked);
    expect(sent).toBe(64 * 1024);
    expect(left).toBe(true);
  });

  it('is told even if its body breaks', async () => {
    const reset = new G4FError('reset', { code: 'network' });
    const error = await refusal(answer(500, 'half', {}, reset), asked);
    expect(error).toMatchObject({ code: 'server', message: expect.stringContaining('500 half') });
  });

  it('gives way to the caller who leaves', async () => {
    const left = new G4FError('left', { code: 'aborted' });
    await expect(refusal(answer(500, 'half', {}, left), asked)).rejects.toBe(left);
  });

  it('by redirect says where to, and why it is not followed', async () => {
    const error = await refused(308, 'Moved', { location: 'https://new.acme.test/v1?key=abcd1234' });
    expect(error.message).toBe(
      'acme: 308 redirects to https://new.acme.test, which is not followed because key and prompt would go with it. Check the baseURL, or choose another provider.',
    );
    expect(error.code).toBe('bad-response');
  });

  it.each([
    [{ 'request-id': 'a' }, 'a'],
    [{ 'apim-request-id': 'b' }, 'b'],
    [{ 'cf-ray': 'c' }, undefined],
    [{ 'nvcf-reqid': 'e' }, 'e'],
    [{ 'mistral-correlation-id': 'f', 'cf-ray': 'c' }, 'f'],
    [{ 'x-request-id': 'd', 'cf-ray': 'c' }, 'd'],
    [{}, undefined],
  ])('takes the request id from %j', async (headers, id) => {
    expect((await refused(500, 'x', headers)).requestId).toBe(id);
  });
});

describe('a refusal inside a 200', () => {
  it.each<[unknown, string, string?]>([
    [
      { choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
      'payment-required',
    ],
    [{ error: { code: 429, message: 'Slow down' } }, 'rate-limit'],
    [{ error: { message: 'Your input was flagged' } }, 'content-filter'],
    [{ error: { message: 'Not today.' } }, 'bad-response'],
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Not today.' } }, 'server'],
    [[{ type: 'error', error: { type: 'rate_limit_error', message: 'Not today.' } }], 'rate-limit'],
  ])('%j is %s', (body, code) => {
    const text = JSON.stringify(body);
    expect(notTheProtocol(answer(200, text), text, asked, 'a chat completion').code).toBe(code);
  });
});

describe('what is not the protocol', () => {
  const causeOf = (body: string): string =>
    notTheProtocol(answer(200, body, { 'content-type': 'text/html' }), body, asked, 'a chat completion')
      .message;

  it('is shown with status, type, first bytes and the likely cause', () => {
    expect(causeOf('<html><body>Welcome</body></html>')).toBe(
      'acme: https://api.acme.test answered 200 with "<html><body>Welcome</body></html>" (text/html) where a chat completion was expected: a web page, from a wrong address or a proxy in between. Check the baseURL, or choose another provider.',
    );
  });

  it.each([
    ['', 'with nothing (text/html)'],
    ['', 'an empty body'],
    ['<title>Just a moment...</title>', 'a Cloudflare page'],
    ['<form action="/login">', 'a login page'],
    ['OK', 'not that of this API'],
    ['{"error":"down"}', 'reports a failure as a success (down)'],
  ])('%j: %s', (body, cause) => {
    expect(causeOf(body)).toContain(cause);
  });

  it('never shows the key, neither in the excerpt nor in the cause', () => {
    expect(causeOf('{"error":"key plain-looking-secret is wrong"}')).not.toContain('plain-looking-secret');
  });
});
