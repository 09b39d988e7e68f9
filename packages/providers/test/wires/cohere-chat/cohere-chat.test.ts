// What Cohere says, as its documentation shows it and as services that offer its protocol really send it.
// Source: https://docs.cohere.com/v2/docs/streaming
import { describe, expect, it } from 'vitest';
import { cohereChat } from '../../../src/wires/cohere-chat/index.ts';
import { folded, hearWire, textOf } from '../hear-wire.ts';

const sse = (...payloads: readonly (object | string)[]): string =>
  payloads
    .map((payload) => `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`)
    .join('');
const hear = (...payloads: readonly (object | string)[]) => hearWire(cohereChat, sse(START, ...payloads));
const hearWhole = (body: object | string) =>
  hearWire(
    cohereChat,
    typeof body === 'string' ? body : JSON.stringify(body),
    { type: 'application/json' },
    { stream: false },
  );

const START = {
  type: 'message-start',
  id: 'c1',
  delta: { message: { role: 'assistant', content: [], tool_calls: [] } },
};
const says = (content: unknown, more: object = {}): object => ({
  type: 'content-delta',
  index: 0,
  delta: { message: { content } },
  ...more,
});
const calls = (type: string, tool_calls: unknown, index?: number): object => ({
  type,
  ...(index !== undefined && { index }),
  delta: { message: { tool_calls } },
});
const call = (id: string | undefined, name: string | undefined, args?: unknown): object => ({
  ...(id !== undefined && { id, type: 'function' }),
  function: { ...(name !== undefined && { name }), ...(args !== undefined && { arguments: args }) },
});
const begins = (id: string | undefined, name: string, args: unknown, index?: number) =>
  calls('tool-call-start', call(id, name, args), index);
const goesOn = (args: unknown, index?: number) =>
  calls('tool-call-delta', call(undefined, undefined, args), index);
const ends = (finish_reason: unknown, more: object = {}): object => ({
  type: 'message-end',
  delta: { finish_reason, ...more },
});
const END = ends('COMPLETE');

describe('text', () => {
  it.each<[string, unknown, string, string]>([
    ['an object', { text: 'Hello' }, 'Hello', ''],
    ['a string', 'Hello', 'Hello', ''],
    [
      'a list',
      [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'Hello' },
      ],
      'Hello',
      'hm',
    ],
    ['a number', { text: 1 }, '1', ''],
    ['parts', { text: ['Hel', { type: 'text', text: 'lo' }] }, 'Hello', ''],
    ['thinking', { thinking: ['h', 'm'] }, '', 'hm'],
    ['thinking in a text', [{ type: 'thinking', text: 'hm' }, { text: 'Hello' }], 'Hello', 'hm'],
    ['the same thought and said', { type: 'text', thinking: 'a', text: 'a' }, 'a', 'a'],
  ])('as %s', async (_name, content, text, reasoning) => {
    for (const heard of [
      await hear(says(content), END),
      await hearWhole({ message: { content }, finish_reason: 'COMPLETE' }),
    ]) {
      expect(heard.error).toBeUndefined();
      expect([textOf(heard), textOf(heard, 'reasoning-delta')]).toEqual([text, reasoning]);
    }
  });

  it('is read whatever the event is called', async () => {
    const { type: _, ...nameless } = Object(says({ text: 'Hello' }));
    expect(textOf(await hear(nameless, END))).toBe('Hello');
    expect(textOf(await hear({ ...nameless, type: 'content-start' }, END))).toBe('Hello');
  });

  it('that nobody can read is no answer', async () => {
    const heard = await hear(says({ text: 'a' }), says({ text: { odd: 1 } }), END);
    expect(textOf(heard)).toBe('a');
    expect(heard.error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('odd') });
  });
});

describe('calls', () => {
  const callsIn = async (...payloads: readonly (object | string)[]) => {
    const heard = await hear(...payloads, ends('TOOL_CALL'));
    expect(heard.error).toBeUndefined();
    return (await folded(heard)).choices[0]?.message.tool_calls?.map(
      ({ id, function: { name, arguments: args } }) =>
        id.startsWith('call_') ? [name, args] : [name, args, id],
    );
  };
  const A = ['f', '{"a":1}', 'A'];
  const B = ['g', '{"b":2}', 'B'];

  it.each<[string, readonly object[], readonly (readonly string[])[]]>([
    [
      'in pieces',
      [begins('A', 'f', '', 0), goesOn('{"a"', 0), goesOn(':1}', 0), begins('B', 'g', '{"b":2}', 1)],
      [A, B],
    ],
    [
      'without numbers',
      [begins('A', 'f', ''), goesOn('{"a":1}'), begins('B', 'g', '{"b"'), goesOn(':2}')],
      [A, B],
    ],
    ['all with the number 0', [begins('A', 'f', '{"a":1}', 0), begins('B', 'g', '{"b":2}', 0)], [A, B]],
    [
      'several in one event',
      [calls('tool-call-start', [call('A', 'f', '{"a":1}'), call('B', 'g', '{"b":2}')])],
      [A, B],
    ],
    ['with arguments as objects', [begins('A', 'f', { a: 1 }, 0)], [A]],
    [
      'with numbers that are written as text',
      [
        { ...begins('A', 'f', '{"a"'), index: '0' },
        { ...begins('B', 'g', '{"b"'), index: '1' },
        { ...goesOn(':1}'), index: '0' },
        { ...goesOn(':2}'), index: '1' },
      ],
      [A, B],
    ],
    ['with {} first', [begins('A', 'f', '{}', 0), goesOn('{"a":1}', 0)], [A]],
    ['with the same arguments again', [begins('A', 'f', '{"a":1}', 0), goesOn('{"a":1}', 0)], [A]],
    [
      'without ids',
      [begins(undefined, 'f', '{"a":1}', 0), begins(undefined, 'f', '{"a":2}', 1)],
      [
        ['f', '{"a":1}'],
        ['f', '{"a":2}'],
      ],
    ],
    [
      'without arguments',
      [begins('A', 'f', '', 0), begins('B', 'g', 'null', 1)],
      [
        ['f', '{}', 'A'],
        ['g', '{}', 'B'],
      ],
    ],
  ])('%s', async (_name, payloads, expected) => {
    expect(await callsIn(...payloads)).toEqual(expected);
  });

  it('keep the digits of their numbers', async () => {
    const begun = JSON.stringify(begins('A', 'f', { id: 0 }, 0)).replace(
      '"id":0',
      '"id":2512292042121000001',
    );
    expect(await callsIn(begun)).toEqual([['f', '{"id":2512292042121000001}', 'A']]);
    const whole = JSON.stringify({
      message: { tool_calls: [call('A', 'f', { id: 0 }), call('B', 'g', null)] },
      finish_reason: 'TOOL_CALL',
    });
    const { choices } = await folded(await hearWhole(whole.replace('"id":0', '"id":2512292042121000001')));
    expect(choices[0]?.message.tool_calls?.map((one) => one.function.arguments)).toEqual([
      '{"id":2512292042121000001}',
      '{}',
    ]);
  });

  it('make a turn one that calls; arguments of nobody knows what are no answer', async () => {
    const { choices } = await folded(await hear(begins('A', 'f', '{"a":1}', 0), END));
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    expect((await hear(says({ text: 'a' }), goesOn('{"a":1}', 0), END)).error?.code).toBe('bad-response');
  });
});

describe('an end', () => {
  it.each([
    ['COMPLETE', 'stop'],
    ['STOP_SEQUENCE', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['ERROR_LIMIT', 'length'],
    ['ERROR_TOXIC', 'content_filter'],
  ])('by %s is %s', async (raw, reason) => {
    for (const heard of [
      await hear(says({ text: 'a' }), ends(raw)),
      await hearWhole({ message: { content: 'a' }, finish_reason: raw }),
    ])
      expect((await folded(heard)).choices[0]).toMatchObject({
        finish_reason: reason,
        message: { content: 'a' },
      });
  });

  it.each(['ERROR', 'TIMEOUT', 'USER_CANCEL', 'NOBODY_KNOWS'])('by %s fails after the text', async (raw) => {
    for (const heard of [
      await hear(says({ text: 'a' }), ends(raw)),
      await hearWhole({ message: { content: 'a' }, finish_reason: raw }),
    ]) {
      expect(textOf(heard)).toBe('a');
      expect(heard.error?.code).toMatch(/^(bad-response|server|timeout)$/);
    }
    expect((await hear(ends(raw))).error).toBeDefined();
  });

  it('by a failure has the service’s words, after what was said', async () => {
    for (const heard of [
      await hear(says({ text: 'a' }), ends('ERROR', { error: 'too many requests: rate limit' })),
      await hear(says({ text: 'a' }, { error: { message: 'rate limit' } })),
      await hear(says({ text: 'a' }), { message: 'rate limit exceeded' }),
      await hear(says({ text: 'a' }), { type: 'error', message: 'rate limit exceeded' }),
      await hearWhole({ message: { content: 'a' }, finish_reason: 'ERROR', error: 'rate limit' }),
    ]) {
      expect(textOf(heard)).toBe('a');
      expect(heard.error).toMatchObject({
        code: 'rate-limit',
        message: expect.stringContaining('rate limit'),
      });
    }
  });

  it('without a reason is good where something was said', async () => {
    expect((await hear(says({ text: 'a' }), ends(null))).error).toBeUndefined();
    expect((await hear(ends(null))).error?.code).toBe('bad-response');
    expect((await hear(begins('A', 'f', '{"a"', 0), ends(null))).error?.code).toBe('stream-truncated');
    expect((await hear(begins('A', 'f', '{"a":1}', 0), ends(null))).error).toBeUndefined();
    for (const odd of [3, { type: 'COMPLETE' }])
      expect((await hear(says({ text: 'a' }), ends(odd))).error?.code).toBe('bad-response');
    expect((await hearWhole({ message: { content: [] } })).error?.code).toBe('bad-response');
  });
});
