// An operation over a wire: what its endpoint sends goes with the key and the caller's fields, and a refusal is an error.
import type { Context, ModerationRequest, Upload } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { openaiCompatible } from '../../src/provider/openai-compatible.ts';
import type { EndpointContext, EndpointRequest } from '../../src/wires/endpoint.ts';
import { textOf } from '../http/service.ts';
import { createEmbedContext, type EmbedAnswer } from './embed-context.ts';

const REQUEST: ModerationRequest = { model: 'm', input: ['a prompt that nobody may see'] };
const FILE: Upload = {
  name: 'diagnosis.txt',
  type: 'text/plain',
  size: 5,
  async *open() {
    yield Buffer.from('bytes');
  },
};

/** Sends what the test says, and gives what the service was sent. */
const sent = async (
  request: EndpointRequest,
  lent: Partial<Context> = {},
  answer: EmbedAnswer = { body: '{}' },
) => {
  const context = createEmbedContext(() => answer, { apiKey: 'sk-key-0123456789', ...lent });
  let exchange: EndpointContext | undefined;
  const provider = openaiCompatible({
    baseURL: 'https://acme.example/v1',
    id: 'acme',
    quirks: { headers: { 'x-fixed': 'yes' } },
    moderate: {
      async *endpoint(_, given) {
        exchange = given;
        await given.send(request);
        yield { id: '', model: 'm', results: [] };
      },
    },
  });
  for await (const _ of provider.moderate?.(REQUEST, context) ?? []);
  const [only] = context.requests;
  if (only === undefined || exchange === undefined) throw new Error('nothing was sent');
  const { bodyStream } = only;
  return { ...only, form: bodyStream === undefined ? undefined : await textOf(bodyStream), exchange };
};

describe('a request', () => {
  it('of JSON goes below the base, with the key, the fixed headers and the extra fields', async () => {
    const {
      method,
      url,
      headers,
      body = '',
    } = await sent(
      { path: '/things?a=1', json: { model: 'm', x: 1 } },
      { extraBody: { x: 2, y: 3 }, headers: { 'x-own': 'o', 'x-fixed': null } },
    );
    expect({ method, url, body: JSON.parse(body) }).toEqual({
      method: 'POST',
      url: 'https://acme.example/v1/things?a=1',
      body: { model: 'm', x: 2, y: 3 },
    });
    expect(headers).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: 'Bearer sk-key-0123456789',
      'x-own': 'o',
    });
  });

  it('of a form has the extra fields in the place of those of the same name, and its length', async () => {
    const {
      headers,
      form = '',
      body,
    } = await sent(
      {
        path: '/files',
        form: [
          { name: 'model', value: 'm' },
          { name: 'x', value: '1' },
          { name: 'file', value: FILE },
        ],
      },
      { extraBody: { x: 'two', list: [1, 2] } },
    );
    expect(body).toBeUndefined();
    expect(headers['content-length']).toBe(String(Buffer.byteLength(form)));
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    const read = await new Response(form, {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData();
    expect([...read.keys()]).toEqual(['model', 'file', 'x', 'list']);
    expect([read.get('x'), read.get('list')]).toEqual(['two', '[1,2]']);
  });

  it('of neither is a GET, and accepts what it says', async () => {
    const { method, headers } = await sent({ path: '/content', accept: 'audio/mpeg' });
    expect({ method, accept: headers.accept }).toEqual({ method: 'GET', accept: 'audio/mpeg' });
  });

  it('that is bare has no key and none of the caller’s headers, wherever it goes', async () => {
    const { url, headers } = await sent(
      { path: '', url: 'https://files.example/secret', isBare: true },
      { headers: { 'x-own': 'o' } },
    );
    expect(url).toBe('https://files.example/secret');
    expect(headers).toEqual({ accept: '*/*' });
  });

  it('has its own signal and warnings', async () => {
    const controller = new AbortController();
    const warnings: string[] = [];
    const { exchange } = await sent(
      { path: '/x' },
      { signal: controller.signal, warn: (message) => void warnings.push(message) },
    );
    exchange.warn('no seed');
    expect([exchange.provider, exchange.signal, warnings]).toEqual(['acme', controller.signal, ['no seed']]);
  });
});

describe('a refusal', () => {
  it.each([
    [429, 'rate-limit', REQUEST.input],
    [401, 'auth', REQUEST.input[0]],
    [503, 'server', { prompt: REQUEST.input[0] }],
    [307, 'bad-response', [{ own: { words: REQUEST.input } }]],
  ])('of %i is an error (%s), without the key and what is hidden, as %j', async (status, code, hides) => {
    const body = JSON.stringify({
      error: { message: `no: sk-key-0123456789, you sent "${REQUEST.input[0]}"` },
    });
    const failure = sent({ path: '/x', json: {}, hides }, {}, { status, body });
    await expect(failure).rejects.toMatchObject({ code, status, provider: 'acme' });
    await expect(failure).rejects.not.toThrow(/sk-key|nobody may see/);
  });

  it.each([{ form: [{ name: 'file', value: FILE }] }, { file: FILE }])(
    'does not show what a file is called: %j',
    async (request) => {
      const body = JSON.stringify({ error: { message: `cannot read ${FILE.name}` } });
      await expect(sent({ path: '/x', ...request }, {}, { status: 400, body })).rejects.toThrow(
        'cannot read [prompt]',
      );
    },
  );

  it('comes before a file is opened where the key is missing', async () => {
    await expect(
      sent({ path: '/x', form: [{ name: 'file', value: FILE }] }, { apiKey: 'no key' }),
    ).rejects.toMatchObject({ code: 'auth' });
  });
});

it('what is too large is the file, where one was sent, and no conversation', async () => {
  const tooLarge = {
    status: 413,
    body: '{"error":{"message":"Maximum content size limit (26214400) exceeded"}}',
  };
  const form = [{ name: 'file', value: FILE }];
  await expect(sent({ path: '/x', form }, {}, tooLarge)).rejects.toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('Send a smaller file, or choose another provider.'),
  });
  await expect(sent({ path: '/x', json: {} }, {}, tooLarge)).rejects.toMatchObject({
    code: 'context-length',
  });
});
