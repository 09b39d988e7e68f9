// What services refuse with a status of 400 is made fit before it is sent: messages that say nothing, names, thoughts, parameters.
import type { Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { sentTo } from './sent-to.ts';

const said = (value: object): Message => value as Message;
const user = said({ role: 'user', content: 'a' });
const call = (name: string) => ({ id: 'abcdefgh1', type: 'function', function: { name, arguments: '{}' } });
const tool = (name: string) => ({ type: 'function', function: { name, parameters: { type: 'object' } } });
const ask = (id: string, more: object, model = 'm') => sentTo(id, [user], { model, ...more });

const STRICT = [
  'openai',
  'azure-openai',
  'mistral',
  'moonshot',
  'deepseek',
  'xai',
  'zhipu',
  'qwen',
  'minimax',
];

describe.each(STRICT)('%s is sent', (id) => {
  it('no message of the assistant that says nothing, and no empty text', async () => {
    const { body } = await sentTo(id, [
      user,
      said({ role: 'assistant', content: '' }),
      said({ role: 'assistant', content: [{ type: 'text', text: '' }] }),
      said({ role: 'assistant', content: null, reasoning: 'hm' }),
      said({
        role: 'user',
        content: [
          { type: 'text', text: '' },
          { type: 'text', text: 'b' },
        ],
      }),
    ]);
    const texts = body.messages.map(({ role, content }: Record<string, unknown>) => [
      role,
      JSON.stringify(content),
    ]);
    expect(texts.map(([role]: string[]) => role)).toEqual(['user', 'user']);
    expect(texts[1][1]).toContain('b');
    expect(texts[1][1]).not.toContain('""');
  });

  it('no name of blanks', async () => {
    const { body } = await sentTo(id, [said({ role: 'user', content: 'a', name: ' ' })]);
    expect(body.messages).toHaveLength(1);
    expect(body.messages[0]).not.toHaveProperty('name');
  });

  it('the name of a tool as it is, and one that a model made up in its alphabet', async () => {
    const messages = ['look.up now', 'my.tool'].flatMap((name) => [
      user,
      said({ role: 'assistant', content: 'x', tool_calls: [call(name)] }),
      said({ role: 'tool', tool_call_id: 'abcdefgh1', content: 'ok' }),
      said({ role: 'assistant', content: 'y' }),
    ]);
    const { body } = await sentTo(id, [...messages, user], { tools: [tool('my.tool')] });
    const names = body.messages.flatMap(({ tool_calls = [] }: { tool_calls?: ReturnType<typeof call>[] }) =>
      tool_calls.map((one) => one.function.name),
    );
    expect(names).toEqual(['look_up_now', 'my.tool']);
  });
});

it('a speaker has a name without blanks', async () => {
  const { body } = await sentTo('openai', [said({ role: 'user', name: 'John <Doe>', content: 'a' })]);
  expect(body.messages[0].name).toBe('John_Doe_');
});

describe('what ends or begins with thoughts or calls', () => {
  const own = [
    { type: 'reasoning.text', format: 'anthropic-messages', text: 'hm', signature: 'S' },
    { type: 'reasoning.encrypted', format: 'openai-responses', data: 'E', id: 'rs' },
  ];
  const thought = said({ role: 'assistant', content: '', reasoning: 'hm', reasoning_details: own });

  it('Anthropic: a conversation does not end with a thought, and keeps those before', async () => {
    const last = await sentTo('anthropic', [user, thought]);
    expect(last.body.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'a' }] }]);
    const before = await sentTo('anthropic', [user, thought, user]);
    expect(before.body.messages[1].content).toEqual([{ type: 'thinking', thinking: 'hm', signature: 'S' }]);
  });

  it('responses: no reasoning without what it led to', async () => {
    const { body } = await sentTo('openai-responses', [user, thought, user]);
    expect(body.input).toEqual([
      { role: 'user', content: 'a' },
      { role: 'user', content: 'a' },
    ]);
  });

  it('Gemini: somebody speaks before the first call', async () => {
    const { body, warnings } = await sentTo('gemini', [
      said({ role: 'assistant', content: null, tool_calls: [call('f')] }),
      said({ role: 'tool', tool_call_id: 'abcdefgh1', content: 'ok' }),
    ]);
    expect(body.contents.map(({ role }: { role: string }) => role)).toEqual(['user', 'model', 'user']);
    expect(warnings).toEqual([expect.stringContaining('"Go on."')]);
  });
});

describe('parameters', () => {
  it('Gemini: penalties only up to 2.0', async () => {
    const penalties = { presence_penalty: 0.5, frequency_penalty: 0 };
    const { body, warnings } = await ask('gemini', penalties, 'gemini-3.8-flash');
    expect([body.generationConfig, warnings]).toEqual([
      undefined,
      [expect.stringContaining('does not take presence_penalty:')],
    ]);
    const old = await ask('gemini', penalties, 'gemini-2.0-flash');
    expect(old.body.generationConfig).toEqual({ presencePenalty: 0.5, frequencyPenalty: 0 });
  });

  it('Moonshot: no sampling from Kimi K2.5 on', async () => {
    const { body, warnings } = await ask('moonshot', { temperature: 0.3, top_p: 0.9, n: 1 }, 'kimi-k2.6');
    expect([body.temperature, body.top_p, body.n]).toEqual([undefined, undefined, undefined]);
    expect(warnings).toEqual([expect.stringContaining('temperature, top_p:')]);
    expect((await ask('moonshot', { temperature: 1 }, 'kimi-k3')).warnings).toEqual([]);
    expect((await ask('moonshot', { temperature: 0.3 }, 'moonshot-v1-8k')).body.temperature).toBe(0.3);
  });

  it('Qwen: always a stream, because models that think answer in streams alone', async () => {
    const { body } = await ask('qwen', { stream: false }, 'qwen3-32b');
    expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  it('LM Studio: JSON by a schema, and one tool by a word', async () => {
    const tool_choice = { type: 'function', function: { name: 'f' } };
    const { body } = await ask('lmstudio', {
      response_format: { type: 'json_object' },
      tools: [tool('f'), tool('g')],
      tool_choice,
    });
    expect(body).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { schema: { type: 'object' } } },
      tools: [tool('f')],
      tool_choice: 'required',
    });
    const auto = await ask('lmstudio', { tools: [tool('f'), tool('g')], tool_choice: 'auto' });
    expect([auto.body.tools.length, auto.body.tool_choice]).toEqual([2, 'auto']);
  });

  it.each([
    ['gpt-5.6-sol', undefined, 'none'],
    ['gpt-5.4', 'high', 'none'],
    ['gpt-5.4', undefined, undefined],
    ['gpt-5.1', 'high', 'high'],
  ])(
    'OpenAI: %s with functions and effort %s reasons only where a chat can have both',
    async (model, asked, effort) => {
      const more = { reasoning_effort: asked };
      const { body, warnings } = await ask('openai', { tools: [tool('f')], ...more }, model);
      expect(body.reasoning_effort).toBe(effort);
      expect(warnings.length).toBe(effort === 'none' ? 1 : 0);
      expect((await ask('openai', more, model)).body.reasoning_effort).toBe(asked);
    },
  );

  it('OpenAI: o models are not told how to call', async () => {
    const tools = [tool('f')];
    const { body, warnings } = await ask('openai', { tools, parallel_tool_calls: true }, 'o3');
    expect([body.parallel_tool_calls, warnings.length]).toEqual([undefined, 1]);
    expect((await ask('openai', { tools, parallel_tool_calls: false }, 'o3')).warnings).toEqual([]);
    expect(
      (await ask('openai', { tools, parallel_tool_calls: false }, 'gpt-4o')).body.parallel_tool_calls,
    ).toBe(false);
  });
});

it.each([
  ['mistral', 'prefix'],
  ['moonshot', 'partial'],
  ['qwen', 'partial'],
])('%s: an empty beginning that the model goes on with is sent, by its field %s', async (id, field) => {
  const { body } = await sentTo(id, [user, said({ role: 'assistant', content: '', [field]: true })]);
  expect(body.messages).toMatchObject([{ role: 'user' }, { role: 'assistant', [field]: true }]);
});
