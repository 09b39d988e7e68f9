// Our own answer, pushed back into a conversation that moves on: each service is sent the fields that it documents, and no others.
import type { Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { registry } from '../../src/registry/registry.gen.ts';
import { sentTo } from './sent-to.ts';

/** What an answer of ours can hold, whoever gave it. */
const ANSWER = {
  role: 'assistant',
  content: 'Let me look.',
  refusal: null,
  name: 'Bo',
  reasoning: 'I must look.',
  reasoning_content: 'I must look.',
  reasoning_details: [
    { type: 'reasoning.text', format: 'anthropic-messages', text: 'hm', signature: 's' },
    { type: 'reasoning.encrypted', format: 'openai-responses', id: 'rs_1', data: 'd' },
  ],
  annotations: [{ type: 'url_citation', url_citation: { url: 'https://e.example' } }],
  citations: ['https://e.example'],
  images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }],
  content_parts: [{ executableCode: {} }],
  tool_plan: 'I plan.',
  audio: { id: 'audio_1', data: 'AA', expires_at: 1, transcript: 'hi' },
  usage: { total_tokens: 3 },
  index: 0,
  something_new: { a: 1 },
  tool_calls: [
    {
      index: 0,
      id: 'functions.look:0',
      type: 'function',
      function: { name: 'look', arguments: '{"id":2512292042121000001}' },
      extra_content: { google: { thought_signature: 'x' } },
    },
  ],
};

const CONVERSATION = [
  { role: 'developer', content: 'Be brief.' },
  { role: 'user', content: [{ type: 'text', text: 'What?', cache_control: { type: 'ephemeral' } }] },
  ANSWER,
  { role: 'tool', tool_call_id: 'functions.look:0', name: 'look', content: 'rain' },
  { role: 'assistant', content: null, refusal: 'I will not say more.', annotations: [] },
  { role: 'user', content: 'So?' },
] as unknown as readonly Message[];

const sent = (id: string, messages: readonly Message[] = CONVERSATION) => sentTo(id, messages);

/** All that chat but those on one's own machine, of which less is known. */
const SERVICES = Object.values(registry)
  .filter(({ operations }) => operations.includes('chat'))
  .filter(({ id, baseURL }) => baseURL !== undefined && !/127\.0\.0\.1/.test(baseURL) && id !== 'replicate')
  .map(({ id }) => id);
const COMMON = {
  system: ['content', 'name', 'role'],
  user: ['content', 'name', 'role'],
  assistant: ['content', 'name', 'role', 'tool_calls'],
  tool: ['content', 'role', 'tool_call_id'],
};
/** What a service documents besides. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  openai: ['audio'],
  'azure-openai': ['audio'],
  deepseek: ['reasoning_content'],
  moonshot: ['reasoning_content'],
  zhipu: ['reasoning_content'],
};
const KNOW_DEVELOPER = ['openai', 'azure-openai', 'openrouter', 'openai-responses'];

describe('a body', () => {
  it.each(SERVICES)('%s is sent nothing of what only our answers hold', async (id) => {
    const { text } = await sent(id);
    for (const ours of [
      'annotations',
      'citations"',
      'images',
      'content_parts',
      '"usage"',
      'something_new',
      'extra_content',
    ])
      expect(text).not.toContain(ours);
    for (const sealed of ['rs_1', '"refusal":', 'reasoning_details'])
      if (id !== 'openai-responses') expect(text).not.toContain(sealed);
    if (id !== 'anthropic') expect(text).not.toContain('"signature"');
    if (id !== 'cohere') expect(text).not.toContain('tool_plan');
    expect(text).toContain('I will not say more.');
    expect(text).toContain('2512292042121000001');
    expect(text.includes('developer')).toBe(KNOW_DEVELOPER.includes(id));
  });

  it.each(SERVICES)('%s is sent messages of the fields that it documents', async (id) => {
    const { messages } = (await sent(id)).body;
    const wire = (await registry[id]?.load())?.wire;
    if (wire !== 'openai-chat') return;
    for (const message of messages) {
      const role = message.role === 'developer' ? 'system' : message.role;
      const known: readonly string[] = [...COMMON[role as keyof typeof COMMON], ...(MORE[id] ?? [])];
      expect(Object.keys(message).filter((name) => !known.includes(name))).toEqual([]);
      for (const call of message.tool_calls ?? [])
        expect(Object.keys(call).sort()).toEqual(['function', 'id', 'type']);
    }
    const call = messages.find((message: { tool_calls?: unknown }) => message.tool_calls !== undefined);
    const result = messages.find((message: { role: string }) => message.role === 'tool');
    expect(result.tool_call_id).toBe(call.tool_calls[0].id);
  });
});

describe('what differs', () => {
  it('an endpoint of one’s own: all goes along but what only answers hold', async () => {
    const { text, body } = await sent('vllm');
    for (const ours of [
      'annotations',
      'citations"',
      'images',
      'content_parts',
      'tool_plan',
      '"usage"',
      '"refusal"',
    ])
      expect(text).not.toContain(ours);
    expect(body.messages[1].content[0].cache_control).toEqual({ type: 'ephemeral' });
    expect(body.messages[2]).toMatchObject({ something_new: { a: 1 } });
    expect(body.messages[2].tool_calls[0].extra_content).toEqual({ google: { thought_signature: 'x' } });
  });

  it('a field of the caller’s own that a service has no place for is warned of', async () => {
    const messages = [{ role: 'user', content: 'hi', cache_control: { type: 'ephemeral' } }] as never;
    expect((await sent('groq', messages)).warnings).toEqual([
      'the messages have no place for cache_control here: not sent.',
    ]);
  });

  it('Mistral: no names, ids of nine, instructions first, an answer between result and user', async () => {
    const { body } = await sent('mistral', [
      { role: 'user', content: 'a' },
      ...CONVERSATION.slice(2, 4),
      { role: 'system', content: 'In German.' },
      { role: 'user', content: 'b', name: 'Bo' },
    ] as never);
    expect(body.messages).toEqual([
      { role: 'system', content: 'In German.' },
      { role: 'user', content: 'a' },
      {
        role: 'assistant',
        content: 'Let me look.',
        tool_calls: [
          {
            id: expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
            type: 'function',
            function: { name: 'look', arguments: '{"id":2512292042121000001}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: body.messages[2].tool_calls[0].id, content: 'rain' },
      { role: 'assistant', content: 'OK.' },
      { role: 'user', content: 'b' },
    ]);
  });

  it('Mistral: what the assistant began is gone on with by its own field, Moonshot and Qwen by theirs', async () => {
    const begun = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'Well' },
    ] as const;
    expect((await sent('mistral', begun)).body.messages[1]).toEqual({ ...begun[1], prefix: true });
    for (const id of ['moonshot', 'qwen'])
      expect((await sent(id, begun)).body.messages[1]).toEqual({ ...begun[1], partial: true });
    expect((await sent('groq', begun)).body.messages[1]).toEqual(begun[1]);
  });

  it('Mistral: what it would refuse is left out and warned of', async () => {
    const { body, warnings } = await sentTo('mistral', CONVERSATION, {
      user: 'me',
      logprobs: true,
      safe_prompt: true,
    });
    expect(body).toMatchObject({ safe_prompt: true });
    expect(body).not.toHaveProperty('user');
    expect(warnings).toContain('mistral does not take logprobs, user: not sent.');
  });

  it('OpenAI: the sound of an answer goes back by its id', async () => {
    const { messages } = (await sent('openai')).body;
    expect(messages[2].audio).toEqual({ id: 'audio_1' });
  });

  it('Moonshot: calls never without their reasoning, whoever made them', async () => {
    expect((await sent('moonshot')).body.messages[2].reasoning_content).toBe('I must look.');
    const { reasoning: _, reasoning_content: __, ...foreign } = ANSWER;
    const messages = CONVERSATION.map((message) =>
      message === (ANSWER as never) ? (foreign as never) : message,
    );
    expect((await sent('moonshot', messages)).body.messages[2].reasoning_content).toBe(' ');
  });

  it('Moonshot keeps its own ids, Anthropic is sent the like in its alphabet', async () => {
    expect((await sent('moonshot')).body.messages[2].tool_calls[0].id).toBe('functions.look:0');
    const { messages } = (await sent('anthropic')).body;
    expect(messages[1].content.at(-1)).toMatchObject({ type: 'tool_use', id: 'functions_look_0' });
    expect(messages[2].content[0]).toMatchObject({ type: 'tool_result', tool_use_id: 'functions_look_0' });
  });

  it('OpenRouter and Qwen cache up to a mark; nobody else is sent it', async () => {
    for (const id of ['openrouter', 'qwen'])
      expect((await sent(id)).body.messages[1].content[0].cache_control).toEqual({ type: 'ephemeral' });
    expect((await sent('groq')).text).not.toContain('cache_control');
  });

  it('DeepSeek: content is one text', async () => {
    expect((await sent('deepseek')).body.messages[1]).toEqual({ role: 'user', content: 'What?' });
  });

  it('Perplexity: user and assistant take turns', async () => {
    const { messages } = (
      await sent('perplexity', [
        { role: 'user', content: 'a' },
        { role: 'user', content: 'b' },
        { role: 'assistant', content: 'c' },
        { role: 'assistant', content: 'd' },
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'e' }] },
      ])
    ).body;
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'a\n\nb' },
      { role: 'assistant', content: 'c\n\nd' },
      { role: 'user', content: [{ type: 'text', text: 'e' }] },
    ]);
  });
});
