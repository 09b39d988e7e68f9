// Token counts have OpenAI's meaning on every wire, and the service's own counts stand beside them.
import type { Usage } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../src/wires/anthropic-messages/index.ts';
import { cohereChat } from '../../../src/wires/cohere-chat/index.ts';
import { moreCounts } from '../../../src/wires/decoding/usage.ts';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { ollamaChat } from '../../../src/wires/ollama-chat/index.ts';
import { openaiChat } from '../../../src/wires/openai-chat/index.ts';
import { openaiResponses } from '../../../src/wires/openai-responses/index.ts';
import type { ChatWire } from '../../../src/wires/wire.ts';
import { hearWire } from '../hear-wire.ts';

const sse = (...payloads: readonly object[]): string =>
  payloads.map((payload) => `data: ${JSON.stringify(payload)}\n\n`).join('');

interface Spoken {
  readonly wire: ChatWire;
  /** A stream with these counts, in each payload that may carry them. */
  readonly stream: (...usages: readonly unknown[]) => string;
  readonly whole: (usage: unknown) => object;
}

const SPOKEN = {
  'openai-chat': {
    wire: openaiChat,
    stream: (...usages) =>
      sse(
        { choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }] },
        ...usages.map((usage) => ({ choices: [], usage })),
      ),
    whole: (usage) => ({ choices: [{ index: 0, message: { content: 'a' }, finish_reason: 'stop' }], usage }),
  },
  'openai-responses': {
    wire: openaiResponses,
    stream: (...usages) =>
      sse(
        { type: 'response.output_text.delta', output_index: 0, delta: 'a' },
        ...usages.map((usage) => ({
          type: 'response.completed',
          response: { status: 'completed', output: [{ type: 'message' }], usage },
        })),
      ),
    whole: (usage) => ({
      status: 'completed',
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'a' }] }],
      usage,
    }),
  },
  'anthropic-messages': {
    wire: anthropicMessages,
    stream: (first, ...usages) =>
      sse(
        { type: 'message_start', message: { id: 'm', usage: first } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'a' } },
        { type: 'content_block_stop', index: 0 },
        ...usages.map((usage) => ({ type: 'message_delta', delta: {}, usage })),
        { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
        { type: 'message_stop' },
      ),
    whole: (usage) => ({ content: [{ type: 'text', text: 'a' }], stop_reason: 'end_turn', usage }),
  },
  gemini: {
    wire: gemini,
    stream: (...usages) =>
      sse(
        { candidates: [{ content: { parts: [{ text: 'a' }] } }] },
        ...usages.map((usageMetadata) => ({ candidates: [{ finishReason: 'STOP' }], usageMetadata })),
      ),
    whole: (usageMetadata) => ({
      candidates: [{ content: { parts: [{ text: 'a' }] }, finishReason: 'STOP' }],
      usageMetadata,
    }),
  },
  'ollama-chat': {
    wire: ollamaChat,
    stream: (usage) =>
      `${JSON.stringify({ message: { content: 'a' }, done: false })}\n${JSON.stringify({ done: true, done_reason: 'stop', ...Object(usage) })}\n`,
    whole: (usage) => ({ message: { content: 'a' }, done: true, done_reason: 'stop', ...Object(usage) }),
  },
  'cohere-chat': {
    wire: cohereChat,
    stream: (usage) =>
      sse(
        { type: 'content-delta', index: 0, delta: { message: { content: { text: 'a' } } } },
        { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } },
      ),
    whole: (usage) => ({
      message: { content: [{ type: 'text', text: 'a' }] },
      finish_reason: 'COMPLETE',
      usage,
    }),
  },
} as const satisfies Readonly<Record<string, Spoken>>;

const usageIn = async ({ wire }: Spoken, body: string, stream: boolean): Promise<Usage | undefined> => {
  const type = stream ? wire.endpoints.chat.streamType : 'application/json';
  const { events, error } = await hearWire(wire, body, { type }, { stream });
  expect(error).toBeUndefined();
  return events.flatMap((event) => (event.type === 'usage' ? [event.usage] : [])).at(-1);
};

type Sums = readonly [
  prompt: number,
  completion: number,
  details?: object | undefined,
  completionDetails?: object,
];

const ROWS: readonly (readonly [keyof typeof SPOKEN, string, object, Sums])[] = [
  [
    'anthropic-messages',
    'the cache beside the input',
    { input_tokens: 50, cache_read_input_tokens: 2400, cache_creation_input_tokens: 120, output_tokens: 9 },
    [2570, 9, { cached_tokens: 2400, cache_write_tokens: 120 }],
  ],
  [
    'anthropic-messages',
    'what was written by its lifetime',
    {
      input_tokens: 5,
      cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 },
      output_tokens: 1,
    },
    [12, 1, { cache_write_tokens: 7 }],
  ],
  ['anthropic-messages', 'OpenAI’s words', { prompt_tokens: 5, completion_tokens: 2 }, [5, 2]],
  [
    'gemini',
    'thoughts beside the answer',
    { promptTokenCount: 7, candidatesTokenCount: 5, thoughtsTokenCount: 100, totalTokenCount: 112 },
    [7, 105, undefined, { reasoning_tokens: 100 }],
  ],
  [
    'gemini',
    'thoughts and no answer',
    { promptTokenCount: 7, thoughtsTokenCount: 100, totalTokenCount: 107 },
    [7, 100, undefined, { reasoning_tokens: 100 }],
  ],
  [
    'gemini',
    'thoughts inside the answer, as the total tells',
    { promptTokenCount: 7, candidatesTokenCount: 105, thoughtsTokenCount: 100, totalTokenCount: 112 },
    [7, 105, undefined, { reasoning_tokens: 100 }],
  ],
  [
    'gemini',
    'tools, the cache and sound',
    {
      promptTokenCount: 20,
      toolUsePromptTokenCount: 30,
      cachedContentTokenCount: 8,
      candidatesTokenCount: 4,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 14 },
        { modality: 'AUDIO', tokenCount: 6 },
      ],
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 4 }],
    },
    [50, 4, { cached_tokens: 8, audio_tokens: 6 }, { audio_tokens: 4 }],
  ],
  ['ollama-chat', 'a prompt that was evaluated before', { eval_count: 3, eval_duration: 10 }, [0, 3]],
  ['ollama-chat', 'both', { prompt_eval_count: 26, eval_count: 3 }, [26, 3]],
  [
    'cohere-chat',
    'all tokens, and not what is billed',
    {
      billed_units: { input_tokens: 5, output_tokens: 6 },
      tokens: { input_tokens: 71, output_tokens: 8 },
      cached_tokens: 64,
    },
    [71, 8, { cached_tokens: 64 }],
  ],
  [
    'cohere-chat',
    'what is billed, where there is nothing else',
    { billed_units: { input_tokens: 5, output_tokens: 6 }, tokens: { input_tokens: null } },
    [5, 6],
  ],
  [
    'openai-chat',
    'xAI’s reasoning beside the completion',
    {
      prompt_tokens: 12,
      completion_tokens: 2,
      total_tokens: 354,
      completion_tokens_details: { reasoning_tokens: 340 },
    },
    [12, 342, undefined, { reasoning_tokens: 340 }],
  ],
  [
    'openai-chat',
    'numbers as strings, and what is no count',
    {
      prompt_tokens: '12',
      completion_tokens: 2,
      total_tokens: -1,
      prompt_tokens_details: { cached_tokens: -3, audio_tokens: '4' },
    },
    [12, 2, { audio_tokens: 4 }],
  ],
  [
    'openai-responses',
    'its own words',
    {
      input_tokens: 9,
      output_tokens: 5,
      total_tokens: 14,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens_details: { reasoning_tokens: 2 },
    },
    [9, 5, { cached_tokens: 4 }, { reasoning_tokens: 2 }],
  ],
  [
    'ollama-chat',
    'what was read from the cache',
    { prompt_eval_count: 9, prompt_eval_cached_count: 4, eval_count: 5 },
    [9, 5, { cached_tokens: 4 }],
  ],
];

describe.each(ROWS)(
  '%s counts %s',
  (name, _what, native, [prompt, completion, details, completionDetails]) => {
    const spoken: Spoken = SPOKEN[name];

    it.each([
      ['in a stream', true],
      ['whole', false],
    ])('%s', async (_how, stream) => {
      const body = stream ? spoken.stream(native) : JSON.stringify(spoken.whole(native));
      const usage = await usageIn(spoken, body, stream);
      expect(usage).toMatchObject({
        prompt_tokens: prompt,
        completion_tokens: completion,
        total_tokens: prompt + completion,
        native,
      });
      expect(usage?.prompt_tokens_details).toEqual(details);
      expect(usage?.completion_tokens_details).toEqual(completionDetails);
    });
  },
);

it.each(['1e999', '-1e999'])('%s is no count: no number is as great', async (count) => {
  const body = SPOKEN['openai-chat']
    .stream({ prompt_tokens: 'COUNT', completion_tokens: 1, total_tokens: 'COUNT' })
    .replaceAll('"COUNT"', count);
  expect(await usageIn(SPOKEN['openai-chat'], body, true)).toMatchObject({
    prompt_tokens: 0,
    completion_tokens: 1,
    total_tokens: 1,
  });
});

describe('a later payload', () => {
  it.each<[keyof typeof SPOKEN, object, unknown, object]>([
    [
      'anthropic-messages',
      { input_tokens: 25, output_tokens: 1 },
      { input_tokens: null, output_tokens: 15 },
      { prompt_tokens: 25, completion_tokens: 15 },
    ],
    [
      'anthropic-messages',
      { input_tokens: 25, cache_read_input_tokens: 5 },
      { input_tokens: 0, output_tokens: 15, cache_read_input_tokens: 0 },
      { prompt_tokens: 30, completion_tokens: 15 },
    ],
    [
      'anthropic-messages',
      { input_tokens: 25, output_tokens: 1 },
      null,
      { prompt_tokens: 25, completion_tokens: 1 },
    ],
    [
      'gemini',
      { promptTokenCount: 7, candidatesTokenCount: 5 },
      { promptTokenCount: null, candidatesTokenCount: 9 },
      { prompt_tokens: 7, completion_tokens: 9 },
    ],
    [
      'openai-chat',
      { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
      { prompt_tokens: 'many', completion_tokens: null, prompt_tokens_details: { cached_tokens: 3 } },
      { prompt_tokens: 7, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 3 } },
    ],
  ])('of %s takes back nothing by what it leaves out', async (name, first, second, expected) => {
    const spoken: Spoken = SPOKEN[name];
    expect(await usageIn(spoken, spoken.stream(first, second), true)).toMatchObject(expected);
  });

  it('replaces what it counts, inside as well', () => {
    expect(moreCounts({ a: 1, in: { b: 2, c: 3 } }, { a: 4, in: { c: 5, d: null } })).toEqual({
      a: 4,
      in: { b: 2, c: 5 },
    });
  });
});
