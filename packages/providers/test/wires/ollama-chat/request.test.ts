// What is sent to Ollama: the caller's request in its words, and a warning for what it has no words for.
import type { ChatRequest, Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { encodeOllamaRequest } from '../../../src/wires/ollama-chat/request.ts';
import { deepFreeze } from '../hear-wire.ts';

const ASKING: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true };
const PNG = 'iVBORw0KGgo=';
const TOOL = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
} as const;

const encode = (given: Partial<ChatRequest>) => {
  const warnings: string[] = [];
  const body = encodeOllamaRequest(deepFreeze({ ...ASKING, ...given }), {}, (warning) =>
    warnings.push(warning),
  );
  return { body: JSON.parse(JSON.stringify(body)), warnings };
};
const encodeMessages = (...messages: readonly Message[]) => {
  const { body, warnings } = encode({ messages });
  return { messages: body.messages, warnings };
};

describe('the body of a request', () => {
  it('says no more than it was asked to', () => {
    expect(encode({})).toEqual({
      body: { model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }] },
      warnings: [],
    });
  });

  it.each<[string, Partial<ChatRequest>, object]>([
    [
      'sampling',
      { temperature: 0, top_p: 0.5, seed: 0, presence_penalty: 1, frequency_penalty: -1 },
      { options: { temperature: 0, top_p: 0.5, seed: 0, presence_penalty: 1, frequency_penalty: -1 } },
    ],
    [
      'settings of its own',
      { top_k: 5, num_ctx: 8192, repeat_penalty: 1.1 },
      { options: { top_k: 5, num_ctx: 8192, repeat_penalty: 1.1 } },
    ],
    ['max_tokens', { max_tokens: 5 }, { options: { num_predict: 5 } }],
    ['max_completion_tokens', { max_completion_tokens: 5, max_tokens: 9 }, { options: { num_predict: 5 } }],
    ['one stop word', { stop: 'END' }, { options: { stop: ['END'] } }],
    ['stop words', { stop: ['a', 'b'] }, { options: { stop: ['a', 'b'] } }],
    [
      'null asks for nothing',
      { temperature: null, stop: null, max_tokens: null, reasoning_effort: null },
      {},
    ],
    [
      'the caller’s own options come last',
      { temperature: 1, options: { temperature: 0.1, mirostat: 2 } },
      { options: { temperature: 0.1, mirostat: 2 } },
    ],
    ['keep_alive', { keep_alive: '10m' }, { keep_alive: '10m' }],
    ['JSON', { response_format: { type: 'json_object' } }, { format: 'json' }],
    [
      'a schema',
      { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } } },
      { format: { type: 'object' } },
    ],
    ['plain text', { response_format: { type: 'text' } }, {}],
    ['log probabilities', { logprobs: true, top_logprobs: 2 }, { logprobs: true, top_logprobs: 2 }],
    ['tools', { tools: [TOOL], tool_choice: 'auto' }, { tools: [TOOL] }],
    ['tools that must not be called', { tools: [TOOL], tool_choice: 'none' }, {}],
  ])('%s', (_name, given, more) => {
    const { body, warnings } = encode(given);
    const { model: _, messages: __, stream: ___, ...rest } = body;
    expect(rest).toEqual(more);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['none', false],
    ['minimal', 'low'],
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['xhigh', 'high'],
    ['constructor', true],
  ])('thinks with the effort %s as %s', (reasoning_effort, think) => {
    expect(encode({ reasoning_effort }).body.think).toBe(think);
    expect(encode({ reasoning_effort, think: 'medium' }).body.think).toBe('medium');
  });

  it('warns of what it has no place for, once', () => {
    const { body, warnings } = encode({
      tools: [TOOL],
      tool_choice: 'required',
      n: 2,
      user: 'u',
      parallel_tool_calls: false,
    });
    expect(warnings).toEqual([
      'this provider has no place for n, user, parallel_tool_calls: not sent.',
      'this provider cannot be made to call a tool: tool_choice was not sent.',
    ]);
    expect(Object.keys(body).sort()).toEqual(['messages', 'model', 'stream', 'tools']);
  });
});

describe('the messages', () => {
  it('are instructions, questions and answers', () => {
    const { messages, warnings } = encodeMessages(
      { role: 'system', content: 'Be brief.' },
      {
        role: 'developer',
        content: [
          { type: 'text', text: 'No ' },
          { type: 'text', text: 'lists.' },
        ],
      },
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'ho', reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text' }] },
    );
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'system', content: 'No lists.' },
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'ho', thinking: 'hm' },
    ]);
    expect(warnings).toEqual([]);
  });

  it('carry pictures by their bytes', () => {
    const { messages, warnings } = encodeMessages({
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
      ],
    });
    expect(messages).toEqual([{ role: 'user', content: 'What is this?', images: [PNG] }]);
    expect(warnings).toEqual([]);
  });

  it('cannot carry a picture that lies elsewhere, or a sound: a warning says so', () => {
    const { messages, warnings } = encodeMessages({
      role: 'user',
      content: [
        { type: 'text', text: 'Look.' },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
      ],
    });
    expect(messages).toEqual([{ role: 'user', content: 'Look.' }]);
    expect(warnings).toEqual([
      'this provider takes pictures only as data URLs: a part of a message was not sent.',
      'this provider takes no part of the type input_audio: a part of a message was not sent.',
    ]);
  });

  it('carry calls with their arguments as objects, and results by the name of the tool', () => {
    const { messages, warnings } = encodeMessages(
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } },
          { id: 'c2', type: 'function', function: { name: 'clock', arguments: '' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c2', content: 'noon' },
      { role: 'tool', tool_call_id: 'c1', content: 'rain' },
      { role: 'tool', tool_call_id: 'unknown', content: '?' },
    );
    expect(messages).toEqual([
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          { id: 'c1', function: { name: 'weather', arguments: { city: 'Paris' } } },
          { id: 'c2', function: { name: 'clock', arguments: {} } },
        ],
      },
      { role: 'tool', content: 'noon', tool_name: 'clock', tool_call_id: 'c2' },
      { role: 'tool', content: 'rain', tool_name: 'weather', tool_call_id: 'c1' },
      { role: 'tool', content: '?', tool_call_id: 'unknown' },
    ]);
    expect(warnings).toEqual([]);
  });

  it('keep arguments that are no JSON, as text', () => {
    const { messages, warnings } = encodeMessages({
      role: 'assistant',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city' } }],
    });
    expect(messages[0].tool_calls[0].function.arguments).toEqual({ arguments: '{"city' });
    expect(warnings).toHaveLength(1);
  });
});
