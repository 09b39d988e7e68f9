// Anthropic's events as services and proxies really send them: what is said is never lost, and never called good when it is not.
import type { StreamEvent } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { encoded, user } from './encoded.ts';
import { folded, hearWire, textOf } from './hear-wire.ts';

const sse = (...payloads: readonly (object | string)[]): string =>
  payloads
    .map((payload) => `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`)
    .join('');
const hear = (...payloads: readonly (object | string)[]) =>
  hearWire(anthropicMessages, sse(START, ...payloads, STOP));
const hearWhole = (body: object) =>
  hearWire(anthropicMessages, JSON.stringify(body), { type: 'application/json' }, { stream: false });

const START = { type: 'message_start', message: { id: 'msg', model: 'claude', content: [] } };
const STOP = { type: 'message_stop' };
const open = (content_block: unknown, index = 0) => ({ type: 'content_block_start', index, content_block });
const add = (delta: unknown, index = 0) => ({ type: 'content_block_delta', index, delta });
const close = (index = 0) => ({ type: 'content_block_stop', index });
const ends = (stop_reason: unknown = 'end_turn', more: object = {}) => ({
  type: 'message_delta',
  delta: { stop_reason },
  ...more,
});
const text = (value: unknown, index = 0) => add({ type: 'text_delta', text: value }, index);
const json = (partial_json: unknown, index = 0) => add({ type: 'input_json_delta', partial_json }, index);
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} };

const callsIn = async (heard: { readonly events: readonly StreamEvent[] }) =>
  (await folded(heard)).choices[0]?.message.tool_calls?.map(({ id, function: { name, arguments: args } }) => [
    id,
    name,
    args,
  ]);

describe('a piece is of the type it names itself', () => {
  it.each<[string, readonly object[], string, string]>([
    ['text inside a call', [open(CALL), text('Hello'), json('{"a":1}'), close()], 'Hello', ''],
    ['text before any block', [text('Hel'), text('lo')], 'Hello', ''],
    [
      'text after its block has ended',
      [open({ type: 'text', text: 'Hel' }), close(), text('lo')],
      'Hello',
      '',
    ],
    [
      'text inside thinking',
      [open({ type: 'thinking', thinking: 'hm' }), text('Hello'), close()],
      'Hello',
      'hm',
    ],
    [
      'thinking inside text',
      [
        open({ type: 'text', text: '' }),
        add({ type: 'thinking_delta', thinking: 'hm' }),
        text('Hello'),
        close(),
      ],
      'Hello',
      'hm',
    ],
    [
      'text inside a search',
      [open({ type: 'server_tool_use', id: 's' }), text('Hello'), close()],
      'Hello',
      '',
    ],
    ['text without a type', [open({ type: 'text' }), add({ text: 'Hello' })], 'Hello', ''],
    ['a block without a type', [open({ text: 'Hel' }), add({ text: 'lo' })], 'Hello', ''],
    ['a piece that is the text', [add('Hello')], 'Hello', ''],
    ['numbers', [open({ type: 'text', text: '[' }), text(1), text(true), text(']')], '[1true]', ''],
    ['lists', [text(['Hel', { type: 'text', text: 'lo' }])], 'Hello', ''],
  ])('%s', async (_name, payloads, said, thought) => {
    const heard = await hear(...payloads, ends());
    expect(heard.error).toBeUndefined();
    expect([textOf(heard), textOf(heard, 'reasoning-delta')]).toEqual([said, thought]);
  });

  it('and what nobody can read is no answer', async () => {
    const heard = await hear(text('a'), text({ image: 'x' }), ends());
    expect(textOf(heard)).toBe('a');
    expect(heard.error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('image') });
  });

  it('and what nobody knows is kept', async () => {
    const { choices } = await folded(
      await hear(text('a'), add({ type: 'mood_delta', mood: 'warm' }), ends()),
    );
    expect(choices[0]?.message.content_parts).toEqual([{ mood: 'warm' }]);
  });

  it('in a whole message as well', async () => {
    const message = async (content: unknown) =>
      (await folded(await hearWhole({ type: 'message', content, stop_reason: 'end_turn' }))).choices[0]
        ?.message;
    expect(await message('Hello')).toMatchObject({ content: 'Hello' });
    expect(await message(['Hel', { type: 'text', text: ['l', 0] }])).toMatchObject({ content: 'Hell0' });
    expect((await hearWhole({ content: [{ type: 'text', text: { a: 1 } }] })).error?.code).toBe(
      'bad-response',
    );
  });
});

describe('a call', () => {
  it.each<[string, readonly object[], readonly string[]]>([
    ['with its arguments in the beginning', [open({ ...CALL, input: { a: 1 } }), close()], ['{"a":1}']],
    [
      'with its arguments in the beginning and again in pieces',
      [open({ ...CALL, input: { a: 1 } }), json('{"a"'), json(':1}'), close()],
      ['{"a":1}'],
    ],
    ['with {} in pieces first', [open(CALL), json('{}'), json('{"a":1}'), close()], ['{"a":1}']],
    ['with its arguments twice', [open(CALL), json('{"a":1}'), json('{"a":1}'), close()], ['{"a":1}']],
    [
      'with two equal pieces',
      [open(CALL), json('{"a":"'), json('x'), json('x'), json('"}'), close()],
      ['{"a":"xx"}'],
    ],
    ['without any', [open(CALL), json(''), close()], ['{}']],
    ['without any, and without an end of its block', [open(CALL)], ['{}']],
    ['with an object as a piece', [open(CALL), json({ a: 1 }), close()], ['{"a":1}']],
    [
      'whose pieces name another block',
      [open({ type: 'text', text: 'Hi' }), close(), open(CALL, 1), json('{"a":1}', 0), close(1)],
      ['{"a":1}'],
    ],
    [
      'after another at the same number',
      [open(CALL), json('{"a":1}'), close(), open({ ...CALL, id: 'toolu_2' }), json('{"b":2}'), close()],
      ['{"a":1}', '{"b":2}'],
    ],
  ])('%s is whole', async (_name, payloads, args) => {
    const heard = await hear(...payloads, ends('tool_use'));
    expect(heard.error).toBeUndefined();
    expect((await callsIn(heard))?.map(([, , one]) => one)).toEqual(args);
  });

  it('keeps the digits of its numbers, at its beginning, in its pieces and in a whole message', async () => {
    const input = '{"id":2512292042121000001,"in":[9007199254740993]}';
    const begins = JSON.stringify(open(CALL)).replace('{}', input);
    const piece = JSON.stringify(json({})).replace('{}', input);
    for (const payloads of [
      [begins, close()],
      [open(CALL), piece, close()],
    ]) {
      const heard = await hear(...payloads, ends('tool_use'));
      expect(await callsIn(heard)).toEqual([['toolu_1', 'f', input]]);
    }
    const body = JSON.stringify({ content: [CALL], stop_reason: 'tool_use' }).replace('{}', input);
    const heard = await hearWire(anthropicMessages, body, { type: 'application/json' }, { stream: false });
    expect(await callsIn(heard)).toEqual([['toolu_1', 'f', input]]);
  });

  it('that nobody knows the name of is no answer', async () => {
    expect((await hear(text('a'), json('{"a":1}'), ends('tool_use'))).error?.code).toBe('bad-response');
    expect((await hear(text('a'), json(''), ends())).error).toBeUndefined();
  });

  it('makes a turn one that calls, whatever it is said to end with', async () => {
    const { choices } = await folded(await hear(open(CALL), close(), ends('end_turn')));
    expect(choices[0]).toMatchObject({ finish_reason: 'tool_calls', native_finish_reason: 'end_turn' });
  });

  it('is not whole because the message ends', async () => {
    expect((await hear(open(CALL), json('{"a":'), ends('tool_use'))).error?.code).toBe('stream-truncated');
    expect((await hear(open(CALL), json('{"a":'), ends('max_tokens'))).error).toBeUndefined();
  });
});

describe('an end', () => {
  it.each([
    ['error', /^(server|bad-response)$/],
    ['cancelled', /^(server|bad-response)$/],
    ['nobody_knows', /^bad-response$/],
  ])('by %s fails after the text', async (reason, code) => {
    const heard = await hear(text('a'), ends(reason));
    expect(textOf(heard)).toBe('a');
    expect(heard.error?.code).toMatch(code);
    expect((await hear(ends(reason))).error?.code).toMatch(code);
    expect((await hearWhole({ content: [], stop_reason: reason })).error?.code).toMatch(code);
  });

  it('without a reason is good where something was said', async () => {
    expect((await hear(text('a'), ends(null))).error).toBeUndefined();
    expect((await hear(ends(null))).error?.code).toBe('bad-response');
    expect((await hear(ends('end_turn'))).error).toBeUndefined();
  });

  it('by a pause can be continued, and what the service did is there to be sent back', async () => {
    const search = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'x' } };
    const { choices } = await folded(
      await hear(text('Let me see.'), open(search, 1), close(1), ends('pause_turn')),
    );
    expect(choices[0]).toMatchObject({
      finish_reason: 'length',
      native_finish_reason: 'pause_turn',
      message: { content: 'Let me see.', content_parts: [search] },
    });
    const message = choices[0]?.message;
    if (message === undefined) throw new Error('no message');
    const { body } = encoded(anthropicMessages, { messages: [user('hi'), message] });
    expect(body.messages.at(-1)).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'Let me see.' }, search],
    });
    const later = encoded(anthropicMessages, { messages: [user('hi'), message, user('and?')] });
    expect(JSON.stringify(later.body.messages)).not.toContain('server_tool_use');
  });

  it('closes what is still open', async () => {
    const { choices } = await folded(
      await hear(
        open({ type: 'thinking', thinking: 'hm' }),
        add({ type: 'signature_delta', signature: 's' }),
        ends(),
      ),
    );
    expect(choices[0]?.message.reasoning_details).toMatchObject([{ text: 'hm', signature: 's' }]);
  });

  it('by a failure beside what is said comes after it', async () => {
    const failure = { error: { type: 'overloaded_error', message: 'busy' } };
    for (const heard of [
      await hear({ ...text('a'), ...failure }, ends()),
      await hear(text('a'), ends('end_turn', failure)),
      await hear(text('a'), { type: 'error', message: 'overloaded' }, ends()),
      await hear(text('a'), JSON.stringify([{ type: 'error', ...failure }])),
      await hearWhole({ content: [{ type: 'text', text: 'a' }], ...failure }),
    ]) {
      expect(textOf(heard)).toBe('a');
      expect(heard.error?.code).toBe('server');
    }
  });
});
