// What OpenAI's responses are sent: items instead of messages, and nothing left at the service.
import { describe, expect, it } from 'vitest';
import { openaiResponses } from '../../../src/wires/openai-responses/index.ts';
import { CONVERSATION, encoded, JSON_SCHEMA, SCHEMA, TOOL, user } from '../encoded.ts';

const body = (given: Parameters<typeof encoded>[1], model?: string) =>
  encoded(openaiResponses, given, model).body;

describe('messages', () => {
  it('are items, one for each call and result', () => {
    expect(encoded(openaiResponses, { messages: CONVERSATION })).toEqual({
      warnings: [],
      body: {
        model: 'm',
        stream: true,
        store: false,
        input: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'What is this?' },
              { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
            ],
          },
          { role: 'assistant', content: 'Let me look.' },
          { type: 'function_call', call_id: 'c1', name: 'look', arguments: '{"at":"it"}' },
          { type: 'function_call', call_id: 'c2', name: 'wait', arguments: '{}' },
          { type: 'function_call_output', call_id: 'c1', output: '{"seen":"a cat"}' },
          { type: 'function_call_output', call_id: 'c2', output: 'done' },
          { role: 'developer', content: 'In German.' },
          { role: 'user', content: 'So?' },
        ],
      },
    });
  });

  it('have parts of every kind but sound, which is warned of', () => {
    const sound = { type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } } as const;
    const { body: sent, warnings } = encoded(openaiResponses, {
      // Which holds the call.
      previous_response_id: 'resp_1',
      messages: [
        user([
          { type: 'image_url', image_url: { url: 'https://e.example/a.png', detail: 'low' } },
          sound,
          { type: 'file', file: { file_data: 'data:application/pdf;base64,AA', filename: 'a.pdf' } },
          { type: 'file', file: { file_id: 'file-1' } },
        ]),
        {
          role: 'tool',
          tool_call_id: 'c',
          content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }],
        },
      ],
    });
    expect(warnings).toEqual(['this provider takes no audio: a part of a message was not sent.']);
    expect(sent.input).toEqual([
      {
        role: 'user',
        content: [
          { type: 'input_image', image_url: 'https://e.example/a.png', detail: 'low' },
          { type: 'input_file', file_data: 'data:application/pdf;base64,AA', filename: 'a.pdf' },
          { type: 'input_file', file_id: 'file-1' },
        ],
      },
      {
        type: 'function_call_output',
        call_id: 'c',
        output: [{ type: 'input_image', image_url: 'data:image/png;base64,AA' }],
      },
    ]);
  });

  it('of the assistant are text: what else they held is warned of', () => {
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } } as const;
    const refusal = { type: 'refusal', refusal: 'No.' } as const;
    const said = encoded(openaiResponses, { messages: [{ role: 'assistant', content: [picture, refusal] }] });
    expect(said.body.input).toEqual([{ role: 'assistant', content: 'No.' }]);
    expect(said.warnings).toEqual([expect.stringContaining('only the text of what the assistant said')]);
  });

  it('send sealed reasoning back, their own and no other', () => {
    const { input } = body({
      messages: [
        user('hi'),
        {
          role: 'assistant',
          content: 'a',
          reasoning_details: [
            { type: 'reasoning.encrypted', format: 'gemini', data: 'of another' },
            { type: 'reasoning.encrypted', format: 'openai-responses', id: 'rs_1', data: 'sealed' },
          ],
        },
      ],
    });
    expect(input).toHaveLength(3);
    expect(input[1]).toEqual({ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' });
  });
});

describe('parameters', () => {
  it('have their places here', () => {
    expect(
      body({
        max_tokens: 5,
        tools: [TOOL, { type: 'web_search' } as never],
        tool_choice: { type: 'function', function: { name: 'look' } },
        response_format: JSON_SCHEMA,
        verbosity: 'low',
        reasoning_effort: 'high',
        reasoning: { summary: 'auto' },
        previous_response_id: 'resp_1',
        store: true,
      }),
    ).toMatchObject({
      max_output_tokens: 5,
      tools: [
        {
          type: 'function',
          name: 'look',
          description: 'Looks',
          parameters: TOOL.function.parameters,
          strict: false,
        },
        { type: 'web_search' },
      ],
      tool_choice: { type: 'function', name: 'look' },
      text: { format: { type: 'json_schema', name: 'n', schema: SCHEMA }, verbosity: 'low' },
      reasoning: { effort: 'high', summary: 'auto' },
      previous_response_id: 'resp_1',
      store: true,
    });
  });

  it('ask for sealed reasoning where nothing is stored and the model reasons', () => {
    expect(body({}, 'gpt-5.1').include).toEqual(['reasoning.encrypted_content']);
    expect(body({}, 'gpt-4o').include).toBeUndefined();
    expect(body({ store: true }, 'gpt-5.1').include).toBeUndefined();
    // It does not reason, and refuses to be asked.
    expect(body({}, 'gpt-5-chat-latest').include).toBeUndefined();
    expect(body({ reasoning_effort: 'low' }, 'my-deployment').include).toEqual([
      'reasoning.encrypted_content',
    ]);
    expect(body({ logprobs: true, include: ['file_search_call.results'] }, 'gpt-5.1').include).toEqual([
      'reasoning.encrypted_content',
      'message.output_text.logprobs',
      'file_search_call.results',
    ]);
  });

  it('stand beside their type, not below its name', () => {
    const grammar = { syntax: 'lark', definition: 'start: "a"' };
    const custom = { type: 'custom', custom: { name: 'g', format: { type: 'grammar', grammar } } };
    const tools = [{ type: 'function', function: { name: 'look' } }];
    const choice = { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools } };
    expect(body({ tools: [custom as never], tool_choice: choice as never })).toMatchObject({
      tools: [{ type: 'custom', name: 'g', format: { type: 'grammar', ...grammar } }],
      tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'look' }] },
    });
    expect(body({ prompt: { id: 'p' }, tool_choice: 'required' }).tool_choice).toBe('required');
  });

  it('warn of what has no place', () => {
    expect(encoded(openaiResponses, { stop: 'x', seed: 1, n: 2 }).warnings).toEqual([
      expect.stringContaining('no place for stop, seed, n'),
    ]);
  });
});
