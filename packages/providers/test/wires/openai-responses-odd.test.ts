// A response's text is told once, wherever it stands and whatever its events call its items.
import { describe, expect, it } from 'vitest';
import { openaiResponses } from '../../src/wires/openai-responses/index.ts';
import { sse } from './acme.ts';
import { folded, hearWire, textOf } from './hear-wire.ts';

type Event = Readonly<Record<string, unknown>>;

const event = (type: string, fields: object): Event => ({ type: `response.${type}`, ...fields });
const message = (text: unknown, fields: object = {}): Event => ({
  type: 'message',
  content: [{ type: 'output_text', text }],
  ...fields,
});
const completed = (...output: readonly unknown[]): Event =>
  event('completed', { response: { status: 'completed', output } });
const hear = (events: readonly Event[], request = {}) =>
  hearWire(openaiResponses, sse(event('created', { response: { id: 'r' } }), ...events), {}, request);

const HELLO = message('Hello', { id: 'm' });
const delta = (text: unknown, where: object): Event => event('output_text.delta', { delta: text, ...where });
const PIECES = (where: object) => [delta('Hel', where), delta('lo', where)];

describe('the text of a response', () => {
  it.each<[string, readonly Event[]]>([
    ['only in response.completed', [completed(HELLO)]],
    [
      'only in response.completed, behind an item that had events',
      [
        event('output_item.added', { output_index: 0, item: { type: 'reasoning', id: 'r' } }),
        event('output_item.done', { output_index: 0, item: { type: 'reasoning', id: 'r', summary: [] } }),
        completed({ type: 'reasoning', id: 'r', summary: [] }, HELLO),
      ],
    ],
    [
      'in pieces with a place, then whole without one',
      [
        ...PIECES({ item_id: 'm', content_index: 0 }),
        event('output_text.done', { item_id: 'm', text: 'Hello' }),
        completed(HELLO),
      ],
    ],
    [
      'in pieces with another place than in the message',
      [...PIECES({ item_id: 'm', content_index: 1 }), completed(HELLO)],
    ],
    [
      'only in output_text.done',
      [event('output_text.done', { output_index: 0, content_index: 0, text: 'Hello' }), completed()],
    ],
    [
      'only in content_part.done',
      [
        event('content_part.done', {
          output_index: 0,
          content_index: 0,
          part: { type: 'output_text', text: 'Hello' },
        }),
        completed(HELLO),
      ],
    ],
    [
      'only in output_item.done',
      [event('output_item.done', { output_index: 0, item: HELLO }), completed(HELLO)],
    ],
    [
      'in all of them',
      [
        ...PIECES({ output_index: 0, content_index: 0 }),
        event('output_text.done', { output_index: 0, content_index: 0, text: 'Hello' }),
        event('content_part.done', {
          output_index: 0,
          content_index: 0,
          part: { type: 'output_text', text: 'Hello' },
        }),
        event('output_item.done', { output_index: 0, item: HELLO }),
        completed(HELLO),
      ],
    ],
    [
      'in deltas with an id, and items with a place',
      [
        ...PIECES({ item_id: 'm' }),
        event('output_item.done', { output_index: 0, item: HELLO }),
        completed(HELLO),
      ],
    ],
    [
      'in deltas with another id than the item, which has a place',
      [
        ...PIECES({ item_id: 'x' }),
        event('output_item.done', { output_index: 1, item: HELLO }),
        completed({ type: 'reasoning', summary: [] }, HELLO),
      ],
    ],
    [
      'in deltas without id or place',
      [...PIECES({}), event('output_item.done', { output_index: 0, item: HELLO }), completed(HELLO)],
    ],
    [
      'in deltas of an item that is called a function',
      [
        event('output_item.added', { output_index: 0, item: { type: 'message', id: 'm' } }),
        ...PIECES({ output_index: 0 }),
        completed(message('Hello')),
      ],
    ],
    [
      'in deltas before the item is added',
      [
        delta('Hel', { output_index: 0, item_id: 'm' }),
        event('output_item.added', { output_index: 0, item: { type: 'message', id: 'm' } }),
        delta('lo', { output_index: 0, item_id: 'm' }),
        completed(HELLO),
      ],
    ],
    [
      'in two parts, of which one had deltas',
      [
        delta('Hel', { output_index: 0, content_index: 0 }),
        completed({
          type: 'message',
          content: [
            { type: 'output_text', text: 'Hel' },
            { type: 'output_text', text: 'lo' },
          ],
        }),
      ],
    ],
    [
      'in other JSON',
      [delta(['H', 'el'], { output_index: 0 }), delta({ text: 'lo' }, { output_index: 0 }), completed()],
    ],
    ['in an item without a type', [completed({ content: [{ text: 'Hel' }, 'lo'] })]],
  ])('%s', async (_name, events) => {
    const heard = await hear(events);
    expect(heard.error).toBeUndefined();
    expect(textOf(heard)).toBe('Hello');
  });

  it('that cannot be read is an error', async () => {
    const heard = await hear([delta({ value: 'acme' }, {}), completed()]);
    expect(heard.error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('acme') });
  });

  it.each([
    ['qwen3-8b', 'hm', 'so'],
    ['gpt-5', '', '<think>hm</think>so'],
  ])('holds the reasoning of %s between tags', async (model, reasoning, text) => {
    const heard = await hear([delta('<thi', {}), delta('nk>hm</think>so', {}), completed()], { model });
    expect([textOf(heard, 'reasoning-delta'), textOf(heard)]).toEqual([reasoning, text]);
  });
});

describe('reasoning summaries', () => {
  const summary = (summary_index: number, text: string): Event =>
    event('reasoning_summary_text.delta', { output_index: 0, summary_index, delta: text });
  const item = {
    type: 'reasoning',
    summary: [
      { type: 'summary_text', text: '**A**' },
      { type: 'summary_text', text: '**B**' },
    ],
  };

  it.each<[string, readonly Event[]]>([
    [
      'in pieces',
      [summary(0, '**'), summary(0, 'A**'), summary(1, '**B'), summary(1, '**'), completed(item, HELLO)],
    ],
    [
      'whole',
      [
        event('reasoning_summary_text.done', { output_index: 0, summary_index: 0, text: '**A**' }),
        event('reasoning_summary_part.done', { output_index: 0, summary_index: 1, part: { text: '**B**' } }),
        completed(item, HELLO),
      ],
    ],
    ['in the whole response', [completed(item, HELLO)]],
  ])('stand apart, %s', async (_name, events) => {
    expect(textOf(await hear(events), 'reasoning-delta')).toBe('**A**\n\n**B**');
  });
});

describe('an ending', () => {
  it.each<[string, object, object]>([
    [
      'max_output_tokens',
      { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      { reason: 'length' },
    ],
    [
      'content_filter',
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
      { reason: 'content_filter' },
    ],
    ['nothing at all', {}, { reason: 'stop' }],
  ])('by %s', async (_name, response, finish) => {
    const type = 'status' in response ? 'incomplete' : 'completed';
    const heard = await hear([
      ...PIECES({ output_index: 0 }),
      event(type, { response: { ...response, output: [HELLO] } }),
    ]);
    expect(heard.events.at(-1)).toMatchObject({ type: 'finish', ...finish });
  });

  it.each<[string, object]>([
    ['incomplete without details', { status: 'incomplete' }],
    ['incomplete and null details', { status: 'incomplete', incomplete_details: null }],
    ['incomplete by its event alone', {}],
    ['a reason nobody knows', { status: 'incomplete', incomplete_details: { reason: 'tired' } }],
    ['a status nobody knows', { status: 'tired' }],
  ])('that is no good one is an error after the content: %s', async (_name, response) => {
    const heard = await hear([
      ...PIECES({ output_index: 0 }),
      event('incomplete', { response: { ...response, output: [HELLO] } }),
    ]);
    expect([textOf(heard), heard.error?.code]).toEqual(['Hello', 'bad-response']);
  });
});

describe('a call of a tool without a schema', () => {
  const call = { type: 'custom_tool_call', id: 'i', call_id: 'A', name: 'sql', input: 'SELECT 1' };
  const events = [
    event('output_item.added', { output_index: 0, item: { ...call, input: '' } }),
    event('custom_tool_call_input.delta', { output_index: 0, item_id: 'i', delta: 'SELECT ' }),
    event('custom_tool_call_input.delta', { output_index: 0, item_id: 'i', delta: '1' }),
    event('custom_tool_call_input.done', { output_index: 0, item_id: 'i', input: 'SELECT 1' }),
    event('output_item.done', { output_index: 0, item: call }),
    completed(call),
  ];

  it.each([
    { type: 'custom', name: 'sql' },
    { type: 'custom', custom: { name: 'sql' } },
  ])('is the caller’s if he offered %j', async (tool) => {
    for (const said of [events, [completed(call)]]) {
      const { choices } = await folded(await hear(said, { tools: [tool] }));
      expect(choices[0]?.message.tool_calls).toMatchObject([
        { id: 'A', type: 'custom', custom: { name: 'sql', input: 'SELECT 1' } },
      ]);
      expect(choices[0]?.finish_reason).toBe('tool_calls');
    }
  });

  it('is the service’s own if he did not', async () => {
    const { choices } = await folded(await hear([...events.slice(0, -1), completed(call, HELLO)]));
    expect(choices[0]?.message).toMatchObject({ content: 'Hello', content_parts: [call] });
    expect(choices[0]?.message.tool_calls).toBeUndefined();
  });
});
