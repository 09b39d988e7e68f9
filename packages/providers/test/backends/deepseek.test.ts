// DeepSeek wants its reasoning back once a tool has been called, and not before.
import type { Message } from '@g4f/core';
import { expect, it } from 'vitest';
import deepseek from '../../src/backends/deepseek.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

const send = async (messages: readonly Message[]) => {
  const context = createFakeContext(HELLO, { apiKey: 'k' });
  await collect(deepseek.chat({ model: 'deepseek-flash', messages, stream: true }, context));
  return JSON.parse(context.requests[0]?.body ?? '').messages;
};

const question: Message = { role: 'user', content: 'And tomorrow?' };
const thought: Message = { role: 'assistant', content: 'Rain.', reasoning: 'Clouds…' };
const call = { id: '1', type: 'function', function: { name: 'weather', arguments: '{}' } } as const;

it('sends no reasoning back in a plain conversation', async () => {
  expect(await send([question, thought, question])).toEqual([
    question,
    { role: 'assistant', content: 'Rain.' },
    question,
  ]);
});

it('sends the reasoning of every message back after a call, and an empty one where none was kept', async () => {
  const messages = await send([
    question,
    { ...thought, reasoning_details: [{ type: 'reasoning.text', text: 'x' }], tool_calls: [call] },
    { role: 'tool', tool_call_id: '1', content: 'rain' },
    { role: 'assistant', content: 'It rains.' },
    question,
  ]);
  expect(messages[1]).toEqual({
    role: 'assistant',
    content: 'Rain.',
    reasoning_content: 'Clouds…',
    tool_calls: [call],
  });
  expect(messages[3]).toEqual({ role: 'assistant', content: 'It rains.', reasoning_content: '' });
  expect(JSON.stringify(messages)).not.toContain('"reasoning":');
});
