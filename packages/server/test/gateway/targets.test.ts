// Names of models that are the gateway's own: who is asked for them, in which order, for which requests.
import type { Batch, ChatRequest, EmbeddingRequest, Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { createHandler, type HandlerOptions, type ModelTargets } from '../../src/index.ts';
import { choicesOf } from '../../src/targets/target-order.ts';
import { gateway, post, start, stop, text } from '../made-up.ts';

const row = (id: string) => ({ id, baseURL: `http://127.0.0.1:9/${id}` });

/** A gateway before the providers one, two and three, and who was asked for what; those in `failing` are out of order. */
async function gatewayFor(models: ModelTargets, failing: readonly string[] = [], more: HandlerOptions = {}) {
  const asked: string[] = [];
  const wrap = (provider: Provider): Provider => ({
    ...provider,
    async *chat(request: ChatRequest): AsyncGenerator<Batch> {
      asked.push(`${provider.id}:${request.model}`);
      if (failing.includes(provider.id)) throw new Error('out of order');
      yield [start(request.model)];
      yield [text('Hello')];
      yield [stop];
    },
    async *embed({ model }: EmbeddingRequest) {
      asked.push(`${provider.id}:${model}`);
      yield { object: 'list', model, data: [{ object: 'embedding', index: 0, embedding: [1] }] };
    },
  });
  const client = { backends: ['one', 'two', 'three'].map(row), wrap, maxRetries: 0, env: {} };
  const { url } = await gateway({ client, models, ...more });
  return { url, asked };
}

const chat = { model: 'fast', messages: [{ role: 'user', content: 'Hello' }] };

describe('a name of the gateway’s own', () => {
  it.each([
    ['/v1/chat/completions', chat],
    ['/v1/chat/completions', { ...chat, stream: true }],
    ['/v1/messages', { ...chat, max_tokens: 9 }],
    ['/v1beta/models/fast:generateContent', { contents: 'Hello' }],
    ['/api/chat', { ...chat, stream: false }],
    ['/v1/responses', { model: 'fast', input: 'Hello' }],
  ])('leads to its targets in order, at %s', async (path, body) => {
    const { url, asked } = await gatewayFor(
      { fast: ['one:large', { provider: 'two', model: 'org/small:8b' }] },
      ['one'],
    );
    const answer = await post(url + path, body);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-g4f-provider')).toBe('two');
    expect(await answer.text()).toContain('Hello');
    expect(asked).toEqual(['one:large', 'two:org/small:8b']);
  });

  it('leads embeddings to theirs', async () => {
    const { url, asked } = await gatewayFor({ vectors: ['two:e5'] });
    await post(`${url}/v1/embeddings`, { model: 'vectors', input: 'Hello' });
    await post(`${url}/v1beta/models/vectors:embedContent`, { content: { parts: [{ text: 'Hello' }] } });
    await post(`${url}/api/embed`, { model: 'vectors', input: 'Hello' });
    expect(asked).toEqual(['two:e5', 'two:e5', 'two:e5']);
  });

  it('tells in a header how many requests a stream took', async () => {
    const { url } = await gatewayFor({ fast: ['one:a', 'two:b', 'three:c'] }, ['one', 'two']);
    const answer = await post(`${url}/v1/chat/completions`, { ...chat, stream: true });
    expect(answer.headers.get('x-g4f-attempts')).toBe('3');
    const failed = await gatewayFor({ fast: ['one:a', 'two:b'] }, ['one', 'two']);
    expect((await post(`${failed.url}/v1/chat/completions`, chat)).headers.get('x-g4f-attempts')).toBe('2');
  });

  it('takes requests by their conditions', async () => {
    const { url, asked } = await gatewayFor({
      fast: [
        { provider: 'one', model: 'eyes', when: { images: true } },
        { provider: 'two', model: 'hands', when: { tools: true, images: false } },
        { provider: 'three', model: 'short', when: { maxTokens: 100, tools: false, images: false } },
      ],
    });
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }];
    const ask = (body: object) => post(`${url}/v1/chat/completions`, { ...chat, ...body });
    await ask({ messages: [{ role: 'user', content: [image] }] });
    await ask({ tools });
    await ask({});
    expect(asked).toEqual(['one:eyes', 'two:hands', 'three:short']);
    const none = await ask({ messages: [{ role: 'user', content: 'x'.repeat(1000) }] });
    expect(none.status).toBe(400);
    expect(await none.text()).toMatch(/No provider of the model \\"fast\\" takes this request/);
  });

  it('asks the one that a body names, and no other', async () => {
    const { url, asked } = await gatewayFor({ fast: ['one:a', 'two:b'] });
    await post(`${url}/v1/chat/completions`, { ...chat, provider: 'two' });
    expect(asked).toEqual(['two:b']);
    expect((await post(`${url}/v1/chat/completions`, { ...chat, provider: 'three' })).status).toBe(400);
  });

  it('stands in the list of models with its providers', async () => {
    const { url } = await gatewayFor({ fast: ['one:a', 'two:b'] });
    const { data } = (await (await fetch(`${url}/v1/models`)).json()) as { data: { id: string }[] };
    expect(data[0]).toMatchObject({ id: 'fast', object: 'model', providers: ['one', 'two'] });
    expect(await (await fetch(`${url}/v1/models/fast`)).json()).toMatchObject({ id: 'fast' });
  });

  it('takes no model away that one provider is asked for', async () => {
    const wrap = (provider: Provider): Provider => ({
      ...provider,
      listModels: async () => (provider.id === 'one' ? [{ id: 'm' }] : [{ id: 'small' }, { id: 'large' }]),
    });
    const backends = ['one', 'two'].map((id) => ({
      ...row(id),
      models: { llama: id === 'one' ? 'm' : 'large' },
    }));
    const { url } = await gateway({ client: { backends, wrap, env: {} }, models: { small: ['one:m'] } });
    const told = async (id: string) => (await fetch(`${url}/v1/models/${id}`)).json();
    expect(await told('small')).toMatchObject({ id: 'small', providers: ['one'] });
    expect(await told('two:small')).toMatchObject({ id: 'two:small', providers: ['two'] });
    expect(await told('one:m')).toMatchObject({ id: 'one:m', providers: ['one'] });
    expect(await told('two:llama')).toMatchObject({ id: 'two:llama', providers: ['two'] });
    // A name of the gateway's own is known to no provider.
    for (const id of ['one:small', 'three:small', 'two:', ':small', 'two:other'])
      expect(await told(id)).toMatchObject({ error: { code: 'model_not_found' } });
  });

  it('stands among names that each lead to an answer: what only a service lists is asked for there', async () => {
    const wrap = (provider: Provider): Provider => ({
      ...provider,
      listModels: async () => [{ id: 'm' }, { id: 'org/extra' }, { id: 'gpt-4o' }],
      async *chat(request: ChatRequest): AsyncGenerator<Batch> {
        yield [start(request.model), text('Hello'), stop];
      },
    });
    const backends = [{ ...row('one'), models: { 'llama-3.3-70b': 'm' } }];
    const { url } = await gateway({ client: { backends, wrap, env: {} }, models: { fast: ['one:m'] } });
    const { data } = (await (await fetch(`${url}/v1/models`)).json()) as {
      data: { id: string; providers: string[] }[];
    };
    const ids = data.filter(({ providers }) => providers.includes('one')).map(({ id }) => id);
    expect(ids).toEqual(['fast', 'llama-3.3-70b', 'one:org/extra', 'one:gpt-4o']);
    for (const id of [...ids, 'one/gpt-4o', 'one/org/extra']) {
      expect(await (await fetch(`${url}/v1/models/${id}`)).json()).toMatchObject({ id });
      expect((await post(`${url}/v1/chat/completions`, { ...chat, model: id })).status).toBe(200);
    }
  });

  it('is refused at the start where it leads nowhere', () => {
    const row = { id: 'one', baseURL: 'http://127.0.0.1:9' };
    for (const [models, why] of [
      [{ fast: [] }, /models\.fast must be a list/],
      [{ fast: ['nobody:a'] }, /models\.fast\[0\]\.provider/],
      [{ fast: ['one:'] }, /models\.fast\[0\]\.model/],
      [{ fast: [{ provider: 'one', wieght: 1 }] }, /without wieght/],
      [{ fast: [{ provider: 'one', weight: -1 }] }, /weight/],
      [{ fast: [{ provider: 'one', when: { tool: true } }] }, /without tool/],
      [{ fast: [{ provider: 'one', when: { tools: 1 } }] }, /tools must be a boolean/],
    ] as const)
      expect(() => createHandler({ client: { backends: [row], env: {} }, models: models as never })).toThrow(
        why,
      );
  });
});

describe('weights', () => {
  const targets = [{ provider: 'one', weight: 3 }, { provider: 'two' }, { provider: 'three', weight: 0 }];
  const table = new Map([['fast', targets]]);
  const drawn = (...numbers: number[]) =>
    choicesOf(table, { params: { model: 'fast' }, stream: false }, () => numbers.shift() ?? 0);

  it('draw who is asked first, the others after it; a weight of 0 is last', () => {
    expect(drawn(0.74)).toEqual(['one:fast', 'two:fast', 'three:fast']);
    expect(drawn(0.76)).toEqual(['two:fast', 'one:fast', 'three:fast']);
  });

  it('leave other models alone', () => {
    expect(choicesOf(table, { params: { model: 'other' }, stream: false })).toBeUndefined();
  });
});
