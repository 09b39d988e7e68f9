// What is odd in a request for images, or in what a service answers: an error or a warning, and never a silent success.
import { type ImageRequest, LIMITS, type Upload } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { ask, BASE64, formOf, PNG, type Reply, upload } from './ask-for-image.ts';

const FLUX = 'accounts/fireworks/models/flux-kontext-pro';

describe('a prompt that stands in the address', () => {
  const paint = (prompt: string, reply: Reply = { bytes: PNG }, lent: Parameters<typeof ask>[3] = {}) =>
    ask('pollinations', { prompt }, [reply], lent);

  it.each(['', '.', '..', 'a \ud800 cat'])(
    'and is none there is refused before it is sent: %j',
    async (prompt) => {
      const sent: unknown[] = [];
      const send = async (request: unknown) => {
        sent.push(request);
        throw new Error('it was sent');
      };
      await expect(paint(prompt, {}, { send })).rejects.toMatchObject({ code: 'invalid-request' });
      expect(sent).toEqual([]);
    },
  );

  it.each(['a/../../b?c#d', '%2e%2e', '猫 & 🐈', '...'])('is one piece of it: %j', async (prompt) => {
    const { requests } = await paint(prompt);
    const { pathname, searchParams } = new URL(requests[0]?.url ?? '');
    expect(pathname.split('/').length).toBe(3);
    expect(decodeURIComponent(pathname.split('/').at(-1) ?? '')).toBe(prompt);
    expect([...searchParams.keys()]).toEqual(['model']);
  });

  it.each([404, 200, 500])('is not repeated by an error, in none of its forms (%i)', async (status) => {
    const secret = 'my very secret plan: rob the bank on monday & tell nobody';
    const encoded = encodeURIComponent(secret);
    for (const form of [secret, encoded, encoded.replaceAll('%20', '+')]) {
      const reply = { status, bytes: Buffer.from(`Cannot GET /image/${form}?model=m`) };
      const error: unknown = await paint(secret, reply).catch((thrown: unknown) => thrown);
      expect(String(error)).not.toMatch(/secret|monday|nobody/);
    }
  });

  it('has the extra fields of the call beside it', async () => {
    const extraBody = { nologo: true, model: 'flux', loras: { a: 1 } };
    const { requests } = await paint('a cat', { bytes: PNG }, { extraBody });
    const { searchParams } = new URL(requests[0]?.url ?? '');
    expect(Object.fromEntries(searchParams)).toEqual({ nologo: 'true', model: 'flux', loras: '{"a":1}' });
  });
});

describe('more images than were asked for', () => {
  const flood = (n: number) => ({
    json: { data: Array.from({ length: n }, (_, at) => ({ url: `https://files.example/${at}.png` })) },
  });

  it('are left out, told of and not downloaded', async () => {
    const replies = [flood(3000), { bytes: PNG }];
    const { data, warnings, requests } = await ask('together', { response_format: 'b64_json' }, replies);
    expect([data.length, requests.length]).toEqual([10, 11]);
    expect(warnings).toEqual(['1 images were asked for, and 3000 came: 10 are kept']);
  });

  it('are kept where a parameter of the service asks for them', async () => {
    const { data, warnings } = await ask('together', {}, [flood(4)]);
    expect([data.length, warnings]).toEqual([4, []]);
  });

  it('are together no larger than one answer', async () => {
    const large = Buffer.concat([PNG, Buffer.alloc(LIMITS.imageBytes / 2)]);
    const asking = ask('together', { n: 2, response_format: 'b64_json' }, [flood(2), { bytes: large }]);
    await expect(asking).rejects.toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('limit'),
    });
  });
});

describe('an image that is sent inside JSON', () => {
  const endless = (seen: { bytes: number }): Upload => ({
    name: 'a.png',
    type: 'image/png',
    async *open() {
      for (let piece = new Uint8Array(2 ** 20); ; seen.bytes += piece.length) yield piece;
    },
  });

  it.each<[string, string]>([
    ['gemini', 'gemini-2.5-flash-image'],
    ['black-forest-labs', 'flux-2-pro'],
    ['fireworks', FLUX],
    ['xai', 'grok-imagine-image'],
  ])('is refused above a limit, and not read on: %s', async (id, model) => {
    const seen = { bytes: 0 };
    const asking = ask(id, { model, task: 'edit', image: [endless(seen)] }, [{ json: {} }]);
    await expect(asking).rejects.toMatchObject({ code: 'invalid-request', scope: 'provider' });
    expect(seen.bytes).toBeLessThanOrEqual(LIMITS.inlineBytes);
  });
});

describe('what is no image', () => {
  it.each<[string, unknown]>([
    ['a signature alone', { data: [{ b64_json: BASE64.slice(0, 16) }] }],
    ['broken base64', { data: [{ b64_json: `${BASE64}<<<not base64>>>` }] }],
    ['base64 with something after its end', { data: [{ b64_json: `${BASE64}=x` }] }],
    ['base64 that is cut', { data: [{ b64_json: `${BASE64.replaceAll('=', '')}AAAA`.slice(0, 41) }] }],
    [
      'an error beside it',
      { data: [{ b64_json: BASE64 }], error: { code: 'content_policy_violation', message: 'blocked' } },
    ],
  ])('is an error: %s', async (_, json) => {
    await expect(ask('openai', {}, [{ json }])).rejects.toMatchObject({
      code: expect.stringMatching(/bad-response|content-filter/),
    });
  });

  it.each<[string, unknown]>([
    ['text', 'Hello there'],
    ['pieces of text', ['Hello', ' there']],
    ['a video', 'https://replicate.delivery/x/out.mp4'],
    [
      'a sound among images',
      ['https://replicate.delivery/1.png', 'https://replicate.delivery/1.wav?x=1.png'],
    ],
    ['an object', [{ url: 'https://replicate.delivery/1.png' }]],
  ])('of a model that makes something else is an error: %s', async (_, output) => {
    const asking = ask('replicate', { model: 'a/b' }, [{ json: { status: 'succeeded', output } }]);
    await expect(asking).rejects.toMatchObject({ code: 'bad-response', scope: 'provider' });
  });

  it('is not what has another name, or stands in the answer itself', async () => {
    const output = [
      'https://replicate.delivery/x',
      'https://x.example/a.SVG',
      `data:image/png;base64,${BASE64}`,
    ];
    const { data } = await ask('replicate', { model: 'a/b' }, [{ json: { status: 'succeeded', output } }]);
    expect(data).toEqual([{ url: output[0] }, { url: output[1] }, { b64_json: BASE64 }]);
  });

  it.each([
    ['NO_IMAGE', 'bad-response'],
    ['MAX_TOKENS', 'bad-response'],
    ['OTHER', 'bad-response'],
    ['MALFORMED_FUNCTION_CALL', 'bad-response'],
    ['STOP', 'bad-response'],
    ['IMAGE_PROHIBITED_CONTENT', 'content-filter'],
    ['IMAGE_RECITATION', 'content-filter'],
  ])('ends at Gemini with %s, which is %s', async (finishReason, code) => {
    const json = { candidates: [{ content: { parts: [] }, finishReason }] };
    await expect(ask('gemini', {}, [{ json }])).rejects.toMatchObject({ code });
  });
});

it('says that a stream has lost one of its images', async () => {
  const event = { type: 'image_generation.completed', b64_json: BASE64, created_at: 1 };
  const bytes = Buffer.from(`data: ${JSON.stringify(event)}\n\n`);
  const reply = { bytes, headers: { 'content-type': 'text/event-stream' } };
  await expect(ask('openai', { stream: true, n: 2 }, [reply])).rejects.toMatchObject({
    code: 'stream-truncated',
  });
  await expect(ask('openai', { stream: true, n: 1 }, [reply])).resolves.toBeDefined();
});

describe('an image that Stability changes', () => {
  const MADE = { json: { image: BASE64, finish_reason: 'SUCCESS' } };
  const change = async (model: string, more: Partial<ImageRequest> = {}) => {
    const asked = { model, task: 'edit', image: [upload()], ...more } as const;
    const { requests, warnings } = await ask('stability', asked, [MADE]);
    const form = await formOf(requests[0]);
    return { warnings, fields: [...form.matchAll(/name="([^"]+)"/g)].map(([, name]) => name), form };
  };

  it('is refused before it is sent, where the model takes none', async () => {
    await expect(change('core')).rejects.toMatchObject({ code: 'invalid-request', scope: 'provider' });
  });

  it.each(['ultra', 'sd3.5-large'])('has a strength, and its own shape: %s', async (model) => {
    const { fields, warnings } = await change(model, { size: '1024x1024' });
    expect(fields).toContain('strength');
    expect(fields).not.toContain('aspect_ratio');
    expect(warnings).toEqual([
      'strength is needed to change an image: 0.5 is sent',
      'size is left out: what stability makes of an image has its size',
    ]);
    expect(await change(model, { strength: 0.8 })).toMatchObject({
      warnings: [],
      form: expect.stringContaining('\r\n\r\n0.8\r\n'),
    });
  });

  it('with a mask is of no model, which is told', async () => {
    const { warnings, fields } = await change('sd3.5-large', { mask: upload('mask.png') });
    expect(warnings).toEqual(['model "sd3.5-large" is left out: with a mask, stability chooses the model']);
    expect(fields).not.toContain('model');
  });
});
