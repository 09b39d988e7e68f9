// What Anthropic is sent: system apart, turns in alternation, a limit always, thinking by the model's age.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../src/wires/anthropic-messages/index.ts';
import { CONVERSATION, encoded, JSON_SCHEMA, SCHEMA, TOOL, user } from '../encoded.ts';

const body = (given: Parameters<typeof encoded>[1], model?: string) =>
  encoded(anthropicMessages, given, model).body;

describe('messages', () => {
  it('are turns of blocks, with all instructions apart', () => {
    expect(encoded(anthropicMessages, { messages: CONVERSATION })).toEqual({
      warnings: [],
      body: {
        model: 'm',
        max_tokens: 32_000,
        stream: true,
        system: [
          { type: 'text', text: 'Be brief.' },
          { type: 'text', text: 'In German.' },
        ],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'text', text: 'Let me look.' },
              { type: 'tool_use', id: 'c1', name: 'look', input: { at: 'it' } },
              { type: 'tool_use', id: 'c2', name: 'wait', input: {} },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'c1',
                content: [{ type: 'text', text: '{"seen":"a cat"}' }],
              },
              { type: 'tool_result', tool_use_id: 'c2', content: [{ type: 'text', text: 'done' }] },
              { type: 'text', text: 'So?' },
            ],
          },
        ],
      },
    });
  });

  it('carry files and addresses, and what parts hold besides', () => {
    const file = (file_data: string) => ({ type: 'file', file: { file_data, filename: 'f' } }) as const;
    const cached = { type: 'text', text: 'long', cache_control: { type: 'ephemeral' } } as const;
    const { messages } = body({
      messages: [
        user([
          { type: 'image_url', image_url: { url: 'https://e.example/a.png' } },
          file('data:application/pdf;base64,JVBE'),
          file('data:text/plain,Gr%C3%BC%C3%9Fe'),
          cached,
        ]),
      ],
    });
    expect(messages[0].content).toEqual([
      { type: 'image', source: { type: 'url', url: 'https://e.example/a.png' } },
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' },
        title: 'f',
      },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Grüße' }, title: 'f' },
      cached,
    ]);
  });

  it('send signed thinking back as it came, and nobody else’s', () => {
    const { messages } = body({
      messages: [
        user('hi'),
        {
          role: 'assistant',
          content: 'a',
          reasoning: 'shown',
          reasoning_details: [
            { type: 'reasoning.text', format: 'anthropic-messages', text: 'hm', signature: 's' },
            { type: 'reasoning.encrypted', format: 'anthropic-messages', data: 'd' },
            { type: 'reasoning.encrypted', format: 'gemini', data: 'other' },
          ],
        },
      ],
    });
    expect(messages[1].content).toEqual([
      { type: 'thinking', thinking: 'hm', signature: 's' },
      { type: 'redacted_thinking', data: 'd' },
      { type: 'text', text: 'a' },
    ]);
  });
});

describe('parameters', () => {
  it('have its names', () => {
    const given = {
      max_tokens: 5,
      stop: 'x',
      temperature: 0.5,
      top_p: 0.9,
      user: 'me',
      tools: [TOOL],
      tool_choice: 'required',
      parallel_tool_calls: false,
      top_k: 3,
    } as const;
    expect(body(given)).toMatchObject({
      max_tokens: 5,
      stop_sequences: ['x'],
      temperature: 0.5,
      top_p: 0.9,
      top_k: 3,
      metadata: { user_id: 'me' },
      tools: [{ name: 'look', description: 'Looks', input_schema: TOOL.function.parameters }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
    });
    expect(body({ response_format: JSON_SCHEMA }).output_config).toEqual({
      format: { type: 'json_schema', schema: SCHEMA },
    });
  });

  it.each([
    ['claude-sonnet-4-5', 'high', { thinking: { type: 'enabled', budget_tokens: 24_576 } }],
    ['claude-opus-4-20250514', 'low', { thinking: { type: 'enabled', budget_tokens: 2048 } }],
    ['claude-sonnet-4-6', 'medium', { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } }],
    ['claude-opus-5-5', 'minimal', { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }],
  ])('%s thinks with effort %s as it can', (model, reasoning_effort, expected) => {
    expect(body({ reasoning_effort }, model)).toMatchObject(expected);
  });

  it('does not think within a limit that is too small, and says so', () => {
    const { body: sent, warnings } = encoded(
      anthropicMessages,
      { reasoning_effort: 'high', max_tokens: 500 },
      'claude-sonnet-4-5',
    );
    expect(sent).not.toHaveProperty('thinking');
    expect(warnings).toEqual([expect.stringContaining('does not think')]);
  });

  it('warn of what has no place', () => {
    const { warnings } = encoded(anthropicMessages, {
      seed: 1,
      n: 2,
      logit_bias: {},
      presence_penalty: 0.1,
      response_format: { type: 'json_object' },
      messages: [user([{ type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } }]), user('Hi')],
    });
    expect(warnings.join('\n')).toMatch(/no place for seed, n, logit_bias, presence_penalty/);
    expect(warnings.join('\n')).toMatch(/JSON only by a schema/);
    expect(warnings.join('\n')).toMatch(/takes no audio/);
  });
});
