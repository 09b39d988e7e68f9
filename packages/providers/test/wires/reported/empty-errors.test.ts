// An empty error beside what a model says tells of no failure, on any wire; alone it is all that was said.
import { describe, it } from 'vitest';
import { DONE, sse } from '../acme.ts';
import { check, chunk, completion, type Row } from './play.ts';

const error = {};
const named = (
  ...payloads: readonly { readonly type: string; readonly [field: string]: unknown }[]
): string =>
  payloads.map((one) => `event: ${one.type}\ndata: ${JSON.stringify({ ...one, error })}\n\n`).join('');
const lines = (...payloads: readonly object[]): string =>
  payloads.map((one) => `${JSON.stringify({ ...one, error })}\n`).join('');
const candidate = (text: string, more: object = {}): object => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, ...more }],
  error,
});
const item = { type: 'message', id: 'i', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] };
const response = { id: 'r', model: 'm', error };
const hi = { text: 'Hi', finish: 'stop' };

const ROWS: readonly Row[] = [
  ['beside text', 'chat', sse({ ...chunk({ content: 'Hi' }, 'stop'), error, x_groq: { error } }, DONE), hi],
  ['whole', 'chat', completion({ content: 'Hi' }, 'stop', { error }), hi],
  [
    'beside text',
    'anthropic',
    named(
      { type: 'message_start', message: { id: 'm', model: 'c', content: [] } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop' },
    ),
    hi,
  ],
  [
    'whole',
    'anthropic',
    JSON.stringify({
      id: 'm',
      model: 'c',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hi' }],
      stop_reason: 'end_turn',
      error,
    }),
    hi,
  ],
  ['beside text', 'gemini', sse(candidate('H'), candidate('i', { finishReason: 'STOP' })), hi],
  ['whole', 'gemini', JSON.stringify(candidate('Hi', { finishReason: 'STOP' })), hi],
  [
    'beside text',
    'ollama',
    lines(
      { model: 'm', message: { role: 'assistant', content: 'Hi' }, done: false },
      { model: 'm', done: true, done_reason: 'stop' },
    ),
    hi,
  ],
  [
    'beside text',
    'cohere',
    named(
      { type: 'message-start', id: 'm', delta: { message: { role: 'assistant' } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hi' } } } },
      { type: 'message-end', delta: { finish_reason: 'COMPLETE', error } },
    ),
    hi,
  ],
  [
    'beside text',
    'responses',
    named(
      { type: 'response.created', response },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
      { type: 'response.output_text.delta', output_index: 0, content_index: 0, item_id: 'i', delta: 'Hi' },
      { type: 'response.completed', response: { ...response, status: 'completed', output: [item] } },
    ),
    hi,
  ],
];

describe('an empty error', () => {
  it.each(ROWS)('%s: %s', (...row) => check(row));

  it.each(['chat', 'anthropic', 'gemini', 'cohere', 'responses'] as const)('alone: %s', (wire) =>
    check(['alone', wire, sse({ error }), { error: 'server' }]),
  );

  it('alone: ollama', () => check(['alone', 'ollama', '{"error":{}}\n', { error: 'server' }]));
});
