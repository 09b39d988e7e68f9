// Responses that were asked for whole and came as a stream, and streams whose last event leaves out what was told before.
import { isG4FError, LIMITS, type ResponseRequest, type ResponseStreamEvent } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import openai from '../../../src/backends/openai.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

const RESPONSE = { id: 'resp_1', object: 'response', created_at: 5, model: 'gpt-5.2', output: [] };
const message = (text: string) => ({
  type: 'message',
  id: `m_${text.slice(0, 4)}`,
  content: [{ type: 'output_text', text }],
});
const created = { type: 'response.created', response: { ...RESPONSE, status: 'in_progress' } };
const delta = { type: 'response.output_text.delta', item_id: 'm_Hi', output_index: 0, delta: 'Hi' };
const done = (output_index: number, item: object) => ({
  type: 'response.output_item.done',
  output_index,
  item,
});
const ended = (output: readonly object[], fields: object = {}, status = 'completed') => ({
  type: `response.${status}`,
  response: { ...RESPONSE, status, ...fields, output },
});

async function ask(payloads: readonly object[] | string, stream: boolean, type = 'text/event-stream') {
  const body =
    typeof payloads === 'string'
      ? payloads
      : payloads.map((payload) => `data: ${JSON.stringify(payload)}\n\n`).join('');
  const request: ResponseRequest = { model: 'gpt-5.2', input: 'hi', stream };
  const heard: ResponseStreamEvent[] = [];
  try {
    for await (const part of openai.respond?.(
      request,
      createFakeContext({ type, body }, { apiKey: 'sk-1' }),
    ) ?? [])
      heard.push(...part);
  } catch (error) {
    if (isG4FError(error)) return { heard, error };
    throw error;
  }
  return { heard, error: undefined };
}

describe('a stream where a whole response was asked for', () => {
  const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };

  it.each(['text/event-stream', 'text/plain', 'application/json'])('is its last event (%s)', async (type) => {
    const { heard, error } = await ask(
      [created, delta, done(0, message('Hi')), ended([message('Hi')], { usage })],
      false,
      type,
    );
    expect(error).toBeUndefined();
    expect(heard).toMatchObject([
      { type: 'response.completed', sequence_number: 0, response: { usage, output: [message('Hi')] } },
    ]);
  });

  it('tells that content comes, and nothing of it before its end', async () => {
    const events = [created, delta, ended([message('Hi')])];
    const body = (async function* () {
      for (const event of events) yield new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`);
    })();
    const request: ResponseRequest = { model: 'gpt-5.2', input: 'hi', stream: false };
    const context = createFakeContext({ type: 'text/event-stream', body: '' }, { apiKey: 'sk-1' });
    const send: typeof context.send = async (asked) => ({ ...(await context.send(asked)), body });
    const lengths: number[] = [];
    for await (const part of openai.respond?.(request, { ...context, send }) ?? []) lengths.push(part.length);
    expect(lengths).toEqual([0, 1]);
  });

  it('may be incomplete, and begin with a comment', async () => {
    const last = ended([], { incomplete_details: { reason: 'max_output_tokens' } }, 'incomplete');
    const body = [created, last].map((payload) => `: ping\n\ndata: ${JSON.stringify(payload)}\n\n`).join('');
    expect((await ask(body, false)).heard).toMatchObject([
      { type: 'response.incomplete', sequence_number: 0 },
    ]);
  });

  it.each<[string, readonly object[], string]>([
    ['was cut', [created, delta], 'stream-truncated'],
    [
      'failed',
      [created, { type: 'response.failed', response: { error: { code: 'server_error', message: 'no' } } }],
      'server',
    ],
    ['told nothing', [created, ended([])], 'bad-response'],
    ['told pieces alone', [created, delta, ended([])], 'bad-response'],
  ])('that %s is none', async (_, payloads, code) => {
    expect(await ask(payloads, false)).toMatchObject({ heard: [], error: { code } });
  });
});

describe('a last event with an empty output has the items that were told before', () => {
  it.each([true, false])('stream: %s', async (stream) => {
    const told = [created, done(1, message('two')), done(0, message('one')), ended([])];
    const { heard, error } = await ask(told, stream);
    expect(error).toBeUndefined();
    expect(heard.at(-1)).toMatchObject({ response: { output: [message('one'), message('two')] } });
  });

  it('and its own where it has some', async () => {
    const { heard } = await ask([created, done(0, message('one')), ended([message('other')])], true);
    expect(heard.at(-1)).toMatchObject({ response: { output: [message('other')] } });
  });

  it('but not more of them than an answer may have', async () => {
    const long = message('x'.repeat(LIMITS.foldedCharacters / 2));
    const { heard } = await ask(
      [created, done(0, long), done(1, long), done(2, message('c')), ended([])],
      true,
    );
    expect(heard.at(-1)).toMatchObject({ response: { output: [] } });
  });
});
