// A request becomes what the model takes; what it cannot do is said, not dropped in silence.
import type { ChatRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { readRequest } from '../../src/local/asked.ts';

const ask = (more: Partial<ChatRequest>) => {
  const warnings: string[] = [];
  const messages = [{ role: 'user', content: 'Hi' }] as const;
  const asked = readRequest(
    { model: 'm', stream: true, messages, ...more },
    (text) => void warnings.push(text),
  );
  return { ...asked, warnings };
};

const TOOLS = [{ type: 'function', function: { name: 'f' } }] as const;
const schemaFormat = (a: Readonly<Record<string, unknown>>) =>
  ({
    type: 'json_schema',
    json_schema: { name: 'x', schema: { type: 'object', properties: { a: { type: 'string', ...a } } } },
  }) as const;

describe('readRequest', () => {
  it('has defaults that make a small model answer sensibly', () => {
    const { choosing, maxTokens, stops, answers, warnings } = ask({});
    expect(choosing).toMatchObject({ temperature: 0.2, topP: 0.9, repeatPenalty: 1.1 });
    expect({ maxTokens, stops, answers, warnings }).toEqual({
      maxTokens: 1024,
      stops: [],
      answers: 1,
      warnings: [],
    });
  });

  it('takes the parameters it knows', () => {
    const { choosing, maxTokens, stops, answers } = ask({
      temperature: 1.5,
      top_p: 0.5,
      seed: 42,
      presence_penalty: 1,
      frequency_penalty: -1,
      max_tokens: 5,
      max_completion_tokens: 7,
      stop: 'END',
      n: 2,
    });
    expect(choosing).toMatchObject({
      temperature: 1.5,
      topP: 0.5,
      seed: 42,
      presencePenalty: 1,
      frequencyPenalty: -1,
    });
    expect({ maxTokens, stops, answers }).toEqual({ maxTokens: 7, stops: ['END'], answers: 2 });
  });

  it('fits any seed into the 32 bits of the sampler, the same one each time', () => {
    expect(ask({ seed: -1 }).choosing.seed).toBe(0xffffffff);
    expect(ask({ seed: 2 ** 40 + 5 }).choosing.seed).toBe(5);
  });

  it('reads every kind of message as text', () => {
    const { messages } = ask({
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'One ' },
            { type: 'text', text: 'two' },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: '1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } }],
        },
        { role: 'tool', tool_call_id: '1', content: '3' },
      ],
    });
    expect(messages).toEqual([
      { type: 'system', text: 'Be brief.' },
      { type: 'user', text: 'One two' },
      { type: 'model', response: ['\nadd({"a":1})'] },
      { type: 'user', text: '3' },
      { type: 'model', response: [] },
    ]);
  });

  it('says that names of speakers were not sent, once', () => {
    const messages = [
      { role: 'user', name: 'Ann', content: 'Hi' },
      { role: 'user', name: 'Bo', content: 'Hi' },
    ] as const;
    expect(ask({ messages }).warnings).toEqual([
      'local: the embedded model takes no names of speakers: the name of a message was not sent.',
    ]);
  });

  it('names what it cannot honour, and keeps quiet about what changes nothing', () => {
    const { warnings } = ask({ logprobs: true, made_up: 1, other: 2 });
    expect(warnings.map((text) => /"(\w+)"/.exec(text)?.[1])).toEqual(['logprobs', 'made_up', 'other']);
    const nothing = {
      logprobs: false,
      tools: [],
      modalities: ['text'],
      user: 'me',
      stop: null,
      response_format: { type: 'text' },
    } as const;
    expect(
      ask({ ...nothing, tool_choice: 'auto', stream_options: { include_usage: true } }).warnings,
    ).toEqual([]);
  });

  it.each([
    ['tools', { tools: TOOLS }],
    ['tools', { tools: TOOLS, tool_choice: 'required' }],
    ['tool_choice', { tool_choice: 'required' }],
    ['tool_choice', { tool_choice: { type: 'function', function: { name: 'f' } } }],
    ['function_call', { function_call: { name: 'f' } }],
    ['functions', { functions: [{ name: 'f' }] }],
    ['modalities', { modalities: ['text', 'audio'] }],
    ['audio', { audio: { voice: 'x', format: 'wav' } }],
    ['web_search_options', { web_search_options: { search_context_size: 'low' } }],
    ['response_format.json_schema.schema.properties.a', { response_format: schemaFormat({ pattern: 'x' }) }],
  ] satisfies readonly (readonly [string, Partial<ChatRequest>])[])(
    'refuses %s, without which the answer would be another kind of answer: %j',
    (name, more) => {
      expect(() => ask(more)).toThrow(
        expect.objectContaining({
          code: 'invalid-request',
          message: expect.stringContaining(`local: ${name}`),
        }),
      );
    },
  );

  it('refuses a response_format that is none', () => {
    const response_format = JSON.parse('{"type":"grammar"}');
    expect(() => ask({ response_format })).toThrow('response_format.type must be text, json_object or');
  });

  it('answers in words where the caller says that no tool is to be called', () => {
    expect(ask({ tools: TOOLS, tool_choice: 'none' }).warnings).toEqual([]);
  });

  it.each([
    ['json_object', { type: 'json_object' }, 'root ::= object'],
    ['a schema', schemaFormat({ maxLength: 3 }), 'root ::= "{"'],
    ['no schema', { type: 'json_schema', json_schema: { name: 'x' } }, 'root ::= value'],
  ] as const)('makes a grammar of response_format: %s', (_, response_format, beginning) => {
    const { grammar, warnings } = ask({ response_format });
    expect(grammar?.slice(0, beginning.length)).toBe(beginning);
    expect(warnings).toEqual([]);
    expect(ask({}).grammar).toBeUndefined();
  });

  it('refuses pictures and sound, naming the place', () => {
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,' } } as const;
    const content = [{ type: 'text', text: 'What is this?' }, picture] as const;
    expect(() => ask({ messages: [{ role: 'user', content }] })).toThrow(
      /^local: messages\[0\]\.content\[1\] is of type image_url, but the embedded model reads text only/,
    );
  });

  it('refuses numbers that are none', () => {
    expect(() => ask({ temperature: Number.NaN })).toThrow(/temperature must be a number/);
  });
});
