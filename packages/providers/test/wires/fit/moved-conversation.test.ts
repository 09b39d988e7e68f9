// One conversation that has been everywhere, as each wire sends it on: the whole body.
import { expect, it } from 'vitest';
import { anthropicMessages } from '../../../src/wires/anthropic-messages/index.ts';
import { cohereChat } from '../../../src/wires/cohere-chat/index.ts';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { ollamaChat } from '../../../src/wires/ollama-chat/index.ts';
import { openaiChat } from '../../../src/wires/openai-chat/index.ts';
import { openaiResponses } from '../../../src/wires/openai-responses/index.ts';
import { ARGUMENTS, bodyOf, CUT, LATE, LONELY, NO_RESULT, PNG, UNANSWERED } from './moved-conversation.ts';

it('OpenAI’s chat completions', () => {
  const { body, warnings } = bodyOf(openaiChat);
  const call = (id: string, name: string, args: string) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  });
  expect(warnings).toEqual([UNANSWERED, LONELY, CUT]);
  expect(body).toEqual({
    model: 'm',
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AAAA' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          call('functions.look:0', 'look', ARGUMENTS),
          call('functions.wait:1', 'wait', '{"arguments":"{\\"for\\":"}'),
          call('functions.look:2', 'look', '{}'),
        ],
      },
      { role: 'tool', tool_call_id: 'functions.wait:1', content: 'done' },
      { role: 'tool', tool_call_id: 'functions.look:0', content: '{"seen":9007199254740993}' },
      { role: 'tool', tool_call_id: 'functions.look:2', content: NO_RESULT },
      { role: 'user', content: [{ type: 'text', text: 'Returned by the call functions.look:0:' }, PNG] },
      { role: 'user', content: LATE },
      { role: 'assistant', content: 'I will not say.' },
      { role: 'assistant', content: 'But this: ' },
    ],
  });
});

it('OpenAI’s responses', () => {
  const { body, warnings } = bodyOf(openaiResponses);
  expect(warnings).toEqual([UNANSWERED, LONELY, CUT]);
  expect(body.input).toEqual([
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'input_text', text: 'What is this?' },
        { type: 'input_image', image_url: 'data:image/jpeg;base64,AAAA' },
      ],
    },
    { type: 'function_call', call_id: 'functions.look:0', name: 'look', arguments: ARGUMENTS },
    {
      type: 'function_call',
      call_id: 'functions.wait:1',
      name: 'wait',
      arguments: '{"arguments":"{\\"for\\":"}',
    },
    { type: 'function_call', call_id: 'functions.look:2', name: 'look', arguments: '{}' },
    { type: 'function_call_output', call_id: 'functions.wait:1', output: 'done' },
    {
      type: 'function_call_output',
      call_id: 'functions.look:0',
      output: [
        { type: 'input_text', text: '{"seen":9007199254740993}' },
        { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
      ],
    },
    { type: 'function_call_output', call_id: 'functions.look:2', output: NO_RESULT },
    { role: 'user', content: LATE },
    { role: 'assistant', content: 'I will not say.' },
    { role: 'assistant', content: 'But this: ' },
  ]);
});

it('Anthropic’s messages', () => {
  const { body, text, warnings } = bodyOf(anthropicMessages);
  expect(warnings).toEqual([UNANSWERED, LONELY, CUT]);
  expect(text).toContain('"input":{"id":2512292042121000001}');
  expect(body).toEqual({
    model: 'm',
    max_tokens: 32_000,
    stream: true,
    system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AAAA' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'functions_look_0', name: 'look', input: { id: expect.any(Number) } },
          { type: 'tool_use', id: 'functions_wait_1', name: 'wait', input: { arguments: '{"for":' } },
          { type: 'tool_use', id: 'functions_look_2', name: 'look', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'functions_wait_1', content: [{ type: 'text', text: 'done' }] },
          {
            type: 'tool_result',
            tool_use_id: 'functions_look_0',
            content: [
              { type: 'text', text: '{"seen":9007199254740993}' },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            ],
          },
          {
            type: 'tool_result',
            tool_use_id: 'functions_look_2',
            content: [{ type: 'text', text: NO_RESULT }],
          },
          { type: 'text', text: LATE },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I will not say.' },
          { type: 'text', text: 'But this:' },
        ],
      },
    ],
  });
});

it('Gemini', () => {
  const { body, text, warnings } = bodyOf(gemini, 'gemini-3.8-flash');
  expect(warnings).toEqual([UNANSWERED, LONELY, CUT]);
  expect(text).toContain('"args":{"id":2512292042121000001}');
  expect(text).toContain('"response":{"seen":9007199254740993}');
  expect(body).toEqual({
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      {
        role: 'user',
        parts: [{ text: 'What is this?' }, { inlineData: { mimeType: 'image/jpeg', data: 'AAAA' } }],
      },
      {
        role: 'model',
        parts: [
          {
            functionCall: { id: 'functions.look:0', name: 'look', args: { id: expect.any(Number) } },
            thoughtSignature: 'skip_thought_signature_validator',
          },
          { functionCall: { id: 'functions.wait:1', name: 'wait', args: { arguments: '{"for":' } } },
          { functionCall: { id: 'functions.look:2', name: 'look', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'functions.wait:1', name: 'wait', response: { result: 'done' } } },
          {
            functionResponse: {
              id: 'functions.look:0',
              name: 'look',
              response: { seen: expect.any(Number) },
            },
          },
          { functionResponse: { id: 'functions.look:2', name: 'look', response: { result: NO_RESULT } } },
          { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
          { text: LATE },
        ],
      },
      { role: 'model', parts: [{ text: 'I will not say.' }, { text: 'But this: ' }] },
    ],
  });
});

it('Ollama', () => {
  const { body, text, warnings } = bodyOf(ollamaChat);
  expect(warnings).toEqual([UNANSWERED, CUT]);
  expect(text).toContain('"arguments":{"id":2512292042121000001}');
  expect(body.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'What is this?', images: ['AAAA'] },
    {
      role: 'assistant',
      content: '',
      thinking: 'I must look.',
      tool_calls: [
        { id: 'functions.look:0', function: { name: 'look', arguments: { id: expect.any(Number) } } },
        { id: 'functions.wait:1', function: { name: 'wait', arguments: { arguments: '{"for":' } } },
        { id: 'functions.look:2', function: { name: 'look', arguments: {} } },
      ],
    },
    { role: 'tool', content: 'done', tool_name: 'wait', tool_call_id: 'functions.wait:1' },
    {
      role: 'tool',
      content: '{"seen":9007199254740993}',
      images: ['AAAA'],
      tool_name: 'look',
      tool_call_id: 'functions.look:0',
    },
    { role: 'tool', content: NO_RESULT, tool_name: 'look', tool_call_id: 'functions.look:2' },
    { role: 'tool', content: 'late', tool_call_id: 'gone' },
    { role: 'assistant', content: 'I will not say.' },
    { role: 'assistant', content: 'But this: ' },
  ]);
});

it('Cohere', () => {
  const { body, warnings } = bodyOf(cohereChat);
  const call = (id: string, name: string, args: string) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  });
  expect(warnings).toEqual([UNANSWERED, LONELY, CUT]);
  expect(body.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AAAA' } },
      ],
    },
    {
      role: 'assistant',
      tool_calls: [
        call('functions.look:0', 'look', ARGUMENTS),
        call('functions.wait:1', 'wait', '{"arguments":"{\\"for\\":"}'),
        call('functions.look:2', 'look', '{}'),
      ],
    },
    { role: 'tool', tool_call_id: 'functions.wait:1', content: 'done' },
    { role: 'tool', tool_call_id: 'functions.look:0', content: '{"seen":9007199254740993}' },
    { role: 'tool', tool_call_id: 'functions.look:2', content: NO_RESULT },
    { role: 'user', content: [{ type: 'text', text: 'Returned by the call functions.look:0:' }, PNG] },
    { role: 'user', content: LATE },
    { role: 'assistant', content: 'I will not say.' },
    { role: 'assistant', content: 'But this: ' },
  ]);
});
