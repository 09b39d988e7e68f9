// What a request for a response asks of a service that only chats.
import type { ResponseItem, ResponseRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { toChatRequest } from '../../src/responses/to-chat-request.ts';

const asked = (fields: Partial<ResponseRequest>): ResponseRequest => ({
  model: 'm',
  input: 'hi',
  stream: false,
  ...fields,
});
const messagesOf = (...input: ResponseItem[]) => toChatRequest(asked({ input })).request.messages;

describe('the conversation', () => {
  it('has the instructions above it, and a text is the user’s', () => {
    expect(toChatRequest(asked({ instructions: 'Be short.' })).request.messages).toEqual([
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'hi' },
    ]);
  });

  it('makes one message of what the assistant said in several items', () => {
    const carried = [{ type: 'reasoning.text', format: 'anthropic', text: 'Hm', signature: 's' }];
    expect(
      messagesOf(
        { role: 'user', content: [{ type: 'input_text', text: 'Weather?' }] },
        {
          type: 'reasoning',
          id: 'rs_1',
          summary: [{ type: 'summary_text', text: 'Hm' }],
          encrypted_content: `g4f.reasoning_details:${JSON.stringify(carried)}`,
        },
        {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Let me look.', annotations: [] }],
        },
        { type: 'function_call', call_id: 'c1', name: 'look', arguments: '{}', extra_content: { g: 1 } },
        { type: 'custom_tool_call', call_id: 'c2', name: 'run', input: 'ls' },
        { type: 'function_call_output', call_id: 'c1', output: 'sunny' },
        {
          type: 'custom_tool_call_output',
          call_id: 'c2',
          output: [{ type: 'input_image', image_url: 'https://example.com/a.png', detail: 'low' }],
        },
      ),
    ).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Weather?' }] },
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Let me look.' }],
        reasoning: 'Hm',
        reasoning_details: carried,
        tool_calls: [
          {
            id: 'c1',
            type: 'function',
            function: { name: 'look', arguments: '{}' },
            extra_content: { g: 1 },
          },
          {
            id: 'c2',
            type: 'custom',
            function: { name: 'run', arguments: 'ls' },
            custom: { name: 'run', input: 'ls' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
      {
        role: 'tool',
        tool_call_id: 'c2',
        content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } }],
      },
    ]);
  });

  it('keeps two answers in a row apart, and leaves out reasoning of which nothing came', () => {
    const said = (content: string) => ({ role: 'assistant', content }) as const;
    const thought = { type: 'reasoning', id: 'rs_1', summary: [] } as const;
    expect(messagesOf(said('a'), said('b'), thought)).toEqual([said('a'), said('b')]);
  });

  it('gives sealed reasoning of a service with responses to nobody else', () => {
    const [message] = messagesOf(
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA' },
      { role: 'assistant', content: 'a' },
    );
    expect(message).toMatchObject({
      reasoning_details: [
        { type: 'reasoning.encrypted', format: 'openai-responses', id: 'rs_1', data: 'gAAAA' },
      ],
    });
  });

  it('carries files and sounds', () => {
    const data = 'data:application/pdf;base64,aGk=';
    expect(
      messagesOf({
        role: 'user',
        content: [
          { type: 'input_file', file_data: data, filename: 'a.pdf' },
          { type: 'input_audio', input_audio: { data: 'aGk=', format: 'wav' } },
        ],
      }),
    ).toEqual([
      {
        role: 'user',
        content: [
          { type: 'file', file: { file_data: data, filename: 'a.pdf' } },
          { type: 'input_audio', input_audio: { data: 'aGk=', format: 'wav' } },
        ],
      },
    ]);
  });
});

describe('parameters', () => {
  it('have the names of a chat, and unknown ones stay', () => {
    const { request, warnings, refusals } = toChatRequest(
      asked({
        max_output_tokens: 5,
        temperature: 0.5,
        reasoning: { effort: 'low' },
        text: {
          verbosity: 'low',
          format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true },
        },
        top_logprobs: 2,
        include: ['message.output_text.logprobs', 'reasoning.encrypted_content'],
        client_metadata: { a: 'b' },
        metadata: { a: 'b' },
        top_k: 3,
      }),
    );
    expect({ warnings, refusals }).toEqual({ warnings: [], refusals: [] });
    expect(request).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      stream: false,
      max_tokens: 5,
      temperature: 0.5,
      reasoning_effort: 'low',
      verbosity: 'low',
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'n', schema: { type: 'object' }, strict: true },
      },
      logprobs: true,
      top_logprobs: 2,
      top_k: 3,
    });
  });

  it('nest tools and the choice among them', () => {
    const fn = { type: 'function', name: 'look', parameters: { type: 'object' }, strict: true };
    const custom = {
      type: 'custom',
      name: 'run',
      format: { type: 'grammar', syntax: 'lark', definition: 'start: "a"' },
    };
    const { request } = toChatRequest(
      asked({
        tools: [fn, custom],
        tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'look' }] },
        parallel_tool_calls: false,
      }),
    );
    expect(request).toMatchObject({
      tools: [
        { type: 'function', function: { name: 'look', parameters: { type: 'object' }, strict: true } },
        {
          type: 'custom',
          custom: {
            name: 'run',
            format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: "a"' } },
          },
        },
      ],
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'look' } }] },
      },
      parallel_tool_calls: false,
    });
    expect(
      toChatRequest(asked({ tools: [fn], tool_choice: { type: 'function', name: 'look' } })).request,
    ).toMatchObject({ tool_choice: { type: 'function', function: { name: 'look' } } });
  });

  it.each([{ type: 'web_search' }, { type: 'mcp', server_label: 's' }, { type: 'file_search' }])(
    'leave %j to those who run it, and say so',
    (tool) => {
      const { request, warnings } = toChatRequest(
        asked({ tools: [tool], tool_choice: 'required', parallel_tool_calls: true }),
      );
      expect(request).toEqual({ model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: false });
      expect(warnings).toEqual([expect.stringContaining(tool.type)]);
    },
  );

  it.each(['store', 'background'])('%s is done without, and said so', (name) => {
    const { request, warnings, refusals } = toChatRequest(asked({ [name]: true }));
    expect(request[name]).toBeUndefined();
    expect([warnings.length, refusals]).toEqual([1, []]);
  });

  it.each([
    { previous_response_id: 'resp_1' },
    { conversation: 'conv_1' },
    { prompt: { id: 'pmpt_1' } },
    { input: [{ type: 'item_reference', id: 'msg_1' }] },
    { input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'file_1' }] }] },
    { input: [{ role: 'user', content: [{ type: 'input_file', file_url: 'https://example.com/a.pdf' }] }] },
  ] satisfies Partial<ResponseRequest>[])('refuse %j, without which the answer would be wrong', (fields) => {
    expect(toChatRequest(asked(fields)).refusals).toHaveLength(1);
  });
});
