// An image that was made is paid: what fails after that is tried again by itself, and never by having another one made.
import type { Context, ImageRequest } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, BASE64, inNoTime, PNG, type Reply } from './ask-for-image.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const BUSY: Reply = { status: 503, json: { error: 'busy' } };
const REPLICATE = 'https://api.replicate.com/v1/predictions/1';
const BEGUN: Readonly<Record<string, Reply>> = {
  replicate: { status: 201, json: { status: 'starting', urls: { get: REPLICATE } } },
  'black-forest-labs': { json: { polling_url: 'https://api.us1.bfl.ai/v1/get_result?id=1' } },
  fireworks: { json: { request_id: '1' } },
};
const MADE: Readonly<Record<string, Reply>> = {
  replicate: { json: { status: 'succeeded', output: ['https://replicate.delivery/1.png'] } },
  'black-forest-labs': { json: { status: 'Ready', result: { sample: 'https://files.example/1.png' } } },
  fireworks: { json: { status: 'Ready', result: { sample: 'https://files.example/1.png' } } },
};
const MODELS: Readonly<Record<string, string>> = {
  replicate: 'owner/painter',
  'black-forest-labs': 'flux-2-pro',
  fireworks: 'accounts/fireworks/models/flux-kontext-pro',
};

/** What was sent, in order, as the last part of each path, and what came of it. */
const drawn = async (
  id: string,
  replies: readonly Reply[],
  request: Partial<ImageRequest> = {},
  retries = 2,
) => {
  const sent: string[] = [];
  const left = [...replies];
  const retryDelayMs: Context['retryDelayMs'] = (_, done) => (done < retries ? 10 : undefined);
  const asking = ask(id, { model: MODELS[id] ?? 'm', ...request }, [], {
    retryDelayMs,
    async send({ method, url }) {
      sent.push(`${method} ${new URL(url).pathname.split('/').at(-1)}`);
      const { status = 200, headers = {}, json, bytes } = (left.length > 1 ? left.shift() : left[0]) ?? {};
      const body = (async function* () {
        yield bytes ?? Buffer.from(JSON.stringify(json));
      })();
      return { status, headers, body, release: () => undefined };
    },
  });
  const answer = await inNoTime(
    asking.then(
      ({ data }) => ({ data }),
      (error: unknown) => ({ error }),
    ),
  );
  return { ...answer, sent };
};

describe.each(Object.keys(BEGUN))('a question of %s after its image', (id) => {
  const [begun = {}, made = {}] = [BEGUN[id], MADE[id]];

  it('that fails is asked again, and nothing else', async () => {
    const { sent, ...answer } = await drawn(id, [begun, BUSY, BUSY, made]);
    expect(answer).toMatchObject({ data: [{ url: expect.stringContaining('1.png') }] });
    expect(new Set(sent.slice(1)).size).toBe(1);
    expect(sent).toHaveLength(4);
  });

  it.each([503, 401, 429])('that is refused for good (%i) has no other image made', async (status) => {
    const { sent, ...answer } = await drawn(id, [begun, { ...BUSY, status }]);
    expect(answer).toMatchObject({ error: { scope: 'provider', message: expect.stringContaining('made') } });
    expect(sent).toHaveLength(4);
  });
});

describe('a download', () => {
  const MADE_AT: Reply = { json: { data: [{ url: 'https://files.example/1.png' }] } };
  const BYTES = { response_format: 'b64_json' } as const;

  it('that fails is tried again by itself', async () => {
    const { sent, ...answer } = await drawn('together', [MADE_AT, BUSY, { bytes: PNG }], BYTES);
    expect(answer).toEqual({ data: [{ b64_json: BASE64 }] });
    expect(sent).toEqual(['POST generations', 'GET 1.png', 'GET 1.png']);
  });

  it.each<[string, Reply]>([
    ['401', { status: 401, json: { error: { message: 'Invalid API key', code: 'invalid_api_key' } } }],
    ['403', { status: 403, bytes: Buffer.from('<Error><Code>AccessDenied</Code></Error>') }],
    ['404', { status: 404, json: { error: { message: 'model not found' } } }],
    ['429', { status: 429, json: {} }],
    ['500', { status: 500, json: {} }],
    ['no image', { json: { error: { message: 'Invalid API key', code: 'invalid_api_key' } } }],
  ])('that its host refuses (%s) says nothing of the key or the model', async (_, reply) => {
    const { sent, ...answer } = await drawn('together', [MADE_AT, reply], BYTES);
    expect(answer).toMatchObject({
      error: { code: 'bad-response', scope: 'provider', message: expect.stringContaining('files.example') },
    });
    expect(String(JSON.stringify(answer))).not.toMatch(/key was taken|Set a valid key/);
    expect(sent.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });

  it('follows its host to another public one, without end nowhere', async () => {
    const to = (location: string): Reply => ({ status: 302, headers: { location }, json: {} });
    const follow = (...replies: readonly Reply[]) => drawn('together', [MADE_AT, ...replies], BYTES, 0);
    expect(await follow(to('https://cdn.example/2.png'), to('/3.png'), { bytes: PNG })).toEqual({
      data: [{ b64_json: BASE64 }],
      sent: ['POST generations', 'GET 1.png', 'GET 2.png', 'GET 3.png'],
    });
    for (const location of [
      'http://cdn.example/',
      'https://127.0.0.1/',
      'https://localhost./',
      'https://u:p@x.example/',
    ])
      expect((await follow(to(location))).sent).toEqual(['POST generations', 'GET 1.png']);
    const endless = await follow(to('https://cdn.example/2.png'));
    expect(endless).toMatchObject({ error: { message: expect.stringContaining('redirects too often') } });
    expect(endless.sent).toHaveLength(5);
  });
});

describe('one of several images', () => {
  const n = 3;
  it('that fails is made again alone', async () => {
    const { sent, ...answer } = await drawn('huggingface', [{ bytes: PNG }, BUSY, { bytes: PNG }], {
      model: 'a/b',
      n,
    });
    expect(answer).toMatchObject({ data: Array.from({ length: n }, () => ({ b64_json: BASE64 })) });
    expect(sent).toHaveLength(n + 1);
  });

  it('that fails for good does not have the others made again, and ends the questions after them', async () => {
    const failed: Reply = { json: { status: 'failed', error: 'boom' } };
    const begun = BEGUN.replicate ?? {};
    const pending: Reply = { json: { status: 'processing' } };
    const replies = [begun, begun, begun, failed, pending];
    const { sent, ...answer } = await drawn('replicate', replies, { n }, 0);
    expect(answer).toMatchObject({ error: { code: 'server' } });
    const before = sent.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(before);
  });
});

describe('with an address of the caller', () => {
  it.each<[string, Reply]>([
    ['replicate', BEGUN.replicate ?? {}],
    ['black-forest-labs', BEGUN['black-forest-labs'] ?? {}],
  ])('%s is not asked elsewhere, where the key would go along', async (id, begun) => {
    const hosts: string[] = [];
    const asking = ask(id, { model: MODELS[id] ?? '' }, [], {
      baseURL: 'https://gateway.corp.example/v1',
      headers: { 'x-corp': 'token' },
      async send({ url }) {
        hosts.push(new URL(url).host);
        const body = (async function* () {
          yield Buffer.from(JSON.stringify(begun.json));
        })();
        return { status: 200, headers: {}, body, release: () => undefined };
      },
    });
    await expect(asking).rejects.toMatchObject({ code: 'bad-response', scope: 'provider' });
    expect(hosts).toEqual(['gateway.corp.example']);
  });
});
