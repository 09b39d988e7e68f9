// Who is asked for what needs more than text: those that declare it first, and the others with a warning.
import type { ChatFeature, ChatRequest, Message } from '@g4f/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient as MiniClient } from '../../src/mini.ts';
import { concernModel, needsOf } from '../../src/routing/feature-needs.ts';
import type { ChatParams } from '../../src/surface/chat.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import { createChatEngine } from '../chat-engine.ts';
import { stock } from '../fake-catalog.ts';
import { failing, fakeProvider, saying } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

const SCHEMA = { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' } } } as const;
const TOOLS = [{ type: 'function', function: { name: 'f' } }] as const;
const user = (...content: Exclude<Message['content'], string | null | undefined>): Message => ({
  role: 'user',
  content,
});
const IMAGE = user({ type: 'image_url', image_url: { url: 'https://example.com/a.png' } });
const AUDIO = user({ type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } });
const FILE = user({ type: 'file', file: { file_id: 'f' } });
const TEXT = user({ type: 'text', text: 'x' });

it.each<[boolean, ChatFeature[]]>([
  [true, ['images']],
  [true, ['tools', 'images', 'json-schema']],
  [false, ['tools', 'json-schema']],
  [false, []],
])('the kinds of input of a model count: %s, for %j', (count, needs) => {
  expect(concernModel(needs)).toBe(count);
});

describe('what a request needs', () => {
  const request = (more: Partial<ChatRequest>): ChatRequest => ({
    model: 'm',
    messages: [{ role: 'user', content: 'x' }],
    stream: true,
    ...more,
  });

  it.each<[string, Partial<ChatRequest>, ChatFeature[]]>([
    ['text', {}, []],
    ['text in parts', { messages: [TEXT] }, []],
    ['no tools', { tools: [] }, []],
    ['any JSON', { response_format: { type: 'json_object' } }, []],
    ['no effort', { reasoning_effort: 'none' }, []],
    ['no content', { messages: [{ role: 'assistant', content: null }] }, []],
    ['tools', { tools: TOOLS }, ['tools']],
    ['a schema', { response_format: SCHEMA }, ['json-schema']],
    ['an effort', { reasoning_effort: 'low' }, ['reasoning']],
    ['two pictures', { messages: [IMAGE, IMAGE] }, ['images']],
    ['sound and a document', { messages: [AUDIO, TEXT, FILE] }, ['audio', 'files']],
  ])('%s', (_, more, needs) => {
    expect(needsOf(request(more))).toEqual(needs);
  });
});

const TEXT_ONLY = { features: [] } as const;
const ALL = { features: ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'] } as const;

beforeEach(() =>
  stock(
    fakeProvider('plain', saying('p'), TEXT_ONLY),
    fakeProvider('able', saying('a'), ALL),
    fakeProvider('tooled', saying('t'), { features: ['tools'] }),
    fakeProvider('silent', saying('s')),
  ),
);

/** Who answers, and what the first chunk warns of. */
const answer = async (params: Partial<ChatParams>, options: ClientOptions = {}) => {
  const calls = createChatEngine({ env: {}, ...options }, () => undefined);
  const seen: { provider: string | undefined; warnings: unknown }[] = [];
  for await (const batch of calls.chat({ model: 'family', messages: 'x', ...params }))
    for (const event of batch)
      if (event.type === 'answer-start')
        seen.push({ provider: event.provider, warnings: event.extra?.chunk?.warnings });
  return seen[0];
};

describe('who answers', () => {
  it('text: the first, whatever it declares', async () => {
    expect(await answer({})).toEqual({ provider: 'plain', warnings: undefined });
  });

  it.each<[string, Partial<ChatParams>, string]>([
    ['tools', { tools: TOOLS }, 'able'],
    ['a schema', { response_format: SCHEMA }, 'able'],
    ['an effort', { reasoning_effort: 'high' }, 'able'],
    ['a picture', { messages: [IMAGE] }, 'able'],
    ['sound', { messages: [AUDIO] }, 'able'],
    ['a document', { messages: [FILE] }, 'able'],
  ])('%s: the first that declares it', async (_, params, provider) => {
    for (const stream of [true, false])
      expect(await answer({ ...params, stream })).toEqual({ provider, warnings: undefined });
  });

  it('one that declares nothing at all is taken to have it', async () => {
    expect(await answer({ response_format: SCHEMA, provider: ['tooled', 'silent'] })).toMatchObject({
      provider: 'silent',
      warnings: undefined,
    });
  });

  it('one that does not declare it, if the others fail, with a warning for each thing', async () => {
    stock(
      fakeProvider('plain', saying('p'), TEXT_ONLY),
      fakeProvider('able', failing('server'), ALL),
      fakeProvider('tooled', failing('server'), { features: ['tools'] }),
    );
    expect(await answer({ response_format: SCHEMA, tools: TOOLS }, { maxRetries: 0 })).toEqual({
      provider: 'plain',
      warnings: [
        'plain does not declare tools; it may ignore tools',
        'plain does not declare json-schema; it may ignore response_format',
      ],
    });
  });

  it('the only one, and the fallback, with a warning', async () => {
    const warnings = ['plain does not declare images; it may ignore the images in messages'];
    expect(await answer({ messages: [IMAGE], provider: 'plain' })).toEqual({ provider: 'plain', warnings });
    const broken = fakeProvider('broken', failing('server'), ALL);
    const options = { provider: broken, fallback: 'plain', maxRetries: 0 };
    expect(await answer({ messages: [IMAGE] }, options)).toEqual({ provider: 'plain', warnings });
  });

  it('the provider of the small client, with a warning', async () => {
    const warned = async (content: unknown) => {
      const client = new MiniClient({ provider: fakeProvider('plain', saying('p'), TEXT_ONLY), env: {} });
      const messages = [{ role: 'user', content }] as Message[];
      return (await client.chat.completions.create({ model: 'm', messages })).warnings;
    };
    expect(await warned(IMAGE.content)).toEqual([
      'plain does not declare images; it may ignore the images in messages',
    ]);
    for (const content of ['x', TEXT.content, [null, 'x', {}]]) expect(await warned(content)).toBeUndefined();
  });

  it('in the order of the policy within each group', async () => {
    stock(
      ...['a', 'B', 'c', 'D'].map((id) =>
        fakeProvider(id.toLowerCase(), saying(id), id < 'a' ? ALL : TEXT_ONLY),
      ),
    );
    const calls = createChatEngine({ env: {}, routing: 'round-robin' }, () => undefined);
    let who = '';
    for (let time = 0; time < 4; time++)
      for await (const batch of calls.chat({ model: 'family', messages: 'x', tools: TOOLS }))
        for (const event of batch) if (event.type === 'answer-start') who += event.provider;
    expect(who).toBe('bbdd');
  });

  it('a model that is known not to take pictures, wherever it is offered', async () => {
    const models = { 'gpt-oss-120b': 'oss', 'gemma-4-31b': 'gemma' };
    stock(fakeProvider('able', saying('a'), { ...ALL, models }));
    expect((await answer({ model: 'gpt-oss-120b', messages: [IMAGE] }))?.warnings).toEqual([
      'oss does not declare images; it may ignore the images in messages',
    ]);
    expect((await answer({ model: 'gemma-4-31b', messages: [IMAGE] }))?.warnings).toBeUndefined();
    expect((await answer({ model: 'able:unknown', messages: [IMAGE] }))?.warnings).toBeUndefined();
  });
});
