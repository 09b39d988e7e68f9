// Mistral refuses fields and ids it does not know: what other services' callers and calls look like when they get there.
import type { ChatRequest, Message, ModerationRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import mistral from '../../src/backends/mistral.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

const send = async (request: Partial<ChatRequest>) => {
  const context = createFakeContext(HELLO, { apiKey: 'k' });
  await collect(mistral.chat({ model: 'm', messages: [], stream: true, ...request }, context));
  return JSON.parse(context.requests[0]?.body ?? '');
};

const calling = (id: string): readonly Message[] => [
  { role: 'user', content: 'What is the weather?' },
  {
    role: 'assistant',
    content: null,
    reasoning: 'I must look.',
    tool_calls: [{ id, type: 'function', function: { name: 'weather', arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: id, content: 'rain' },
];

describe('the names of its fields', () => {
  it('calls a seed random_seed, 0 too', async () => {
    expect(await send({ seed: 7 })).toMatchObject({ random_seed: 7 });
    expect(await send({ seed: 0 })).toMatchObject({ random_seed: 0 });
    expect(await send({ seed: 7 })).not.toHaveProperty('seed');
    expect(await send({ seed: null })).not.toHaveProperty('random_seed');
  });

  it('is not asked for token counts, which it sends by itself', async () => {
    expect(await send({})).not.toHaveProperty('stream_options');
    expect(await send({ stream_options: { include_usage: true } })).not.toHaveProperty('stream_options');
  });
});

describe('the ids of tool calls', () => {
  it('leaves its own as they are', async () => {
    const { messages } = await send({ messages: calling('aB3dE6gH9') });
    expect(messages[1].tool_calls[0].id).toBe('aB3dE6gH9');
    expect(messages[2].tool_call_id).toBe('aB3dE6gH9');
  });

  it.each(['call_PTLP8xhu3uwZk4l3nlnrrJha', 'toolu_01', 'short', 'ümläut-id', ''])(
    'gives %j a new one of nine letters and digits, the same in call and answer',
    async (id) => {
      const { messages } = await send({ messages: calling(id) });
      expect(messages[1].tool_calls[0].id).toMatch(/^[a-zA-Z0-9]{9}$/);
      expect(messages[2].tool_call_id).toBe(messages[1].tool_calls[0].id);
      expect(messages[1].tool_calls[0].function).toEqual({ name: 'weather', arguments: '{}' });
    },
  );

  it('keeps different calls apart', async () => {
    const ids = await Promise.all(
      Array.from(
        { length: 200 },
        async (_, n) => (await send({ messages: calling(`call_${n}`) })).messages[2].tool_call_id,
      ),
    );
    expect(new Set(ids).size).toBe(200);
  });

  it('does not send our reasoning along, nor change the caller’s messages', async () => {
    const messages = calling('call_1');
    const before = JSON.stringify(messages);
    expect(JSON.stringify(await send({ messages }))).not.toContain('I must look');
    expect(JSON.stringify(messages)).toBe(before);
  });
});

describe('moderations', () => {
  const found = { categories: { pii: true, sexual: false }, category_scores: { pii: 0.98, sexual: 0.001 } };
  const moderate = async (input: ModerationRequest['input']) => {
    const body = JSON.stringify({ id: 'mod-1', model: 'mistral-moderation-2603', results: [found] });
    const context = createFakeContext({ body }, { apiKey: 'k' });
    const parts = [];
    for await (const part of mistral.moderate?.({ model: 'mistral-moderation-latest', input }, context) ?? [])
      parts.push(part);
    return { parts, context };
  };

  it('say whether a text is flagged, which it leaves to the reader', async () => {
    const { parts, context } = await moderate(['call me at 555-0100']);
    expect(parts).toEqual([
      { id: 'mod-1', model: 'mistral-moderation-2603', results: [{ flagged: true, ...found }] },
    ]);
    expect(context.requests[0]?.url).toBe('https://api.mistral.ai/v1/moderations');
    expect(JSON.parse(context.requests[0]?.body ?? '')).toEqual({
      model: 'mistral-moderation-latest',
      input: ['call me at 555-0100'],
    });
  });

  it('refuse a picture before anything is sent', async () => {
    const picture = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } } as const;
    await expect(moderate([picture])).rejects.toMatchObject({
      code: 'invalid-request',
      scope: 'provider',
      message: expect.stringContaining('it judges texts alone'),
    });
  });
});
