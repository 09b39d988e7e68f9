// What a caller may say besides what the API has: the name of a provider, where the operator allows it, and nothing that is the operator's.
import { AsyncClient } from '@g4f/client';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../src/index.ts';
import { gatewayOf, madeUp, post, saying, start, stop, text } from './made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const messages = [{ role: 'user', content: 'Hello' }];

/** A body of each dialect with these fields in every place that becomes a parameter. */
const DIALECTS = [
  ['/v1/chat/completions', (more: object) => ({ model: 'model-a', messages, ...more })],
  ['/v1/embeddings', (more: object) => ({ model: 'model-a', input: 'a', ...more })],
  ['/v1/messages', (more: object) => ({ model: 'model-a', max_tokens: 9, messages, ...more })],
  ['/v1beta/models/model-a:generateContent', (more: object) => ({ contents: 'Hello', ...more })],
  [
    '/v1beta/models/model-a:embedContent',
    (more: object) => ({ content: { parts: [{ text: 'a' }] }, ...more }),
  ],
  [
    '/v1beta/models/model-a:batchEmbedContents',
    (more: object) => ({ requests: [{ content: { parts: [{ text: 'a' }] }, ...more }] }),
  ],
  ['/api/chat', (more: object) => ({ model: 'model-a', stream: false, messages, ...more })],
  ['/api/chat', (more: object) => ({ model: 'model-a', stream: false, messages, options: more })],
  ['/api/generate', (more: object) => ({ model: 'model-a', stream: false, prompt: 'a', options: more })],
  ['/api/embed', (more: object) => ({ model: 'model-a', input: 'a', ...more })],
] as const;

describe.each(DIALECTS)('%s (%#)', (path, bodyWith) => {
  it('carries nothing that is the operator’s', async () => {
    const { url, seen } = await gatewayOf(hello);
    expect((await post(url + path, bodyWith({}))).status).toBe(200);
    const [asked, embedded] = [seen.requests.length, seen.embeddings.length];
    for (const [name, value] of [
      ['extraBody', { messages: [{ role: 'user', content: 'Another' }] }],
      ['extra_body', { messages: [{ role: 'user', content: 'Another' }] }],
      ['timeout', 1],
      ['maxRetries', 9],
      ['hedge', { after: 1 }],
      ['routing', { policy: 'cheapest' }],
      ['fallback', 'local'],
      ['retired', 'successor'],
      ['signal', {}],
      ['cache', false],
      ['headers', { a: 'b' }],
      ['baseURL', 'http://127.0.0.1:9'],
    ] as const) {
      const answer = await post(url + path, bodyWith({ [name]: value }));
      expect([name, answer.status]).toEqual([name, 400]);
      expect(JSON.stringify(await answer.json())).toContain(
        name.replace('extra_body', path.includes('batch') ? 'extraBody' : name),
      );
    }
    expect([seen.requests.length, seen.embeddings.length]).toEqual([asked, embedded]);
  });

  it('names no provider but the operator’s', async () => {
    const { url, seen } = await gatewayOf(hello);
    expect((await post(url + path, bodyWith({ provider: 'made-up' }))).status).toBe(200);
    const [asked, embedded] = [seen.requests.length, seen.embeddings.length];
    for (const provider of ['openai', 'nobody', ['made-up', 'groq'], { order: ['x'] }, 5, '']) {
      const answer = await post(url + path, bodyWith({ provider }));
      expect([provider, answer.status]).toEqual([provider, 400]);
      expect(JSON.stringify(await answer.json())).toContain('provider must be made-up');
    }
    expect([seen.requests.length, seen.embeddings.length]).toEqual([asked, embedded]);
  });
});

describe('a field of a service’s own', () => {
  it('goes through', async () => {
    const { url, seen } = await gatewayOf(hello);
    await post(`${url}/v1/chat/completions`, { model: 'model-a', messages, user: 'u', strange_field: 5 });
    expect(seen.requests[0]).toMatchObject({ user: 'u', strange_field: 5 });
  });
});

describe('providers', () => {
  const statusOf = async (options: Parameters<typeof createHandler>[0], more: object) => {
    const body = JSON.stringify({ model: 'model-a', messages, ...more });
    const request = new Request('http://localhost/v1/chat/completions', { method: 'POST', body });
    const answer = await createHandler(options)(request);
    return [answer.status, await answer.text()] as const;
  };
  const { provider, ...client } = madeUp(hello).options.client;
  const { provider: other } = madeUp(hello, { id: 'other' }).options.client;

  it('says whom a body may name besides the client’s', async () => {
    const options = { client: { ...client, provider: [provider, other] }, providers: ['other'] };
    expect(await statusOf(options, { provider: 'other' })).toMatchObject([200, {}]);
    expect(await statusOf(options, { provider: 'made-up' })).toMatchObject([400, {}]);
  });

  it('holds for the name of a model where the client names nobody', async () => {
    const options = { client, providers: ['groq'] };
    for (const model of ['openai:gpt-4o', 'openai/gpt-4o', ' openai:x']) {
      const [status, said] = await statusOf(options, { model });
      expect([model, status, said]).toEqual([model, 400, expect.stringContaining('openai')]);
    }
    // Nobody has a key here.
    expect(await statusOf(options, { model: 'groq:x' })).toMatchObject([503, {}]);
  });

  it('lets the client confine the name of a model, where it has a provider', async () => {
    const options = { client: { ...client, provider: 'groq', apiKey: 'k' } } as const;
    expect((await statusOf(options, { model: 'openai:gpt-4o' }))[0]).toBe(400);
  });

  it('is nobody for a client that was made elsewhere, unless given', async () => {
    const made = new AsyncClient({ ...client, provider });
    expect((await statusOf({ client: made }, {}))[0]).toBe(200);
    expect((await statusOf({ client: made }, { provider: 'openai' }))[0]).toBe(400);
    // The id of a provider that is an object is known to the client alone, and it goes by its own for a text.
    expect((await statusOf({ client: made, providers: [] }, { provider: 'made-up' }))[0]).toBe(400);
  });

  it('and client.provider name only those that there are', () => {
    expect(() => createHandler({ client: { provider: 'opnai' } })).toThrow(/client\.provider.*opnai/);
    expect(() => createHandler({ client: { provider: ['openai', 'nobody-at-all'] } })).toThrow(
      /nobody-at-all/,
    );
    expect(() => createHandler({ providers: ['nobody-at-all'] })).toThrow(/providers.*nobody-at-all/);
    expect(() => createHandler({ providers: 'openai' as never })).toThrow(/providers/);
  });

  it('that are not known are the caller’s fault, and no key is the gateway’s', async () => {
    expect((await statusOf({ client }, { provider: 'nobody' }))[0]).toBe(400);
    const [status, said] = await statusOf({ client }, { model: 'gpt-4o' });
    expect(status).toBe(503);
    expect(said).toContain('GET /v1/models');
    expect(said).not.toMatch(/npm|create\(/);
  });
});
