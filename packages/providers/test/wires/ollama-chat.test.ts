// Ollama: what it is sent, and how its lines are read.
import { type ChatCompletion, fold } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { overWire } from '../../src/service.ts';
import { ollamaChat } from '../../src/wires/ollama-chat.ts';
import { collect, createFakeContext } from '../backends/fake-context.ts';
import { CONVERSATION, encoded, JSON_SCHEMA, SCHEMA, TOOL, user } from './encoded.ts';

const body = (given: Parameters<typeof encoded>[1]) => encoded(ollamaChat, given).body;
const service = overWire(ollamaChat, { baseURL: 'http://127.0.0.1:1' });
const lines = (...payloads: readonly object[]): string =>
  payloads.map((one) => `${JSON.stringify(one)}\n`).join('');
const answer = (text: string): Promise<ChatCompletion> =>
  fold(
    service.chat(
      { model: 'm', messages: [], stream: true },
      createFakeContext({ type: 'application/x-ndjson', body: text }),
    ),
  );
const END = {
  model: 'm',
  created_at: '2026-01-01T00:00:00Z',
  message: { role: 'assistant', content: '' },
  done: true,
  done_reason: 'stop',
  prompt_eval_count: 3,
  eval_count: 4,
  total_duration: 9,
};
const said = (message: object): object => ({
  model: 'm',
  created_at: '2026-01-01T00:00:00Z',
  message,
  done: false,
});

describe('a request', () => {
  it('holds pictures beside the text, calls as objects, results under their function’s name', () => {
    expect(encoded(ollamaChat, { messages: CONVERSATION })).toEqual({
      warnings: [],
      body: {
        model: 'm',
        stream: true,
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'What is this?', images: ['AAAA'] },
          {
            role: 'assistant',
            content: 'Let me look.',
            tool_calls: [
              { id: 'c1', function: { name: 'look', arguments: { at: 'it' } } },
              { id: 'c2', function: { name: 'wait', arguments: {} } },
            ],
          },
          { role: 'tool', content: '{"seen":"a cat"}', tool_name: 'look', tool_call_id: 'c1' },
          { role: 'tool', content: 'done', tool_name: 'wait', tool_call_id: 'c2' },
          { role: 'system', content: 'In German.' },
          { role: 'user', content: 'So?' },
        ],
      },
    });
  });

  it('puts the model’s parameters among its options, under the caller’s own', () => {
    expect(
      body({
        temperature: 0.5,
        max_tokens: 5,
        stop: 'x',
        seed: 1,
        options: { num_ctx: 9, seed: 2 },
        keep_alive: '1m',
        tools: [TOOL],
        response_format: JSON_SCHEMA,
        reasoning_effort: 'high',
      }),
    ).toMatchObject({
      options: { temperature: 0.5, num_predict: 5, stop: ['x'], seed: 2, num_ctx: 9 },
      keep_alive: '1m',
      tools: [TOOL],
      format: SCHEMA,
      think: 'high',
    });
    expect(body({ reasoning_effort: 'none', response_format: { type: 'json_object' } })).toMatchObject({
      think: false,
      format: 'json',
    });
  });

  it('warns of what it cannot take', () => {
    const picture = { type: 'image_url', image_url: { url: 'https://e.example/a.png' } } as const;
    const { warnings } = encoded(ollamaChat, { messages: [user([picture])], tool_choice: 'required', n: 2 });
    expect(warnings).toEqual([
      expect.stringContaining('no place for n'),
      expect.stringContaining('cannot be made to call a tool'),
      expect.stringContaining('pictures only as data URLs'),
    ]);
  });
});

describe('an answer', () => {
  it('is read with its thinking, calls, counts and durations', async () => {
    const call = { function: { name: 'look', arguments: { at: 'it' } } };
    const { choices, usage } = await answer(
      lines(
        said({ thinking: 'hm' }),
        said({ content: 'Hi' }),
        said({ content: '', tool_calls: [call, call] }),
        END,
      ),
    );
    expect(choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      native_finish_reason: 'stop',
      message: { content: 'Hi', reasoning: 'hm' },
    });
    const calls = choices[0]?.message.tool_calls ?? [];
    expect(calls.map((one) => one.function)).toEqual([
      { name: 'look', arguments: '{"at":"it"}' },
      { name: 'look', arguments: '{"at":"it"}' },
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
    expect(usage).toEqual({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, total_duration: 9 });
  });

  it('takes reasoning out of its text', async () => {
    const { choices } = await answer(
      lines(said({ content: '<thi' }), said({ content: 'nk>a</think>b' }), END),
    );
    expect(choices[0]?.message).toMatchObject({ content: 'b', reasoning: 'a' });
  });

  it('is cut at every line but the last', async () => {
    const text = lines(said({ content: 'a' }), said({ content: 'b' }), END);
    for (const cut of [text.indexOf('\n') + 1, text.length - 20]) {
      const events: unknown[] = [];
      const context = createFakeContext({ type: 'application/x-ndjson', body: text.slice(0, cut) });
      const reading = collect(service.chat({ model: 'm', messages: [], stream: true }, context)).then((all) =>
        events.push(...all),
      );
      await expect(reading).rejects.toMatchObject({ code: 'stream-truncated' });
    }
  });

  it.each([
    [
      'a failure in mid-stream',
      lines(said({ content: 'a' }), { error: 'model runner has unexpectedly stopped' }),
      'server',
    ],
    ['a line that is no JSON', `${lines(said({ content: 'a' }))}{oops}\n${lines(END)}`, 'bad-response'],
    ['a web page', '<html></html>', 'bad-response'],
  ])('fails: %s', async (_name, text, code) => {
    await expect(answer(text)).rejects.toMatchObject({ code });
  });
});

it('lists what has been pulled', async () => {
  const list = {
    models: [{ name: 'llama3.2:latest', model: 'llama3.2:latest', modified_at: '2026-01-01T00:00:00Z' }],
  };
  const context = createFakeContext({ body: JSON.stringify(list) });
  expect(await service.listModels(context)).toEqual([{ id: 'llama3.2:latest', created: 1_767_225_600 }]);
});

it.each(['http://box:11434', 'http://box:11434/v1', 'http://box:11434/'])(
  'answers at its root, though it is given %s',
  async (baseURL) => {
    const context = createFakeContext({ body: '{"models":[]}' }, { baseURL });
    await service.listModels(context);
    expect(context.requests[0]?.url).toBe('http://box:11434/api/tags');
  },
);
