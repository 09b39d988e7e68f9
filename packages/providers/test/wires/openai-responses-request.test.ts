// What OpenAI's responses are sent: items instead of messages, and nothing left at the service.
import { describe, expect, it } from 'vitest';
import { openaiResponses } from '../../src/wires/openai-responses.ts';
import { CONVERSATION, encoded, JSON_SCHEMA, SCHEMA, TOOL, user } from './encoded.ts';

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
          { type: 'function_call', call_id: 'c2', name: 'wait', arguments: '' },
          { type: 'function_call_output', call_id: 'c1', output: '{"seen":"a cat"}' },
          { type: 'function_call_output', call_id: 'c2', output: 'done' },
          { role: 'developer', content: 'In German.' },
          { role: 'user', content: 'So?' },
        ],
      },
    });
  });

  it('send sealed reasoning back', () => {
    const { input } = body({
      messages: [
        user('hi'),
        {
          role: 'assistant',
          content: 'a',
          reasoning_details: [
            { type: 'reasoning.encrypted', format: 'openai-responses', id: 'rs_1', data: 'sealed' },
          ],
        },
      ],
    });
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
  });

  it('warn of what has no place', () => {
    expect(encoded(openaiResponses, { stop: 'x', seed: 1, n: 2 }).warnings).toEqual([
      expect.stringContaining('no place for stop, seed, n'),
    ]);
  });
});
