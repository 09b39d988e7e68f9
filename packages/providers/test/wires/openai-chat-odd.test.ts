// What services of chat completions really send: text in other JSON, whole messages after their deltas, endings of their own.
import { LIMITS } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { openaiChat } from '../../src/wires/openai-chat/index.ts';
import { DONE, finishes, says, sse } from './acme.ts';
import { folded, hearWire, textOf } from './hear-wire.ts';

const delta = (fields: unknown, finish_reason: string | null = null): unknown => ({
  choices: [{ index: 0, delta: fields, finish_reason }],
});
const message = (fields: unknown, finish_reason: string | null = null): unknown => ({
  choices: [{ index: 0, message: fields, finish_reason }],
});

const hear = (payloads: readonly unknown[], model = 'm', stream = true) =>
  hearWire(openaiChat, sse(...payloads), {}, { model, stream });

describe('text in other JSON', () => {
  it.each<[string, unknown, string]>([
    ['a number', 1, '1'],
    ['zero', 0, '0'],
    ['a boolean', false, 'false'],
    ['a list of strings', ['a', 'b'], 'ab'],
    ['a list of numbers', [1, 2], '12'],
    ['an object', { type: 'text', text: 'a' }, 'a'],
    ['an object whose text is a number', { text: 7 }, '7'],
    ['a list of objects', [{ type: 'text', text: 'a' }, { type: 'output_text', text: 'b' }, 'c'], 'abc'],
    ['nothing', {}, ''],
  ])('%s', async (_name, content, text) => {
    const streamed = await hear([says('['), delta({ content }), says(']', 'stop'), DONE]);
    expect(streamed.error).toBeUndefined();
    expect(textOf(streamed)).toBe(`[${text}]`);
    const whole = { choices: [{ message: { content: ['[', content, ']'] }, finish_reason: 'stop' }] };
    expect(textOf(await hearWire(openaiChat, JSON.stringify(whole)))).toBe(`[${text}]`);
  });

  it.each<[string, unknown]>([
    ['an object without text', { value: 'acme' }],
    ['a list with one', ['a', { value: 'acme' }]],
  ])('that cannot be read is an error: %s', async (_name, content) => {
    const heard = await hear([says('a'), delta({ content }), says('b', 'stop'), DONE]);
    expect(heard.error).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('"value":"acme"'),
    });
  });

  it.each<[unknown, string]>([
    [[{ type: 'reasoning', text: 'hm' }], 'hm'],
    [[{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }], 'hm'],
    [{ type: 'thinking', thinking: 'hm' }, 'hm'],
    [[{ type: 'reasoning_content', reasoning_content: ['h', 'm'] }], 'hm'],
  ])('that is reasoning: %j', async (content, reasoning) => {
    const heard = await hear([delta({ content }), says('Hello!', 'stop'), DONE]);
    expect([textOf(heard, 'reasoning-delta'), textOf(heard)]).toEqual([reasoning, 'Hello!']);
  });

  it('and reasoning fields', async () => {
    const heard = await hear([
      delta({ reasoning_content: ['a', { text: 'b' }] }),
      delta({ reasoning: 3 }),
      delta('Hi', 'stop'),
    ]);
    expect([textOf(heard, 'reasoning-delta'), textOf(heard)]).toEqual(['ab3', 'Hi']);
    const bad = await hear([delta({ reasoning: { effort: 'high' } }), says('a', 'stop')]);
    expect(bad.error?.code).toBe('bad-response');
  });
});

describe('a whole message', () => {
  const PIECES = [says('Hel'), says('lo'), says(' wor'), says('ld'), says('!')];

  it.each<[string, readonly unknown[], string]>([
    ['after its deltas', [...PIECES, message({ content: 'Hello world!' }, 'stop')], 'Hello world!'],
    ['that says more', [...PIECES.slice(0, 3), message({ content: 'Hello world!' }, 'stop')], 'Hello world!'],
    [
      'that says more, before the finish',
      [...PIECES.slice(0, 3), message({ content: 'Hello world!' }), finishes('stop')],
      'Hello world!',
    ],
    [
      'beside each delta',
      [
        { choices: [{ delta: { content: 'Hel' }, message: { content: 'Hel' } }] },
        { choices: [{ delta: { content: 'lo' }, message: { content: 'Hello' }, finish_reason: 'stop' }] },
      ],
      'Hello',
    ],
    [
      'ahead of its deltas',
      [{ choices: [{ delta: { content: 'Hel' }, message: { content: 'Hello' } }] }, says('lo', 'stop')],
      'Hello',
    ],
    ['that says something else', [says('Hello'), message({ content: 'Bye, then.' }, 'stop')], 'Hello'],
    ['that says nothing', [says('Hello'), message({ content: null }, 'stop')], 'Hello'],
    [
      'in another JSON',
      [says('Hel'), message({ content: [{ type: 'text', text: 'Hello' }] }, 'stop')],
      'Hello',
    ],
    ['alone', [message({ content: 'Hello' }, 'stop')], 'Hello'],
    ['in pieces', [message({ content: 'Hel' }), message({ content: 'lo' }, 'stop')], 'Hello'],
    [
      'in pieces, and once more',
      [message({ content: 'Hel' }), message({ content: 'lo' }), message({ content: 'Hello' }, 'stop')],
      'Hello',
    ],
  ])('%s', async (_name, payloads, text) => {
    for (const cut of [100_000, 7]) {
      const heard = await hearWire(openaiChat, sse(...payloads, DONE), { cut });
      expect(heard.error).toBeUndefined();
      expect(textOf(heard)).toBe(text);
    }
  });

  it('after deltas that repeat each other', async () => {
    const pieces = Array.from({ length: 50 }, (_, at) => says(`word${at} `));
    const all = Array.from({ length: 50 }, (_, at) => `word${at} `).join('');
    const heard = await hear([...pieces, message({ content: `${all}end` }, 'stop'), DONE]);
    expect(textOf(heard)).toBe(`${all}end`);
  });

  it('repeats the fields of its deltas', async () => {
    const heard = await hear([
      delta({ refusal: 'No' }),
      delta({ refusal: '.' }),
      says('x'),
      message({ content: 'x', refusal: 'No.' }, 'stop'),
    ]);
    expect((await folded(heard)).choices[0]?.message.refusal).toBe('No.');
  });
});

describe('an ending', () => {
  it.each([
    ['function_call_filter: MALFORMED_FUNCTION_CALL', 'bad-response'],
    ['something_else', 'bad-response'],
    ['error', 'server'],
    ['constructor', 'bad-response'],
  ])('that is no good one is an error after the content: %s', async (reason, code) => {
    const heard = await hear([says('Hello', reason), DONE]);
    expect(textOf(heard)).toBe('Hello');
    expect(heard.error).toMatchObject({ code, message: expect.stringContaining(reason) });
    const whole = { choices: [{ message: { content: 'Hello' }, finish_reason: reason }] };
    const said = await hearWire(openaiChat, JSON.stringify(whole));
    expect([textOf(said), said.error?.code]).toEqual(['Hello', code]);
    expect((await hear([finishes(reason), DONE])).error?.code).toBe(code);
  });

  it('without a reason is one only where something was said', async () => {
    const role = { role: 'assistant', content: '' };
    expect((await hear([delta(role), DONE])).error?.code).toBe('bad-response');
    expect((await hear([delta({ role: 'assistant', refusal: 'No.' }), DONE])).error).toBeUndefined();
    expect((await hear([delta(role), says('<thi'), DONE])).error).toBeUndefined();
    expect((await hear([delta(role, 'stop'), DONE])).error).toBeUndefined();
    const whole = { choices: [{ message: { role: 'assistant', content: '' } }] };
    expect((await hearWire(openaiChat, JSON.stringify(whole))).error?.code).toBe('bad-response');
  });

  it('with every piece tears no tag', async () => {
    const heard = await hear(['<thi', 'nk>h', 'm</', 'think>He', 'llo'].map((text) => says(text, 'stop')));
    expect([textOf(heard, 'reasoning-delta'), textOf(heard)]).toEqual(['hm', 'Hello']);
  });

  it.each([
    ['stop', 'content_filter', 'content_filter'],
    ['stop', 'length', 'length'],
    ['length', 'stop', 'length'],
    ['tool_calls', 'stop', 'tool_calls'],
  ])('"%s" before "%s" is %s', async (first, second, reason) => {
    const heard = await hear([says('Hel', first), delta({}, second), DONE]);
    expect(heard.events.at(-1)).toMatchObject({ type: 'finish', reason });
  });

  it('of an answer that calls is none of words alone', async () => {
    const tool_calls = [{ index: 0, id: 'A', function: { name: 'f', arguments: '{"a":1}' } }];
    for (const said of [delta({ tool_calls }, 'stop'), message({ tool_calls }, 'stop')])
      expect((await hear([said, DONE])).events.at(-1)).toEqual({
        type: 'finish',
        reason: 'tool_calls',
        rawReason: 'stop',
      });
  });

  it('that was followed by content does not count', async () => {
    const heard = await hear([says('Hel', 'something_else'), says('lo', 'stop'), DONE]);
    expect([textOf(heard), heard.error]).toEqual(['Hello', undefined]);
  });
});

describe('choices', () => {
  it('may be numbered in text', async () => {
    const choice = (index: unknown, content: string, finish_reason: string | null = null) => ({
      choices: [{ index, delta: { content }, finish_reason }],
    });
    const heard = await hearWire(
      openaiChat,
      sse(choice('0', 'a'), choice('1', 'b'), choice('0', 'c', 'stop'), choice('1', 'd', 'stop'), DONE),
      {},
      { n: 2 },
    );
    expect((await folded(heard)).choices.map(({ message: { content } }) => content)).toEqual(['ac', 'bd']);
  });

  it('without numbers are told apart by their places', async () => {
    const both = (a: string, b: string, finish_reason: string | null = null) => ({
      choices: [a, b].map((content) => ({ delta: { content }, finish_reason })),
    });
    const heard = await hearWire(openaiChat, sse(both('a', 'b'), both('c', 'd', 'stop'), DONE), {}, { n: 2 });
    expect((await folded(heard)).choices.map(({ message: { content } }) => content)).toEqual(['ac', 'bd']);
  });

  it('are as many as there may be, and no more', async () => {
    const some = (count: number) => ({
      choices: Array.from({ length: count }, (_, index) => ({
        index,
        delta: { content: 'a' },
        finish_reason: 'stop',
      })),
    });
    expect((await hear([some(LIMITS.choices), DONE])).error).toBeUndefined();
    expect((await hear([some(LIMITS.choices + 1), DONE])).error).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining(`${LIMITS.choices} choices`),
    });
  });
});

describe('a closing tag alone', () => {
  it.each(['deepseek-ai/DeepSeek-R1', 'deepseek-r1:8b', 'qwq-32b', 'Qwen/Qwen3-235B-A22B-Thinking-2507'])(
    'ends the reasoning of %s',
    async (model) => {
      const heard = await hear(
        [says('hm'), says(' so</th'), says('ink>\n\nHello'), says('!', 'stop'), DONE],
        model,
      );
      expect([textOf(heard, 'reasoning-delta'), textOf(heard)]).toEqual(['hm so', '\n\nHello!']);
    },
  );

  it.each(['gpt-4o', 'qwen3-coder', 'deepseek-v3'])('is text of %s', async (model) => {
    const heard = await hear([says('hm</think>Hello', 'stop'), DONE], model);
    expect(textOf(heard)).toBe('hm</think>Hello');
  });

  it('is text where reasoning came in its own field', async () => {
    const heard = await hear([delta({ reasoning: 'hm' }), says('a </think> b', 'stop'), DONE], 'qwq-32b');
    expect(textOf(heard)).toBe('a </think> b');
  });

  it('ends long reasoning of an answer that comes whole', async () => {
    const long = 'hm '.repeat(2000);
    const whole = { choices: [{ message: { content: `${long}</think>Hello` }, finish_reason: 'stop' }] };
    const heard = await hearWire(openaiChat, JSON.stringify(whole), {}, { model: 'qwq-32b', stream: false });
    expect([textOf(heard, 'reasoning-delta'), textOf(heard)]).toEqual([long, 'Hello']);
  });

  it('leaves what is cut off as it came', async () => {
    const heard = await hear([says('Hello')], 'qwq-32b');
    expect([textOf(heard), heard.error?.code]).toEqual(['Hello', 'stream-truncated']);
  });
});
