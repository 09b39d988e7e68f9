// Anthropic: how its events are read, beside what the recordings show.
import { type ChatCompletion, fold } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { overWire } from '../../../src/provider/over-wire.ts';
import { anthropicMessages } from '../../../src/wires/anthropic-messages/index.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

const service = overWire(anthropicMessages, { id: 'acme', baseURL: 'http://127.0.0.1:1' });
const ask = (body: string): Promise<ChatCompletion> =>
  fold(
    service.chat(
      { model: 'm', messages: [], stream: true },
      createFakeContext({ body, type: 'text/event-stream' }),
    ),
  );
const events = (...payloads: readonly { readonly type: string }[]): string =>
  payloads.map((payload) => `event: ${payload.type}\ndata: ${JSON.stringify(payload)}\n\n`).join('');

const START = {
  type: 'message_start',
  message: {
    id: 'msg',
    model: 'claude',
    content: [],
    usage: { input_tokens: 3, cache_read_input_tokens: 2 },
  },
};
const open = (content_block: object, index = 0) => ({ type: 'content_block_start', index, content_block });
const add = (delta: object, index = 0) => ({ type: 'content_block_delta', index, delta });
const close = (index = 0) => ({ type: 'content_block_stop', index });
const ends = (stop_reason: string) => ({
  type: 'message_delta',
  delta: { stop_reason },
  usage: { output_tokens: 4 },
});
const STOP = { type: 'message_stop' };
const TEXT = [open({ type: 'text', text: '' }), add({ type: 'text_delta', text: 'Hi' }), close()];

it('reads text, pings and counts', async () => {
  const { id, model, choices, usage } = await ask(
    events(START, { type: 'ping' }, ...TEXT, ends('end_turn'), STOP),
  );
  expect({ id, model }).toEqual({ id: 'msg', model: 'claude' });
  expect(choices[0]).toMatchObject({
    finish_reason: 'stop',
    native_finish_reason: 'end_turn',
    message: { content: 'Hi' },
  });
  expect(usage).toMatchObject({
    prompt_tokens: 5,
    completion_tokens: 4,
    total_tokens: 9,
    prompt_tokens_details: { cached_tokens: 2 },
  });
});

it('reads an answer whose start was lost on the way', async () => {
  const { model, choices } = await ask(events(...TEXT, ends('end_turn'), STOP));
  expect(model).toBe('m');
  expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Hi' } });
});

it('keeps thinking with its signature, block by block', async () => {
  const { choices } = await ask(
    events(
      START,
      open({ type: 'thinking', thinking: '' }),
      add({ type: 'thinking_delta', thinking: 'a' }),
      add({ type: 'thinking_delta', thinking: 'b' }),
      add({ type: 'signature_delta', signature: 's' }),
      close(),
      open({ type: 'redacted_thinking', data: 'sealed' }, 1),
      close(1),
      ...TEXT,
      ends('end_turn'),
      STOP,
    ),
  );
  expect(choices[0]?.message).toMatchObject({
    reasoning: 'ab',
    reasoning_details: [
      { type: 'reasoning.text', format: 'anthropic-messages', text: 'ab', signature: 's' },
      { type: 'reasoning.encrypted', format: 'anthropic-messages', data: 'sealed' },
    ],
  });
});

it('keeps what the service did itself, whole', async () => {
  const search = { type: 'server_tool_use', id: 't', name: 'web_search', input: {} };
  const { choices } = await ask(
    events(
      START,
      open(search),
      add({ type: 'input_json_delta', partial_json: '{"query":' }),
      add({ type: 'input_json_delta', partial_json: '"x"}' }),
      close(),
      ...TEXT,
      ends('end_turn'),
      STOP,
    ),
  );
  expect(choices[0]?.message.content_parts).toEqual([{ ...search, input: { query: 'x' } }]);
  expect(choices[0]?.message.tool_calls).toBeUndefined();
});

describe('an end', () => {
  it.each([
    ['max_tokens', 'length'],
    ['stop_sequence', 'stop'],
    ['refusal', 'content_filter'],
    ['model_context_window_exceeded', 'length'],
    ['pause_turn', 'length'],
    ['compaction', 'length'],
  ])('by %s is %s', async (raw, reason) => {
    const { choices } = await ask(events(START, ...TEXT, ends(raw), STOP));
    expect(choices[0]).toMatchObject({ finish_reason: reason });
  });

  it('is told from a cut at every event', async () => {
    const all = [START, ...TEXT, ends('end_turn'), STOP];
    for (let length = 1; length < all.length - 1; length++) {
      await expect(ask(events(...all.slice(0, length)))).rejects.toMatchObject({ code: 'stream-truncated' });
    }
    await expect(ask(events(...all.slice(0, -1)))).resolves.toBeDefined();
  });

  it('never makes a call of cut arguments', async () => {
    const cut = events(
      START,
      open({ type: 'tool_use', id: 'c', name: 'f', input: {} }),
      add({ type: 'input_json_delta', partial_json: '{"a":' }),
    );
    await expect(ask(cut)).rejects.toMatchObject({ code: 'stream-truncated' });
    await expect(ask(`${cut}${events(START, ...TEXT, ends('end_turn'), STOP)}`)).rejects.toMatchObject({
      code: 'stream-truncated',
    });
  });

  it.each([
    ['overloaded_error', 'server'],
    ['rate_limit_error', 'rate-limit'],
    ['authentication_error', 'auth'],
    ['invalid_request_error', 'invalid-request'],
  ])('by an event of %s fails with %s', async (type, code) => {
    const failure = { type: 'error', error: { type, message: 'because' } };
    await expect(ask(events(START, ...TEXT, failure))).rejects.toMatchObject({
      code,
      message: expect.stringContaining('because'),
    });
  });
});
