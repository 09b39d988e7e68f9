// What Claude models take of sampling, thinking and forced tools, by their age, and what else Anthropic refuses.
import type { Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { encoded, TOOL, user } from './encoded.ts';

type Given = Parameters<typeof encoded>[1];
const ask = (model: string, given: Given) => encoded(anthropicMessages, given, model);

describe('sampling', () => {
  it.each<[string, Given, object, RegExp | undefined]>([
    [
      'claude-3-5-sonnet-20241022',
      { temperature: 0.2, top_p: 0.9, top_k: 5 },
      { temperature: 0.2, top_p: 0.9, top_k: 5 },
      undefined,
    ],
    ['claude-opus-4-20250514', { temperature: 0.2, top_p: 0.9 }, { temperature: 0.2, top_p: 0.9 }, undefined],
    [
      'claude-sonnet-4-5',
      { temperature: 0.2, top_p: 0.9, top_k: 5 },
      { temperature: 0.2, top_k: 5 },
      /^top_p cannot be set/,
    ],
    ['claude-haiku-4-5-20251001', { top_p: 0.9 }, { top_p: 0.9 }, undefined],
    ['claude-opus-4-6', { temperature: 0.2, top_p: 0.9 }, { temperature: 0.2 }, /^top_p cannot/],
    ['claude-opus-4-7', { temperature: 0.2, top_p: 0.9, top_k: 5 }, {}, /^temperature, top_p, top_k cannot/],
    ['claude-sonnet-5', { temperature: 0, top_k: 5 }, {}, /^temperature, top_k cannot/],
    ['claude-fable-5-2', { temperature: 1, top_p: 1 }, {}, undefined],
    ['claude-haiku-5-5', { top_k: 1 }, {}, /^top_k cannot/],
    ['claude-sonnet-4-5', { temperature: 1.7 }, { temperature: 1 }, /ends at 1/],
    [
      'claude-sonnet-4-5',
      { temperature: 0.3, top_p: 0.99, top_k: 5, reasoning_effort: 'low' },
      { top_p: 0.99 },
      /temperature, top_k cannot .* while it thinks/,
    ],
    [
      'another-model',
      { temperature: 0.2, top_p: 0.9, top_k: 5 },
      { temperature: 0.2, top_p: 0.9, top_k: 5 },
      undefined,
    ],
  ])('%s with %j is sent %j', (model, given, expected, warning) => {
    const { body, warnings } = ask(model, given);
    const { temperature, top_p, top_k } = body;
    expect(JSON.parse(JSON.stringify({ temperature, top_p, top_k }))).toEqual(expected);
    expect(warnings.join('\n')).toMatch(warning ?? /^$/);
  });
});

describe('thinking', () => {
  const budget = (budget_tokens: number) => ({ thinking: { type: 'enabled', budget_tokens } });
  const adaptive = (effort: string) => ({ thinking: { type: 'adaptive' }, output_config: { effort } });

  it.each<[string, Given, object, RegExp | undefined]>([
    ['claude-sonnet-4-5', { reasoning_effort: 'xhigh' }, budget(27_904), undefined],
    ['claude-sonnet-4-5', { reasoning_effort: 'max', max_tokens: 64_000 }, budget(59_904), undefined],
    ['claude-sonnet-4-5', { reasoning_effort: 'high', max_tokens: 2000 }, budget(1500), undefined],
    ['claude-sonnet-4-5', { reasoning_effort: 'high', max_tokens: 1300 }, {}, /no room for words/],
    ['claude-opus-4-6', { reasoning_effort: 'xhigh' }, adaptive('high'), /"xhigh": "high"/],
    ['claude-opus-4-6', { reasoning_effort: 'max' }, adaptive('max'), undefined],
    ['claude-opus-4-7', { reasoning_effort: 'xhigh' }, adaptive('xhigh'), undefined],
    ['claude-opus-5', { reasoning_effort: 'minimal' }, adaptive('low'), /"minimal": "low"/],
    ['claude-opus-4-6', { reasoning_effort: 'none' }, {}, undefined],
    ['claude-opus-5', { reasoning_effort: 'none' }, { thinking: { type: 'disabled' } }, undefined],
    ['claude-haiku-5-5', { reasoning_effort: 'none' }, { thinking: { type: 'disabled' } }, undefined],
    ['claude-opus-5-5', { reasoning_effort: 'none' }, { output_config: { effort: 'low' } }, /always thinks/],
    [
      'claude-sonnet-4-5',
      { reasoning_effort: 'low', tools: [TOOL], tool_choice: 'required' },
      { tool_choice: { type: 'any' } },
      /does not think.* forced/,
    ],
    [
      'claude-opus-5',
      {
        reasoning_effort: 'low',
        tools: [TOOL],
        tool_choice: { type: 'function', function: { name: 'look' } },
      },
      { output_config: { effort: 'low' }, tool_choice: { type: 'tool', name: 'look' } },
      /only its effort/,
    ],
    [
      'claude-opus-5',
      { thinking: { type: 'adaptive' }, tools: [TOOL], tool_choice: 'required' },
      { thinking: { type: 'adaptive' }, tool_choice: { type: 'auto' } },
      /no tool can be forced/,
    ],
    [
      'claude-opus-5',
      { reasoning_effort: 'low', tools: [TOOL], tool_choice: 'auto' },
      { ...adaptive('low'), tool_choice: { type: 'auto' } },
      undefined,
    ],
  ])('%s with %j is sent %j', (model, given, expected, warning) => {
    const { body, warnings } = ask(model, given);
    const { thinking, output_config, tool_choice } = body;
    expect(JSON.parse(JSON.stringify({ thinking, output_config, tool_choice }))).toEqual(expected);
    expect(warnings.join('\n')).toMatch(warning ?? /^$/);
    expect(thinking?.budget_tokens ?? 0).toBeLessThan(body.max_tokens);
  });

  it('by a budget does not go on from calls that others made', () => {
    const called = (reasoning_details: object): Given => ({
      reasoning_effort: 'low',
      messages: [
        user('hi'),
        {
          role: 'assistant',
          content: null,
          ...reasoning_details,
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'r' },
      ],
    });
    const own = {
      reasoning_details: [
        { type: 'reasoning.text', format: 'anthropic-messages', text: 'a', signature: 's' },
      ],
    };
    expect(ask('claude-sonnet-4-5', called({})).body.thinking).toBeUndefined();
    expect(ask('claude-sonnet-4-5', called({})).warnings).toEqual([
      expect.stringContaining('without its own thoughts'),
    ]);
    expect(ask('claude-sonnet-4-5', called(own)).body.thinking).toMatchObject({ type: 'enabled' });
    expect(ask('claude-opus-4-6', called({})).body.thinking).toEqual({ type: 'adaptive' });
  });
});

describe('what it refuses of a conversation', () => {
  const turns = (...messages: readonly unknown[]) => ask('m', { messages: messages as readonly Message[] });

  it('blank texts are left out, and blanks at the end of what the assistant said last', () => {
    const { messages, system } = turns(
      { role: 'system', content: ' \n' },
      user('hi'),
      { role: 'assistant', content: '  ' },
      user([
        { type: 'text', text: '\t' },
        { type: 'text', text: ' a ' },
      ]),
      { role: 'assistant', content: 'So \n' },
    ).body;
    expect(system).toBeUndefined();
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'hi' },
          { type: 'text', text: ' a ' },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'So' }] },
    ]);
  });

  it.each([
    ['claude-sonnet-4-5', {}, 'assistant'],
    ['claude-sonnet-4-5', { reasoning_effort: 'low' }, 'user'],
    ['claude-opus-4-6', {}, 'user'],
    ['claude-haiku-5-5', {}, 'user'],
  ])('%s with %j: words of the assistant at the end leave the last turn to the %s', (model, given, role) => {
    const messages = [user('hi'), { role: 'assistant', content: 'So ' }] as const;
    const { body, warnings } = ask(model, { ...given, messages });
    expect(body.messages.at(-1).role).toBe(role);
    expect(warnings.join('\n')).toMatch(role === 'user' ? /asks it to continue/ : /^$/);
  });

  it('instructions alone are what the user says', () => {
    const { body, warnings } = turns({ role: 'system', content: 'Say hi.' });
    expect(body.system).toBeUndefined();
    expect(body.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Say hi.' }] }]);
    expect(warnings).toEqual([expect.stringContaining('instructions only')]);
  });

  it('nothing at all is an error that says so', () => {
    expect(() => turns(user(' '))).toThrow(
      /^messages\[0\]\.content: something that is said was expected, got the string " "/,
    );
  });

  it('ids that are used twice become two, and each result finds its call', () => {
    const call = (content: string) => [
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_0', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'call_0', content },
    ];
    const blocks = turns(user('hi'), ...call('one'), ...call('two')).body.messages.flatMap(
      ({ content }: { content: object[] }) => content,
    );
    const [, first, one, second, two] = blocks;
    expect(first.id).toBe('call_0');
    expect(second.id).toMatch(/^call_0_[a-z0-9]{13}$/);
    expect(one).toMatchObject({ tool_use_id: first.id, content: [{ text: 'one' }] });
    expect(two).toMatchObject({ tool_use_id: second.id, content: [{ text: 'two' }] });
  });

  it('calls of one message without ids of their own find their results in order', () => {
    const call = { id: '', type: 'function', function: { name: 'f', arguments: '{}' } };
    const { messages } = turns(
      user('hi'),
      { role: 'assistant', content: null, tool_calls: [call, call] },
      { role: 'tool', tool_call_id: '', content: 'one' },
      { role: 'tool', tool_call_id: '', content: 'two' },
    ).body;
    const ids = messages[1].content.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(messages[2].content).toMatchObject([
      { tool_use_id: ids[0], content: [{ text: 'one' }] },
      { tool_use_id: ids[1], content: [{ text: 'two' }] },
    ]);
  });

  it('a function and its result, as they were before there were tools, are a call and a result', () => {
    const { messages } = turns(
      user('hi'),
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } },
      { role: 'function', name: 'f', content: 'r' },
    ).body;
    expect(messages.slice(1)).toEqual([
      { role: 'assistant', content: [{ type: 'tool_use', id: 'call_f', name: 'f', input: { a: 1 } }] },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'call_f', content: [{ type: 'text', text: 'r' }] }],
      },
    ]);
  });

  it('a tool without parameters takes an object without any', () => {
    const tools = [
      { type: 'function', function: { name: 'f' } },
      { type: 'function', function: { name: 'g', parameters: {} } },
    ];
    const empty = { type: 'object', properties: {} };
    expect(ask('m', { tools: tools as never }).body.tools).toEqual([
      { name: 'f', input_schema: empty },
      { name: 'g', input_schema: empty },
    ]);
  });

  it('a choice of some tools leaves these only', () => {
    const tools = ['f', 'g'].map((name) => ({ type: 'function', function: { name } }));
    const choice = { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [tools[1]] } };
    const { body } = ask('m', { tools, tool_choice: choice } as never);
    expect(body.tools.map(({ name }: { name: string }) => name)).toEqual(['g']);
    expect(body.tool_choice).toEqual({ type: 'any' });
  });
});
