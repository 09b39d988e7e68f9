// OpenAI's responses: how their events are read, beside what the recordings show.
import { type ChatCompletion, fold } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { overWire } from '../../../src/provider/over-wire.ts';
import { openaiResponses } from '../../../src/wires/openai-responses/index.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

const service = overWire(openaiResponses, { id: 'acme', baseURL: 'http://127.0.0.1:1' });
const ask = (body: string): Promise<ChatCompletion> =>
  fold(
    service.chat(
      { model: 'm', messages: [], stream: true },
      createFakeContext({ body, type: 'text/event-stream' }),
    ),
  );
interface Event {
  readonly type: string;
  readonly [field: string]: unknown;
}
const events = (...payloads: readonly Event[]): string =>
  payloads.map((payload) => `event: ${payload.type}\ndata: ${JSON.stringify(payload)}\n\n`).join('');

const RESPONSE = { id: 'resp', model: 'gpt', created_at: 7 };
const CREATED = { type: 'response.created', response: { ...RESPONSE, output: [] } };
const text = (delta: string): Event => ({ type: 'response.output_text.delta', output_index: 0, delta });
const done = (item: object, output_index = 0): Event => ({
  type: 'response.output_item.done',
  output_index,
  item,
});
const ended = (more: object = {}, type = 'response.completed'): Event => ({
  type,
  response: {
    ...RESPONSE,
    status: 'completed',
    output: [{ type: 'message' }],
    usage: { input_tokens: 3, output_tokens: 4 },
    ...more,
  },
});
const CALL = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{"a":1}' };

it('reads text once, though the end repeats it', async () => {
  const message = { type: 'message', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] };
  const { id, created, choices, usage } = await ask(
    events(CREATED, text('H'), text('i'), done(message), ended({ output: [message] })),
  );
  expect({ id, created }).toEqual({ id: 'resp', created: 7 });
  expect(choices[0]).toMatchObject({
    finish_reason: 'stop',
    native_finish_reason: 'completed',
    message: { content: 'Hi' },
  });
  expect(usage).toMatchObject({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 });
});

it.each<[string, readonly Event[]]>([
  [
    'in pieces',
    [
      { type: 'response.output_item.added', output_index: 0, item: { ...CALL, arguments: '' } },
      { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"a":' },
      { type: 'response.function_call_arguments.delta', output_index: 0, delta: '1}' },
      done(CALL),
    ],
  ],
  ['whole, at its end only', [done(CALL)]],
])('reads a call that comes %s', async (_name, payloads) => {
  const { choices } = await ask(events(CREATED, ...payloads, ended({ output: [CALL] })));
  expect(choices[0]).toMatchObject({
    finish_reason: 'tool_calls',
    message: { tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }] },
  });
});

it('reads reasoning, refusals, pages, pictures, and keeps what it has no place for', async () => {
  const { choices } = await ask(
    events(
      CREATED,
      { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'hm' },
      done({ type: 'reasoning', id: 'rs', encrypted_content: 'sealed', summary: [{ text: 'hm' }] }),
      { ...text('See.'), output_index: 1 },
      {
        type: 'response.output_text.annotation.added',
        output_index: 1,
        annotation: {
          type: 'url_citation',
          url: 'https://e.example',
          title: 'E',
          start_index: 0,
          end_index: 4,
        },
      },
      { type: 'response.refusal.delta', output_index: 2, delta: 'No' },
      done({ type: 'image_generation_call', id: 'ig', result: 'AAAA', output_format: 'webp' }, 3),
      done({ type: 'web_search_call', id: 'ws', status: 'completed' }, 4),
      ended(),
    ),
  );
  expect(choices[0]?.message).toMatchObject({
    reasoning: 'hm',
    reasoning_details: [
      { type: 'reasoning.encrypted', format: 'openai-responses', id: 'rs', data: 'sealed' },
    ],
    content: 'See.',
    annotations: [
      {
        type: 'url_citation',
        url_citation: { url: 'https://e.example', title: 'E', start_index: 0, end_index: 4 },
      },
    ],
    refusal: 'No',
    images: [{ type: 'image_url', image_url: { url: 'data:image/webp;base64,AAAA' } }],
    content_parts: [
      { type: 'image_generation_call', id: 'ig', output_format: 'webp' },
      { type: 'web_search_call', id: 'ws' },
    ],
  });
});

describe('an end', () => {
  const incomplete = (reason: string) =>
    ended({ status: 'incomplete', incomplete_details: { reason } }, 'response.incomplete');
  it.each([
    ['max_output_tokens', 'length'],
    ['max_messages', 'length'],
    ['content_filter', 'content_filter'],
  ])('that is incomplete by %s is %s', async (raw, reason) => {
    const { choices } = await ask(events(CREATED, text('a'), incomplete(raw)));
    expect(choices[0]).toMatchObject({ finish_reason: reason });
  });

  it.each<[string, string, string]>([
    [
      'a response that failed',
      events(
        CREATED,
        text('a'),
        ended(
          { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'slow' } },
          'response.failed',
        ),
      ),
      'rate-limit',
    ],
    [
      'an error event',
      events(CREATED, text('a'), { type: 'error', code: 'server_error', message: 'broken' }),
      'server',
    ],
    ['no end', events(CREATED, text('a')), 'stream-truncated'],
    [
      'a call that is cut',
      events(CREATED, { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"a' }),
      'stream-truncated',
    ],
  ])('fails: %s', async (_name, body, code) => {
    await expect(ask(body)).rejects.toMatchObject({ code, provider: 'acme' });
  });
});
