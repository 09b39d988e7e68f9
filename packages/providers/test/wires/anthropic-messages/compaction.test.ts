// A conversation that the service summed up: its counts are those of the service, and the summary goes back where it is asked for.
import type { Message } from '@g4f/core';
import { expect, it } from 'vitest';
import anthropic from '../../../src/backends/anthropic.ts';
import { anthropicMessages } from '../../../src/wires/anthropic-messages/index.ts';
import { createFakeContext } from '../../backends/fake-context.ts';
import { sse } from '../acme.ts';
import { encoded, user } from '../encoded.ts';
import { folded, hearWire } from '../hear-wire.ts';

const SUMMARY = { type: 'compaction', content: 'We spoke of cats.' };
const counted = {
  input_tokens: 45_000,
  output_tokens: 1234,
  cache_read_input_tokens: 10,
  iterations: [
    { type: 'compaction', input_tokens: 180_000, output_tokens: 3500, cache_read_input_tokens: 5 },
    { type: 'message', input_tokens: 45_000, output_tokens: 1234, cache_read_input_tokens: 10 },
  ],
};
const whole = (usage: object): string =>
  JSON.stringify({
    id: 'm',
    model: 'c',
    content: [SUMMARY, { type: 'text', text: 'So?' }],
    stop_reason: 'end_turn',
    usage,
  });

it.each([
  ['whole', whole(counted)],
  [
    'streamed',
    sse(
      {
        type: 'message_start',
        message: { id: 'm', content: [], usage: { input_tokens: 45_000, output_tokens: 1 } },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'So?' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: counted },
      { type: 'message_stop' },
    ),
  ],
])(
  'the counts are those of the message, and what the summary took stands beside them: %s',
  async (_name, body) => {
    const { usage } = await folded(await hearWire(anthropicMessages, body));
    expect(usage).toMatchObject({
      ...counted,
      prompt_tokens: 45_010,
      completion_tokens: 1234,
      total_tokens: 46_244,
      prompt_tokens_details: { cached_tokens: 10 },
      native: counted,
    });
  },
);

it('the summary goes back with its message, where the request asks for summaries', async () => {
  const { choices } = await folded(await hearWire(anthropicMessages, whole(counted)));
  const messages = [user('Hi'), choices[0]?.message as Message, user('Go on')];
  const said = (more: object): unknown =>
    encoded(anthropicMessages, { messages, ...more }).body.messages[1].content;
  const TEXT = { type: 'text', text: 'So?' };
  expect(said({ context_management: { edits: [{ type: 'compact_20260112' }] } })).toEqual([SUMMARY, TEXT]);
  expect(said({})).toEqual([TEXT]);
  expect(said({ context_management: null })).toEqual([TEXT]);
  expect(said({ context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } })).toEqual([TEXT]);
});

it('the fields that the caller puts over the body decide as well', async () => {
  const summed = { role: 'assistant', content: 'So?', content_parts: [SUMMARY] };
  const messages = [user('Hi'), summed as Message, user('Go on')];
  const sentBy = async (extraBody: object, more: object = {}): Promise<unknown> => {
    const context = createFakeContext({}, { apiKey: 'sk-1' });
    const asked = { model: 'claude-opus-4-6', messages, stream: false, ...more };
    await anthropic
      .chat?.(asked, { ...context, extraBody: { ...extraBody } })
      [Symbol.asyncIterator]()
      .next()
      .catch(() => undefined);
    return JSON.parse(context.requests[0]?.body ?? '').messages[1].content[0].type;
  };
  const asking = { context_management: { edits: [{ type: 'compact_20260112' }] } };
  expect(await sentBy(asking)).toBe('compaction');
  expect(await sentBy({ context_management: { edits: [] } }, asking)).toBe('text');
});
