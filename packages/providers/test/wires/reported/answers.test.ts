// Reasoning, counts, pictures and Gemini's other names, as services were reported to send them.
import { describe, expect, it } from 'vitest';
import { openaiChat } from '../../../src/wires/openai-chat/index.ts';
import { DONE, sse } from '../acme.ts';
import { folded, hearWire } from '../hear-wire.ts';
import { candidate, check, chunk, claude, completion, type Row } from './play.ts';

const END = chunk({ content: 'Hi' }, 'stop');
const hi = { text: 'Hi', finish: 'stop' };
const thought = { reasoning: 'hm', ...hi };
const counted = (usage: unknown): string => sse(END, { choices: [], usage }, DONE);
const ends = { type: 'message_delta', delta: { stop_reason: 'end_turn' } };
const text = (index: number, said: string) => ({
  type: 'content_block_start',
  index,
  content_block: { type: 'text', text: said },
});

const ROWS: readonly Row[] = [
  [
    'https://github.com/OpenRouterTeam/ai-sdk-provider/issues/122: reasoning, and the same in details',
    'chat',
    sse(
      chunk({
        content: '',
        reasoning: 'hm',
        reasoning_details: [
          { type: 'reasoning.summary', summary: 'hm', format: 'openai-responses-v1', index: 0 },
        ],
      }),
      END,
      DONE,
    ),
    thought,
  ],
  [
    'https://github.com/decolua/9router/pull/3601: `reasoning` in every chunk (Ollama)',
    'chat',
    sse(
      chunk({ role: 'assistant', content: '', reasoning: 'h' }),
      chunk({ content: '', reasoning: 'm' }),
      END,
      DONE,
    ),
    thought,
  ],
  [
    'https://github.com/langchain-ai/langchain/pull/31065: empty first, null afterwards (DeepSeek)',
    'chat',
    sse(
      chunk({ content: null, reasoning_content: '' }),
      chunk({ content: null, reasoning_content: 'hm' }),
      chunk({ content: 'Hi', reasoning_content: null }, 'stop'),
      DONE,
    ),
    thought,
  ],
  [
    'https://github.com/infiniflow/ragflow/pull/14817: whole (Upstage)',
    'chat',
    completion({ content: 'Hi', reasoning: 'hm' }),
    thought,
  ],
  [
    'https://github.com/BerriAI/litellm/issues/16272: parts of the content (Magistral)',
    'chat',
    sse(
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }),
      chunk({
        content: [
          { type: 'thinking', thinking: [] },
          { type: 'text', text: 'H' },
        ],
      }),
      chunk({ content: 'i' }, 'stop'),
      DONE,
    ),
    thought,
  ],
  [
    'https://github.com/symfony/ai/issues/2422: the same, whole and closed',
    'chat',
    completion({
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }], closed: true },
        { type: 'text', text: 'Hi' },
      ],
    }),
    thought,
  ],
  [
    'https://github.com/logancyang/obsidian-copilot/pull/2134: beside the answer, in one line (Ollama)',
    'ollama',
    JSON.stringify({
      message: { role: 'assistant', content: 'Hi', thinking: 'hm' },
      done: true,
      done_reason: 'stop',
    }),
    thought,
  ],
  [
    'https://github.com/BerriAI/litellm/issues/29286: pieces of no arguments in a text (Anthropic)',
    'anthropic',
    sse(
      ...claude(
        text(0, ''),
        { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
        { type: 'content_block_stop', index: 0 },
        ends,
      ),
    ),
    hi,
  ],
  [
    'https://platform.claude.com/docs/en/build-with-claude/extended-thinking: sealed, and signed without words',
    'anthropic',
    sse(
      ...claude(
        { type: 'content_block_start', index: 0, content_block: { type: 'redacted_thinking', data: 'EmwK' } },
        { type: 'content_block_stop', index: 0 },
        {
          type: 'content_block_start',
          index: 1,
          content_block: { type: 'thinking', thinking: '', signature: '' },
        },
        { type: 'content_block_delta', index: 1, delta: { type: 'signature_delta', signature: 'EqQB' } },
        { type: 'content_block_stop', index: 1 },
        text(2, 'Hi'),
        ends,
      ),
    ),
    hi,
  ],
  [
    'https://github.com/justlovemaki/AIClient2API/issues/157: a signature on the text (Gemini)',
    'gemini',
    sse(candidate([{ thoughtSignature: 'CiIB', text: 'Hi' }], { finishReason: 'STOP' })),
    hi,
  ],
  [
    'https://github.com/earendil-works/pi/issues/7356: a signature and no text (Gemini)',
    'gemini',
    sse(
      candidate(
        [{ text: '', thoughtSignature: 'EtEB' }],
        { finishReason: 'STOP' },
        { usageMetadata: { promptTokenCount: 4, thoughtsTokenCount: 25, totalTokenCount: 29 } },
      ),
    ),
    { finish: 'stop', usage: [4, 25, 29] },
  ],
  [
    'https://github.com/BerriAI/litellm/issues/33166: details that a later chunk leaves out',
    'chat',
    sse(
      chunk({ content: 'Hi' }, 'stop'),
      {
        choices: [],
        usage: {
          prompt_tokens: 10,
          completion_tokens: 1,
          total_tokens: 11,
          prompt_tokens_details: { cached_tokens: 8 },
        },
      },
      {
        choices: [],
        usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12, prompt_tokens_details: null },
      },
      DONE,
    ),
    { ...hi, usage: [10, 2, 12] },
  ],
  [
    'https://github.com/router-for-me/CLIProxyAPI/pull/3077: noughts with every chunk but the last',
    'chat',
    sse(
      { ...chunk({ content: 'Hi' }), usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } },
      { ...chunk({}, 'stop'), usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } },
      DONE,
    ),
    { ...hi, usage: [5, 2, 7] },
  ],
  [
    'https://github.com/router-for-me/CLIProxyAPI/pull/3221: null with every chunk (MiniMax)',
    'chat',
    sse(
      { ...chunk({ content: 'Hi' }, 'stop'), usage: null },
      { choices: [], usage: { input_tokens: 3, output_tokens: 4, total_tokens: 7 } },
      DONE,
    ),
    { ...hi, usage: [3, 4, 7] },
  ],
  [
    'https://github.com/ARahim3/mlx-dspark/issues/37: beside a choice that says nothing',
    'chat',
    sse(
      END,
      {
        choices: [{ index: 0, delta: {} }],
        usage: { prompt_tokens: 65, completion_tokens: 251, total_tokens: 316 },
      },
      DONE,
    ),
    { ...hi, usage: [65, 251, 316] },
  ],
  [
    'https://github.com/jeremychone/rust-genai/pull/242: a tail after a count that says nothing (MiMo)',
    'chat',
    sse(
      { ...END, usage: { prompt_tokens: null, completion_tokens: null, total_tokens: null } },
      { choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } },
      DONE,
    ),
    { ...hi, usage: [5, 2, 7] },
  ],
  [
    'the same as text',
    'chat',
    counted({ prompt_tokens: '3', completion_tokens: '4', total_tokens: '7' }),
    { ...hi, usage: [3, 4, 7] },
  ],
  [
    'https://github.com/vercel/modelfusion/issues/185: filters before the first chunk (Azure)',
    'chat',
    sse(
      {
        id: '',
        object: '',
        created: 0,
        model: '',
        prompt_filter_results: [{ prompt_index: 0, content_filter_results: { hate: { filtered: false } } }],
        choices: [],
      },
      END,
      DONE,
    ),
    hi,
  ],
  [
    'https://github.com/Mintplex-Labs/anything-llm/issues/5112: a last chunk without choices (OpenRouter)',
    'chat',
    sse(END, { id: 'gen-1', choices: [] }, DONE),
    hi,
  ],
];

describe('an answer', () => {
  it.each(ROWS)('%s', async (...row) => {
    await check(row);
  });

  it('with pictures in the delta or in the message keeps them: https://github.com/reVrost/go-openrouter/pull/29', async () => {
    const images = [{ type: 'image_url', index: 0, image_url: { url: 'data:image/png;base64,AAAA' } }];
    for (const body of [
      sse(chunk({ content: '', images }), END, DONE),
      completion({ content: 'Hi', images }),
    ])
      expect((await folded(await hearWire(openaiChat, body))).choices[0]?.message).toMatchObject({ images });
  });

  it('with choices one between the other keeps each: https://platform.openai.com/docs/api-reference/chat/streaming', async () => {
    const both = (...choices: readonly object[]): object => ({ choices });
    const body = sse(
      both({ index: 1, delta: { content: 'x' } }, { index: 0, delta: { content: 'a' } }),
      both({ index: 0, delta: { content: 'b' } }),
      both(
        { index: 0, delta: {}, finish_reason: 'stop' },
        { index: 1, delta: { content: 'y' }, finish_reason: 'length' },
      ),
      DONE,
    );
    const { choices } = await folded(await hearWire(openaiChat, body, {}, { n: 2 }));
    expect(choices.map((one) => [one.message.content, one.finish_reason])).toEqual([
      ['ab', 'stop'],
      ['xy', 'length'],
    ]);
  });
});
