// Whole texts that follow their pieces: the rest of them is said, and what is another text is no answer.
import { describe, expect, it } from 'vitest';
import { openaiResponses } from '../../src/wires/openai-responses/index.ts';
import { folded, hearWire } from './hear-wire.ts';
import {
  completed,
  type Event,
  event,
  hear,
  MESSAGE,
  part,
  TEXT_ENDS,
} from './openai-responses/told-events.ts';

const texts = (...pieces: readonly string[]) => pieces.map((delta) => event('output_text.delta', { delta }));

describe.each(TEXT_ENDS)('a text that is whole in %s', (_name, whole) => {
  it.each<[string, readonly string[], string, string]>([
    ['one piece', ['Hel'], 'Hello', 'Hello'],
    ['many pieces', ['a', 'b', 'c', 'd', 'e'], 'abcdefg', 'abcdefg'],
    ['all of it', ['Hel', 'lo'], 'Hello', 'Hello'],
    ['no piece', [], 'Hello', 'Hello'],
    ['blanks around it', ['\n\nHel', 'lo '], 'Hello', '\n\nHello '],
    ['more than it', ['Hello', ' world'], 'Hello', 'Hello world'],
    ['pieces that hold tags', ['<b', '>x'], '<b>x</b>', '<b>x</b>'],
  ])('adds what is missing after %s', async (_case, pieces, text, expected) => {
    expect(await hear(...texts(...pieces), whole(text), completed())).toMatchObject({
      text: expected,
      finish: 'stop',
      code: undefined,
    });
  });

  it.each([
    [['Hel'], 'Goodbye'],
    [['Hel', 'lo'], 'Howdy'],
    [['Hel', 'lo'], 'Help me'],
    [['Hello'], 'Bye'],
  ])('adds nothing to %j where it is %j: what was said stays said', async (pieces, text) => {
    expect(await hear(...texts(...pieces), whole(text), completed())).toMatchObject({
      text: pieces.join(''),
      finish: 'stop',
      code: undefined,
    });
  });
});

it('puts the rest of a text behind no other text', async () => {
  const other = event('output_text.delta', { output_index: 1, item_id: 'j', delta: 'World' });
  const rest = (text: string) => completed([{ ...MESSAGE, content: [part(text)] }]);
  expect(await hear(...texts('Hel'), other, rest('Hello'))).toMatchObject({
    text: 'HelWorld',
    code: 'bad-response',
  });
  expect((await hear(...texts('Hel'), other, rest('Hel\n'))).code).toBeUndefined();
});

it('adds to each text of a message, wherever the message ends', async () => {
  const piece = (delta: string, content_index: number) =>
    event('output_text.delta', { delta, content_index });
  const content = [part('Hello. '), part('Bye.')];
  for (const end of [
    event('output_item.done', { item: { ...MESSAGE, content } }),
    completed([{ ...MESSAGE, content }]),
  ])
    expect(await hear(piece('Hello. ', 0), piece('B', 1), end, completed())).toMatchObject({
      text: 'Hello. Bye.',
      code: undefined,
    });
});

it('adds what the response holds beyond the end of its item, and is not contradicted by it', async () => {
  const closed = event('output_item.done', { item: { ...MESSAGE, content: [] } });
  const last = (text: string) => completed([{ ...MESSAGE, content: [part(text)] }]);
  expect((await hear(closed, last('Hello'))).text).toBe('Hello');
  expect((await hear(...texts('Hel'), closed, last('Hello'))).text).toBe('Hello');
  expect(await hear(...texts('Hello'), closed, last('[removed]'))).toMatchObject({
    text: 'Hello',
    code: undefined,
  });
});

it('adds the rest of a refusal and of a summary', async () => {
  const refusal = event('refusal.delta', { delta: 'I can' });
  expect((await hear(refusal, event('refusal.done', { refusal: 'I cannot.' }), completed())).refusal).toBe(
    'I cannot.',
  );
  const thought = (summary_index: number, delta: string) =>
    event('reasoning_summary_text.delta', { summary_index, delta });
  const ends = event('reasoning_summary_text.done', { summary_index: 1, text: 'Two.' });
  const pieces = [thought(0, 'One.'), thought(1, 'Tw')];
  expect((await hear(...pieces, ends, ...texts('x'), completed())).reasoning).toBe('One.\n\nTwo.');
  const other = event('reasoning_summary_text.done', { summary_index: 1, text: 'Three.' });
  expect(await hear(...pieces, other, completed())).toMatchObject({
    reasoning: 'One.\n\nTw',
    code: undefined,
  });
});

describe('arguments', () => {
  const CALL = { type: 'function_call', id: 'i', call_id: 'c', name: 'f' };
  const added = event('output_item.added', { item: { ...CALL, arguments: '' } });
  const pieces = (...deltas: readonly unknown[]) =>
    deltas.map((delta) => event('function_call_arguments.delta', { delta }));
  const ENDS: readonly (readonly [string, (args: unknown) => Event])[] = [
    ['arguments.done', (args) => event('function_call_arguments.done', { arguments: args })],
    ['output_item.done', (args) => event('output_item.done', { item: { ...CALL, arguments: args } })],
    ['completed', (args) => completed([{ ...CALL, arguments: args }])],
  ];

  describe.each(ENDS)('whole in %s', (_name, whole) => {
    it.each<[readonly unknown[], unknown, string]>([
      [['{"a":'], '{"a":1}', '{"a":1}'],
      [['{"a"', ':'], '{"a":1}', '{"a":1}'],
      [[], '{"a":1}', '{"a":1}'],
      [[], { a: 1 }, '{"a":1}'],
      [[{ a: 1 }], { a: 1 }, '{"a":1}'],
      [['{"a": 1}'], { a: 1 }, '{"a": 1}'],
      [['{"a":'], { a: 1 }, '{"a":1}'],
      [['{}'], '{"a":1}', '{"a":1}'],
      [['{"a":1}'], '{}', '{"a":1}'],
      [['{"a":1}'], '', '{"a":1}'],
      [['{}'], '{}', '{}'],
      [[], '{}', '{}'],
    ])('follow %j with %j', async (deltas, args, expected) => {
      expect(await hear(added, ...pieces(...deltas), whole(args), completed())).toMatchObject({
        calls: [expected],
        finish: 'tool_calls',
        code: undefined,
      });
    });

    it.each([
      [['{"path":"/tmp"}'], '{"path":"/"}'],
      [['{"a":'], '{"b":1}'],
    ])('are no call after %j where they are %j', async (deltas, args) => {
      expect((await hear(added, ...pieces(...deltas), whole(args), completed())).code).toBe('bad-response');
    });
  });

  it('that are whole and followed by others are no answer', async () => {
    for (const end of [[], [event('output_item.done', { item: CALL })]])
      expect((await hear(added, ...pieces('{"a":1}', '{"b":1}'), ...end, completed())).code).toBe(
        'bad-response',
      );
  });

  it('may stand in a function, with the name', async () => {
    const item = { type: 'function_call', call_id: 'c', function: { name: 'f', arguments: '{"a":1}' } };
    const heard = await hear(event('output_item.done', { item }), completed());
    expect(heard.message?.tool_calls).toEqual([{ id: 'c', type: 'function', function: item.function }]);
  });

  it('keep the digits of an object', async () => {
    const digits = '2512292042121000001';
    const done = JSON.stringify(event('output_item.done', { item: { ...CALL, arguments: { id: 0 } } }));
    expect((await hear(done.replace('"id":0}', `"id":${digits}}`), completed())).calls).toEqual([
      `{"id":${digits}}`,
    ]);
  });

  it('of a call that is sent again, at another place, are those of one call', async () => {
    const at = (output_index: number, args: unknown, id = `fc_${output_index}`) =>
      event('output_item.done', { output_index, item_id: undefined, item: { ...CALL, id, arguments: args } });
    const again = [
      event('output_item.added', { output_index: 1, item_id: undefined, item: { ...CALL, id: 'fc_1' } }),
      event('function_call_arguments.delta', { output_index: 1, item_id: 'fc_1', delta: '{"a"' }),
    ];
    const both = completed([
      { ...CALL, arguments: '{"a":1}' },
      { ...CALL, id: 'x', arguments: '{"a": 1}' },
    ]);
    expect(await hear(at(0, '{"a":1}'), ...again, at(1, '{"a":1}'), both)).toMatchObject({
      calls: ['{"a":1}'],
      code: undefined,
    });
    expect((await hear(at(0, '{"a":1}'), at(1, '{"a":2}'), completed())).code).toBe('bad-response');
  });

  it('that came in pieces only must be whole, unless a limit cut them', async () => {
    expect((await hear(added, ...pieces('{"a":'), completed())).code).toBe('stream-truncated');
    const incomplete_details = { reason: 'max_output_tokens' };
    const cut = event('incomplete', { response: { status: 'incomplete', incomplete_details, output: [] } });
    expect(await hear(added, ...pieces('{"a":'), cut)).toMatchObject({ calls: ['{"a":'], finish: 'length' });
  });
});

describe('a response', () => {
  it.each(['in_progress', 'queued'])('that is completed is, though it says it is %s', async (status) => {
    const content = [part('Hello')];
    const end = event('completed', { response: { status, output: [{ ...MESSAGE, content }] } });
    expect(await hear(end)).toMatchObject({ text: 'Hello', finish: 'stop', code: undefined });
  });

  it.each<[string, object]>([
    ['a text', { output: ['Hello'] }],
    ['a message whose content is a text', { output: [{ type: 'message', content: 'Hello' }] }],
    ['no output but a text', { output: [], output_text: 'Hello' }],
    ['a text alone', { output_text: 'Hello' }],
    ['an output that is one message', { output: { type: 'message', content: 'Hello' } }],
  ])('of %s says it', async (_name, response) => {
    const whole = event('completed', { response: { status: 'completed', ...response } });
    expect(await hear(whole)).toMatchObject({ text: 'Hello', code: undefined });
    const body = JSON.stringify({ status: 'completed', ...response });
    const heard = await hearWire(openaiResponses, body, { type: 'application/json' }, { stream: false });
    expect((await folded(heard)).choices[0]?.message.content).toBe('Hello');
  });

  it('keeps parts of a message that are no text', async () => {
    const sound = { type: 'output_audio', data: 'AAAA' };
    const content = [part('Hello'), sound];
    const heard = await hear(event('output_item.done', { item: { ...MESSAGE, content } }), completed());
    expect(heard.message).toMatchObject({ content: 'Hello', content_parts: [sound] });
  });

  it('has a limit of items', async () => {
    const many = (count: number) =>
      completed(Array.from({ length: count }, () => ({ ...MESSAGE, id: undefined, content: 'a' })));
    expect((await hear(many(4096))).text).toHaveLength(4096);
    expect((await hear(many(4097))).code).toBe('bad-response');
  });
});
