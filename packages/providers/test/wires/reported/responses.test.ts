// Responses and Cohere's chats as servers and proxies were reported to stream them: nothing is lost, and nothing is said twice.
import { describe, it } from 'vitest';
import { DONE, sse } from '../acme.ts';
import { check, type Row } from './play.ts';

const stream = (...events: readonly object[]): string =>
  sse({ type: 'response.created', response: { id: 'r', status: 'in_progress', output: [] } }, ...events);
const completed = (...output: readonly object[]): object => ({
  type: 'response.completed',
  response: { id: 'r', status: 'completed', output },
});
const said = (delta: string, more: object = {}): object => ({
  type: 'response.output_text.delta',
  delta,
  ...more,
});
const message = (id: string, text?: string): object => ({
  type: 'message',
  id,
  role: 'assistant',
  content: text === undefined ? [] : [{ type: 'output_text', text, annotations: [] }],
});
const reasoning = (id: string, text?: string): object => ({
  type: 'reasoning',
  id,
  summary: text === undefined ? [] : [{ type: 'summary_text', text }],
});
const call = (id: string, call_id: string, name: string, args = ''): object => ({
  type: 'function_call',
  id,
  call_id,
  name,
  arguments: args,
});
const added = (item: object | null, more: object = {}): object => ({
  type: 'response.output_item.added',
  item,
  ...more,
});
const ended = (item: object): object => ({ type: 'response.output_item.done', output_index: 0, item });
const argued = (item_id: string, delta: string): object => ({
  type: 'response.function_call_arguments.delta',
  item_id,
  output_index: 0,
  delta,
});
const hi = { text: 'Hi', finish: 'stop' };
const cohere = (...events: readonly object[]): string =>
  sse(
    {
      type: 'message-start',
      id: 'c',
      delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [] } },
    },
    ...events,
  );
const cohereSays = (content: object, index = 0): object => ({
  type: 'content-delta',
  index,
  delta: { message: { content } },
});
const cohereEnds = (finish_reason: string): object => ({ type: 'message-end', delta: { finish_reason } });

const ROWS: readonly Row[] = [
  [
    'https://github.com/lemonade-sdk/lemonade/issues/3607: no numbers of items and parts',
    'responses',
    stream(
      added(reasoning('rs')),
      { type: 'response.reasoning_text.delta', item_id: 'rs', delta: 'hm' },
      { type: 'response.output_item.done', item: reasoning('rs') },
      added(message('m')),
      said('H', { item_id: 'm' }),
      said('i', { item_id: 'm' }),
      { type: 'response.output_text.done', item_id: 'm', text: 'Hi' },
      { type: 'response.output_item.done', item: message('m', 'Hi') },
      completed(reasoning('rs'), message('m', 'Hi')),
    ),
    { reasoning: 'hm', ...hi },
  ],
  [
    'https://github.com/BerriAI/litellm/pull/36375: one number for several items, another id with every piece',
    'responses',
    stream(
      added(reasoning('rs_1'), { output_index: 0 }),
      {
        type: 'response.reasoning_summary_text.delta',
        item_id: 'rs_a',
        output_index: 0,
        summary_index: 0,
        delta: 'h',
      },
      {
        type: 'response.reasoning_summary_text.delta',
        item_id: 'rs_b',
        output_index: 0,
        summary_index: 0,
        delta: 'm',
      },
      said('H', { item_id: 'msg_a', output_index: 0, content_index: 0 }),
      said('i', { item_id: 'msg_b', output_index: 0, content_index: 0 }),
      completed(reasoning('rs_z', 'hm'), message('msg_z', 'Hi')),
    ),
    { reasoning: 'hm', ...hi },
  ],
  [
    'the same, reasoning and words by turns',
    'responses',
    stream(
      {
        type: 'response.reasoning_summary_text.delta',
        item_id: 'rs_a',
        output_index: 0,
        summary_index: 0,
        delta: 'h',
      },
      said('H', { item_id: 'msg_a', output_index: 0 }),
      {
        type: 'response.reasoning_summary_text.delta',
        item_id: 'rs_b',
        output_index: 0,
        summary_index: 0,
        delta: 'm',
      },
      said('i', { item_id: 'msg_b', output_index: 0 }),
      completed(reasoning('rs_z', 'hm'), message('msg_z', 'Hi')),
    ),
    { reasoning: 'hm', ...hi },
  ],
  [
    'https://github.com/teabranch/open-responses-server/pull/63: one number for a call and a message',
    'responses',
    stream(
      added(call('fc', 'c', 'f'), { output_index: 0 }),
      argued('fc', '{"a":1}'),
      { type: 'response.function_call_arguments.done', item_id: 'fc', output_index: 0, arguments: '{"a":1}' },
      added(message('m'), { output_index: 0 }),
      said('Hi', { item_id: 'm', output_index: 0, content_index: 0 }),
      completed(call('fc', 'c', 'f', '{"a":1}'), message('m', 'Hi')),
    ),
    { text: 'Hi', calls: ['f({"a":1})'], finish: 'tool_calls' },
  ],
  [
    'the same for two calls, their pieces by turns',
    'responses',
    stream(
      added(call('fc1', 'c1', 'f'), { output_index: 0 }),
      added(call('fc2', 'c2', 'g'), { output_index: 0 }),
      argued('fc1', '{"a"'),
      argued('fc2', '{"b"'),
      argued('fc1', ':1}'),
      argued('fc2', ':2}'),
      completed(call('fc1', 'c1', 'f', '{"a":1}'), call('fc2', 'c2', 'g', '{"b":2}')),
    ),
    { calls: ['f({"a":1})', 'g({"b":2})'], finish: 'tool_calls' },
  ],
  [
    'one call, which has another id whenever it is named',
    'responses',
    stream(
      added(call('fc1', 'c1', 'f'), { output_index: 0 }),
      argued('fc1', '{"a":1}'),
      ended(call('fc2', 'c2', 'f', '{"a":1}')),
      completed(call('fc3', 'c3', 'f', '{"a":1}')),
    ),
    { calls: ['f({"a":1})'], finish: 'tool_calls' },
  ],
  [
    'two calls at one place, of which only the ends came',
    'responses',
    stream(
      ended(call('fc1', 'c1', 'f', '{"a":1}')),
      ended(call('fc2', 'c2', 'g', '{"b":2}')),
      completed(call('fc1', 'c1', 'f', '{"a":1}'), call('fc2', 'c2', 'g', '{"b":2}')),
    ),
    { calls: ['f({"a":1})', 'g({"b":2})'], finish: 'tool_calls' },
  ],
  [
    'https://github.com/openai/openai-python/pull/3126: an item that is null',
    'responses',
    stream(
      added(null, { output_index: 0 }),
      added(message('m'), { output_index: 1 }),
      said('Hi', { item_id: 'm', output_index: 1 }),
      completed(),
    ),
    hi,
  ],
  [
    'https://github.com/ogx-ai/ogx/issues/5309: no end of a text',
    'responses',
    stream(
      added(message('m'), { output_index: 0 }),
      said('Hi', { item_id: 'm', output_index: 0, content_index: 0 }),
      {
        type: 'response.content_part.done',
        item_id: 'm',
        output_index: 0,
        content_index: 0,
        part: { type: 'output_text', text: 'Hi' },
      },
      completed(message('m', 'Hi')),
    ),
    hi,
  ],
  [
    'https://github.com/abetlen/llama-cpp-python/pull/2285: the first piece in its item as well',
    'responses',
    stream(
      added(message('m', 'H'), { output_index: 0 }),
      said('H', { item_id: 'm', output_index: 0, content_index: 0 }),
      said('i', { item_id: 'm', output_index: 0, content_index: 0 }),
      completed(message('m', 'Hi')),
    ),
    hi,
  ],
  [
    'https://github.com/BerriAI/litellm/pull/20943: events that say next to nothing',
    'responses',
    sse({ type: 'response.created', response: {} }, said('Hi'), {
      type: 'response.completed',
      response: { status: 'completed' },
    }),
    hi,
  ],
  [
    'https://github.com/CherryHQ/cherry-studio/issues/20940: a summary that no item announces (Doubao)',
    'responses',
    stream(
      { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'hm' },
      said('Hi', { output_index: 1 }),
      completed(),
    ),
    { reasoning: 'hm', ...hi },
  ],
  [
    'https://github.com/simonw/llm/issues/839: fields that are null, and an end mark',
    'responses',
    stream(said('Hi', { output_index: 0 }), {
      type: 'response.completed',
      response: { status: 'completed', error: null, incomplete_details: null, usage: null, output: [] },
    }) + sse(DONE),
    hi,
  ],
  [
    'https://docs.cohere.com/v2/docs/streaming: thoughts, then words',
    'cohere',
    cohere(cohereSays({ thinking: 'hm' }), cohereSays({ text: 'Hi' }, 1), cohereEnds('COMPLETE')),
    { reasoning: 'hm', ...hi },
  ],
  [
    'the same: two calls after a plan',
    'cohere',
    cohere(
      { type: 'tool-plan-delta', delta: { message: { tool_plan: 'I will' } } },
      ...['f', 'g'].flatMap((name, index) => [
        {
          type: 'tool-call-start',
          index,
          delta: {
            message: { tool_calls: { id: name, type: 'function', function: { name, arguments: '' } } },
          },
        },
        {
          type: 'tool-call-delta',
          index,
          delta: { message: { tool_calls: { function: { arguments: '{}' } } } },
        },
        { type: 'tool-call-end', index },
      ]),
      cohereEnds('TOOL_CALL'),
    ),
    { calls: ['f({})', 'g({})'], finish: 'tool_calls' },
  ],
  [
    'https://docs.cohere.com/v2/reference/chat: given up in time',
    'cohere',
    cohere(cohereSays({ text: 'Hi' }), cohereEnds('TIMEOUT')),
    { text: 'Hi', error: 'timeout' },
  ],
];

describe('a stream', () => {
  it.each(ROWS)('%s', async (...row) => {
    await check(row);
  });
});
