// What Cohere is sent: OpenAI's shapes for the most part, its own names for the rest.
import { expect, it } from 'vitest';
import { cohereChat } from '../../../src/wires/cohere-chat/index.ts';
import { CONVERSATION, encoded, JSON_SCHEMA, SCHEMA, TOOL, user } from '../encoded.ts';

it('sends messages as they are, but for what it calls otherwise', () => {
  const { body, warnings } = encoded(cohereChat, { messages: CONVERSATION });
  expect(warnings).toEqual([]);
  expect(body.messages.map(({ role }: { role: string }) => role)).toEqual([
    'system',
    'user',
    'assistant',
    'tool',
    'tool',
    'system',
    'user',
  ]);
  expect(body.messages[1].content).toEqual(CONVERSATION[1]?.content);
  expect(body.messages[2]).toEqual({
    role: 'assistant',
    content: 'Let me look.',
    tool_calls: [
      { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":"it"}' } },
      // An empty text is no JSON.
      { id: 'c2', type: 'function', function: { name: 'wait', arguments: '{}' } },
    ],
  });
});

it('gives parameters its names', () => {
  expect(
    encoded(cohereChat, {
      top_p: 0.9,
      top_k: 3,
      max_tokens: 5000,
      stop: 'x',
      tools: [TOOL],
      tool_choice: 'required',
      response_format: JSON_SCHEMA,
      reasoning_effort: 'low',
      documents: ['d'],
    }).body,
  ).toMatchObject({
    p: 0.9,
    k: 3,
    max_tokens: 5000,
    stop_sequences: ['x'],
    tools: [TOOL],
    tool_choice: 'REQUIRED',
    response_format: { type: 'json_object', json_schema: SCHEMA },
    thinking: { type: 'enabled', token_budget: 1024 },
    documents: ['d'],
  });
  expect(encoded(cohereChat, { reasoning_effort: 'none' }).body.thinking).toEqual({ type: 'disabled' });
});

it('warns of what has no place', () => {
  const { warnings } = encoded(cohereChat, {
    n: 2,
    user: 'me',
    tools: [TOOL],
    tool_choice: { type: 'function', function: { name: 'look' } },
    messages: [user([{ type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } }]), user('Hi')],
  });
  expect(warnings).toEqual([
    expect.stringContaining('no place for n, user'),
    expect.stringContaining('takes no audio'),
  ]);
});

it('leaves out a message of the assistant that says nothing', () => {
  const roles = (said: object): readonly unknown[] => {
    const messages = [user('Hi'), { role: 'assistant' as const, content: null, ...said }, user('Go on')];
    return encoded(cohereChat, { messages }).body.messages.map(({ role }: { role: string }) => role);
  };
  for (const content of ['', ' \n', null, [], [{ type: 'text', text: '' }]])
    expect(roles({ content, reasoning_content: 'hm' })).toEqual(['user', 'user']);
  expect(roles({ tool_plan: 'I look.' })).toEqual(['user', 'assistant', 'user']);
  expect(roles({ content: [{ type: 'refusal', refusal: 'No.' }] })).toEqual(['user', 'assistant', 'user']);
});
