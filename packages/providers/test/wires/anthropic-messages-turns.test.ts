// Anthropic's turns as a whole: paused ones keep the order of their blocks, and an end is believed only at the end.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { openaiChat } from '../../src/wires/openai-chat/index.ts';
import { sse } from './acme.ts';
import { encoded, encodedText, user } from './encoded.ts';
import { folded, hearWire, type Said } from './hear-wire.ts';

const START = { type: 'message_start', message: { id: 'msg', model: 'claude', content: [] } };
const STOP = { type: 'message_stop' };
const ends = (stop_reason: unknown, more: object = {}) => ({
  type: 'message_delta',
  delta: { stop_reason },
  ...more,
});
const block = (index: number, content_block: object, ...deltas: readonly object[]) => [
  { type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
  { type: 'content_block_stop', index },
];
const text = (index: number, ...pieces: readonly string[]) =>
  block(index, { type: 'text', text: '' }, ...pieces.map((piece) => ({ type: 'text_delta', text: piece })));
const hear = (events: readonly (object | string)[], said?: Said) =>
  hearWire(anthropicMessages, sse(...events), said);
const messageIn = async (...events: readonly object[]) => {
  const [choice] = (await folded(await hear([START, ...events, STOP]))).choices;
  if (choice === undefined) throw new Error('no message');
  return choice.message;
};

describe('a paused turn', () => {
  const use = (id: string) => ({ type: 'server_tool_use', id, name: 'web_search', input: { query: 'x' } });
  const result = (id: string) => ({ type: 'web_search_tool_result', tool_use_id: id, content: [] });
  const THOUGHT = { type: 'thinking', thinking: 'hm', signature: 'sig' };
  const story = [
    ...block(0, { type: 'thinking', thinking: 'hm' }, { type: 'signature_delta', signature: 'sig' }),
    ...text(1, 'Let', ' me', ' see', '. '),
    ...block(2, use('a')),
    ...block(3, result('a')),
    ...text(4, 'Now', ' more', ': '),
    ...block(5, { ...use('b'), input: {} }, { type: 'input_json_delta', partial_json: '{"query":"x"}' }),
  ];
  const blocks = [
    THOUGHT,
    { type: 'text', text: 'Let me see. ' },
    use('a'),
    result('a'),
    { type: 'text', text: 'Now more: ' },
    use('b'),
  ];
  const sentBack = (message: object) =>
    encoded(anthropicMessages, { messages: [user('hi'), message as never] });

  it('is sent back with its blocks in their order, and again after JSON', async () => {
    const message = await messageIn(...story, ends('pause_turn'));
    expect(message.content).toBe('Let me see. Now more: ');
    expect(sentBack(message).body.messages.at(-1)).toEqual({ role: 'assistant', content: blocks });
    expect(sentBack(JSON.parse(JSON.stringify(message))).body.messages.at(-1).content).toEqual(blocks);
  });

  it('that came whole is sent back as it was', async () => {
    const body = { id: 'msg', role: 'assistant', content: blocks, stop_reason: 'pause_turn' };
    const heard = await hearWire(
      anthropicMessages,
      JSON.stringify(body),
      { type: 'application/json' },
      { stream: false },
    );
    const message = (await folded(heard)).choices[0]?.message ?? {};
    expect(sentBack(message).body.messages.at(-1).content).toEqual(blocks);
  });

  it('that was changed is sent with its text first, and what is to be done last', async () => {
    const message = await messageIn(...story, ends('pause_turn'));
    expect(sentBack({ ...message, content: 'Short.' }).body.messages.at(-1).content).toEqual([
      THOUGHT,
      { type: 'text', text: 'Short.' },
      use('a'),
      result('a'),
      use('b'),
    ]);
  });

  it('tells no order where nothing is paused, and none to other services', async () => {
    expect(await messageIn(...story, ends('end_turn'))).not.toHaveProperty('paused_turn');
    const paused = await messageIn(...story, ends('pause_turn'));
    const messages = [user('hi'), paused as never, user('and?')];
    expect(encodedText(openaiChat, { messages }).text).not.toMatch(/paused_turn|server_tool_use/);
  });
});

describe('the input of a tool of the service’s own', () => {
  const DIGITS = '{"id":2512292042121000001}';
  const USE = { type: 'server_tool_use', id: 'a', name: 'f' };

  it('keeps its digits, in pieces and whole, and so it goes back', async () => {
    const pieces = block(0, { ...USE, input: {} }, { type: 'input_json_delta', partial_json: DIGITS });
    const whole = JSON.stringify({ ...USE, input: 0 }).replace('"input":0', `"input":${DIGITS}`);
    const begun = `{"type":"content_block_start","index":0,"content_block":${whole}}`;
    for (const events of [pieces, [begun]]) {
      const heard = await hear([START, ...events, ends('pause_turn'), STOP]);
      const message = (await folded(heard)).choices[0]?.message ?? {};
      expect(message).toMatchObject({ content_parts: [{ ...USE, input: DIGITS }] });
      const sent = encodedText(anthropicMessages, { messages: [user('hi'), message as never] }).text;
      expect(sent).toContain(`"input":${DIGITS}`);
    }
  });

  it('is an object where no digit is lost, and text where it is no JSON or nested too deeply', async () => {
    const inputOf = async (partial_json: string) => {
      const { content_parts } = await messageIn(
        ...block(0, { ...USE, input: {} }, { type: 'input_json_delta', partial_json }),
        ends('end_turn'),
      );
      return content_parts?.[0]?.input;
    };
    expect(await inputOf('{"a":1.5,"b":"x"}')).toEqual({ a: 1.5, b: 'x' });
    expect(await inputOf('{"a":')).toBe('{"a":');
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(await inputOf(deep)).toBe(deep);
  });
});

describe('a call that is sent twice', () => {
  const begin = (index: number, input: object = {}) => ({
    type: 'content_block_start',
    index,
    content_block: { type: 'tool_use', id: 't', name: 'f', input },
  });
  const json = (index: number, partial_json: string) => ({
    type: 'content_block_delta',
    index,
    delta: { type: 'input_json_delta', partial_json },
  });
  const stop = (index: number) => ({ type: 'content_block_stop', index });
  const once = (index: number, args: string) => [begin(index), json(index, args), stop(index)];

  it.each<[string, readonly object[]]>([
    ['in two blocks', [...once(0, '{"a":1}'), ...once(1, '{"a": 1}')]],
    ['in pieces and whole', [...once(0, '{"a":1}'), begin(1, { a: 1 }), stop(1)]],
    ['but for its arguments', [...once(0, '{"a":1}'), begin(1), stop(1)]],
    ['in one block', [begin(0), ...once(0, '{"a":1}')]],
  ])('%s is one', async (_name, events) => {
    const { tool_calls } = await messageIn(...events, ends('tool_use'));
    expect(tool_calls?.map(({ function: f }) => f.arguments)).toEqual(['{"a":1}']);
  });

  it('whose whole arguments are followed by others is no answer', async () => {
    const events = [begin(0), json(0, '{"a":1}'), json(0, '{"b":1}'), stop(0), ends('tool_use'), STOP];
    expect((await hear([START, ...events])).error?.code).toBe('bad-response');
  });

  it('with other arguments is no answer', async () => {
    const heard = await hear([START, ...once(0, '{"a":1}'), ...once(1, '{"a":2}'), ends('tool_use'), STOP]);
    expect(heard.error?.code).toBe('bad-response');
  });
});

describe('a reason that the beginning of the message names', () => {
  const early = (content: readonly object[] = []) => ({
    type: 'message_start',
    message: { ...START.message, content, stop_reason: 'end_turn' },
  });

  it('is no end of what follows', async () => {
    const cut = await hear([early(), ...text(0, 'Hel')]);
    expect(cut.error?.code).toBe('stream-truncated');
    const begun = await hear([early([{ type: 'text', text: 'Hel' }]), ...text(0, 'lo')]);
    expect(begun.error?.code).toBe('stream-truncated');
    expect((await hear([early()])).error?.code).toBe('stream-truncated');
  });

  it('is overruled by the end, and believed where the message is whole', async () => {
    const heard = await folded(await hear([early(), ...text(0, 'Hel'), ends('max_tokens'), STOP]));
    expect(heard.choices[0]?.finish_reason).toBe('length');
    const whole = await hear([early([{ type: 'text', text: 'Hello' }])]);
    expect([whole.error, (await folded(whole)).choices[0]?.message.content]).toEqual([undefined, 'Hello']);
  });
});

describe('counts', () => {
  const usageOf = async (...usages: readonly object[]) => {
    const [first = {}, ...others] = usages;
    const messages = others.map((usage, at) => [
      { ...START, message: { ...START.message, usage: at === 0 ? first : {} } },
      ...text(0, 'a'),
      ends(at === others.length - 1 ? 'end_turn' : 'tool_use', { usage }),
      STOP,
    ]);
    return (await folded(await hear(messages.flat()))).usage;
  };

  it('of a second message are not mixed with those of the first', async () => {
    const first = { input_tokens: 50, cache_read_input_tokens: 2400, output_tokens: 1 };
    expect(
      await usageOf(
        first,
        { output_tokens: 9 },
        { input_tokens: 70, cache_read_input_tokens: 0, output_tokens: 5 },
      ),
    ).toMatchObject({ prompt_tokens: 70, completion_tokens: 5, total_tokens: 75 });
  });

  it('of a cache are the parts where their sum is written as 0', async () => {
    const cache_creation = { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 20 };
    const usage = { input_tokens: 50, cache_creation_input_tokens: 0, cache_creation, output_tokens: 1 };
    expect(await usageOf(usage, { output_tokens: 9 })).toMatchObject({
      prompt_tokens: 170,
      prompt_tokens_details: { cache_write_tokens: 120 },
    });
  });
});

it('has a limit of blocks', async () => {
  const many = (count: number) => ({
    content: Array.from({ length: count }, () => ({ type: 'text', text: 'a' })),
    stop_reason: 'end_turn',
  });
  const hearWhole = (body: object) =>
    hearWire(anthropicMessages, JSON.stringify(body), { type: 'application/json' }, { stream: false });
  expect((await hearWhole(many(4096))).error).toBeUndefined();
  expect((await hearWhole(many(4097))).error?.code).toBe('bad-response');
});
