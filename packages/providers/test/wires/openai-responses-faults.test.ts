// What a service that speaks OpenAI's responses does oddly or wrong, and what the reader gets all the same.
import { describe, expect, it } from 'vitest';
import { openaiResponses } from '../../src/wires/openai-responses/index.ts';
import { sse } from './acme.ts';
import { folded, hearWire, type Said } from './hear-wire.ts';

type Event = Readonly<Record<string, unknown>>;
const lines = (payloads: readonly (Event | string)[]): string[] =>
  payloads.map((payload) => `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`);
const hear = (payloads: readonly (Event | string)[], said?: Said) =>
  hearWire(openaiResponses, lines(payloads).join(''), said);
/** What came, as one message, or the error. */
const heard = async (payloads: readonly (Event | string)[], said?: Said) => {
  const all = await hear(payloads, said);
  const { choices } = await folded(all);
  return { ...choices[0]?.message, finish: choices[0]?.finish_reason, error: all.error, events: all.events };
};
const whole = (body: Event) => hearWire(openaiResponses, JSON.stringify(body), { type: 'application/json' });

const CREATED = { type: 'response.created', response: { id: 'r', model: 'm', created_at: 1, output: [] } };
const message = (text: string, id = 'msg') => ({
  type: 'message',
  id,
  content: [{ type: 'output_text', text }],
});
const CALL = { type: 'function_call', id: 'fc', call_id: 'c', name: 'f', arguments: '{"a":1}' };
const OPENED = { ...CALL, arguments: '' };
const CALLED = [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }];
const item = (when: 'added' | 'done', its: Event, output_index?: number): Event => ({
  type: `response.output_item.${when}`,
  item: its,
  ...(output_index !== undefined && { output_index }),
});
const says = (delta: string, at: Event = { output_index: 0 }): Event => ({
  type: 'response.output_text.delta',
  delta,
  ...at,
});
const completed = (...output: readonly Event[]): Event => ({
  type: 'response.completed',
  response: { status: 'completed', output, usage: { input_tokens: 1, output_tokens: 2 } },
});

describe('nothing is lost, and nothing is said twice', () => {
  it.each<[string, readonly (Event | string)[]]>([
    [
      'text in pieces, and again at every end',
      [says('a'), says('b'), item('done', message('ab'), 0), completed(message('ab'))],
    ],
    ['text at the end of its item only', [item('done', message('ab'), 0), completed()]],
    ['text at the end of the response only', [item('added', message(''), 0), completed(message('ab'))]],
    ['nothing but the end', [completed(message('ab'))]],
    [
      'no places, only ids',
      [
        says('a', { item_id: 'msg' }),
        says('b', { item_id: 'msg' }),
        item('done', message('ab')),
        completed(message('ab')),
      ],
    ],
    [
      'other ids in every event, but places',
      [
        says('a', { item_id: 'x', output_index: 0 }),
        says('b', { item_id: 'y', output_index: 0 }),
        item('done', message('ab', 'z'), 0),
        completed(message('ab', 'w')),
      ],
    ],
    ['places that begin with 1', [says('ab', { output_index: 1 }), completed(message('ab'))]],
    [
      'an item done twice',
      [item('done', message('ab'), 0), item('done', message('ab'), 0), completed(message('ab'))],
    ],
    ['empty pieces first', [says(''), item('done', message('ab'), 0), completed()]],
    [
      'fields that are null, events nobody knows',
      ['null', '1', { type: 'response.new' }, { type: null }, { ...says('ab'), logprobs: null }, completed()],
    ],
    ['[DONE] behind it', [says('ab'), completed(message('ab')), '[DONE]']],
  ])('%s', async (_name, payloads) => {
    expect(await heard([CREATED, ...payloads])).toMatchObject({
      content: 'ab',
      finish: 'stop',
      error: undefined,
    });
  });

  it.each<[string, readonly Event[]]>([
    [
      'all at every end',
      [
        item('added', OPENED, 0),
        { type: 'response.function_call_arguments.delta', output_index: 0, delta: CALL.arguments },
        { type: 'response.function_call_arguments.done', output_index: 0, arguments: CALL.arguments },
        item('done', CALL, 0),
        completed(CALL),
      ],
    ],
    [
      'whole, without pieces',
      [
        item('added', OPENED, 0),
        { type: 'response.function_call_arguments.done', output_index: 0, arguments: CALL.arguments },
        item('done', CALL, 0),
        completed(CALL),
      ],
    ],
    [
      'whole, and no end of its item',
      [
        item('added', OPENED, 0),
        { type: 'response.function_call_arguments.done', output_index: 0, arguments: CALL.arguments },
        completed(),
      ],
    ],
    ['by the end of the response only', [item('added', OPENED, 0), completed(CALL)]],
  ])('the arguments of a call come %s', async (_name, payloads) => {
    expect(await heard([CREATED, ...payloads])).toMatchObject({ tool_calls: CALLED, finish: 'tool_calls' });
  });

  it('keeps a message and a call apart that have no places', async () => {
    const end = [item('done', message('ab')), item('added', OPENED), item('done', CALL)];
    expect(
      await heard([CREATED, says('ab', { item_id: 'msg' }), ...end, completed(message('ab'), CALL)]),
    ).toMatchObject({
      content: 'ab',
      tool_calls: CALLED,
    });
  });

  it('reads a second response behind a call, though its places begin anew', async () => {
    const second = [CREATED, item('done', message('ab'), 0), completed(message('ab'))];
    expect(await heard([CREATED, item('done', CALL, 0), completed(CALL), ...second])).toMatchObject({
      content: 'ab',
      tool_calls: CALLED,
      error: undefined,
    });
  });

  it('takes no arguments for a call of nothing', async () => {
    const piece = { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{}' };
    const body = sse(CREATED, piece, completed());
    expect((await hearWire(openaiResponses, body)).error).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('a call of no function'),
    });
  });

  it('takes the name of the event where the payload has none', async () => {
    const [created = '', text = '', end = ''] = lines([
      CREATED,
      { delta: 'ab', output_index: 0 },
      completed(),
    ]);
    const body = `${created}event: response.output_text.delta\n${text}${end}`;
    expect((await folded(await hearWire(openaiResponses, body))).choices[0]?.message.content).toBe('ab');
  });

  it('gives a picture once, though it was sent half drawn before', async () => {
    const half = {
      type: 'response.image_generation_call.partial_image',
      partial_image_b64: 'AA',
      output_index: 0,
    };
    const drawn = { type: 'image_generation_call', id: 'ig', result: 'AAAA' };
    expect(await heard([CREATED, half, item('done', drawn, 0), completed(drawn)])).toMatchObject({
      images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
      content_parts: [{ type: 'image_generation_call', id: 'ig' }],
    });
  });

  it('keeps the log probabilities of a whole body', async () => {
    const content = [{ type: 'output_text', text: 'a', logprobs: [{ token: 'a', logprob: -1 }] }];
    const answer = await folded(await whole({ status: 'completed', output: [{ type: 'message', content }] }));
    expect(answer.choices[0]?.logprobs).toEqual({ content: content[0]?.logprobs });
  });
});

describe('what is no whole answer is not taken for one', () => {
  it('ends with each event that is missing, up to the last', async () => {
    const story = [
      CREATED,
      item('added', message(''), 0),
      says('a'),
      item('done', message('a'), 0),
      item('added', OPENED, 1),
      item('done', CALL, 1),
    ];
    for (let length = 1; length <= story.length; length++) {
      const { error, events } = await hear(story.slice(0, length));
      expect(error?.code).toBe('stream-truncated');
      expect(events.map(({ type }) => type)).not.toContain('finish');
    }
    expect((await hear([...story, completed(message('a'), CALL)])).error).toBeUndefined();
  });

  it.each<[string, readonly (Event | string)[], string, string]>([
    ['[DONE] without the end of the response', [says('a'), '[DONE]'], 'stream-truncated', 'a'],
    ['[DONE] and nothing else', ['[DONE]'], 'bad-response', ''],
    ['an event that is no JSON', [says('a'), '{"type":"response.comp'], 'bad-response', 'a'],
    [
      'a response that was given up',
      [says('a'), { type: 'response.completed', response: { status: 'cancelled' } }],
      'server',
      'a',
    ],
    ['a second response that is cut', [completed(CALL), CREATED, says('a')], 'stream-truncated', 'a'],
  ])('%s', async (_name, payloads, code, text) => {
    const { error, content } = await heard([CREATED, ...payloads]);
    expect(error?.code).toBe(code);
    expect(content ?? '').toBe(text);
  });

  it.each([
    ['queued', 'bad-response', 'Ask without "background"'],
    ['in_progress', 'bad-response', 'Ask without "background"'],
    ['cancelled', 'server', 'ended as "cancelled"'],
    ['failed', 'server', 'ended as "failed"'],
  ])('a body that says it is %s', async (status, code, words) => {
    const { error } = await whole({ object: 'response', status, output: [] });
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('makes no arguments up for a call that was cut before its first', async () => {
    const cut = { ...OPENED, status: 'incomplete' };
    const incomplete = {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [cut],
    };
    const end = { type: 'response.incomplete', response: incomplete };
    expect(await heard([CREATED, item('added', OPENED, 0), item('done', cut, 0), end])).toMatchObject({
      finish: 'length',
      tool_calls: [{ id: 'c', function: { name: 'f', arguments: '' } }],
    });
  });
});

it('gives the same events wherever its bytes are cut', async () => {
  const story = [
    CREATED,
    says('ä€'),
    says('😀', { output_index: 0, logprobs: [{ token: '😀' }] }),
    item('done', CALL, 1),
    completed(message(''), CALL),
  ];
  const { events } = await hear(story);
  const { length } = Buffer.from(lines(story).join(''));
  for (let at = 1; at < length; at++) expect((await hear(story, { cut: [at] })).events).toEqual(events);
  for (const size of [1, 2, 3, 7]) expect((await hear(story, { cut: size })).events).toEqual(events);
});
