// Gemini's answers under the names of protocol buffers, which proxies print: nothing in them is lost, and no bad end is a good one.
import { describe, expect, it } from 'vitest';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { sse } from '../acme.ts';
import { folded, hearWire } from '../hear-wire.ts';
import { check, type Row } from './play.ts';

const ROWS: readonly Row[] = [
  [
    'https://protobuf.dev/programming-guides/json/: names of protocol buffers (Gemini), whole',
    'gemini',
    JSON.stringify({
      candidates: [
        {
          content: {
            role: 'model',
            parts: [
              { text: 'hm', thought: true },
              { text: 'Hi', thought_signature: 'S' },
              { function_call: { name: 'f', args: { user_id: 1 } } },
            ],
          },
          finish_reason: 'STOP',
        },
      ],
      usage_metadata: {
        prompt_token_count: 4,
        candidates_token_count: 2,
        thoughts_token_count: 1,
        total_token_count: 7,
      },
      model_version: 'g',
      response_id: 'r',
    }),
    { reasoning: 'hm', text: 'Hi', calls: ['f({"user_id":1})'], finish: 'tool_calls', usage: [4, 3, 7] },
  ],
  [
    'the same, streamed, and cut by a limit',
    'gemini',
    sse(
      { candidates: [{ content: { parts: [{ text: 'Hi' }] } }] },
      {
        candidates: [{ content: { parts: [] }, finish_reason: 'MAX_TOKENS' }],
        usage_metadata: { prompt_token_count: 4, candidates_token_count: 2, total_token_count: 6 },
      },
    ),
    { text: 'Hi', finish: 'length', usage: [4, 2, 6] },
  ],
  [
    'the same, stopped by a filter',
    'gemini',
    JSON.stringify({ candidates: [{ content: { parts: [{ text: 'Hi' }] }, finish_reason: 'SAFETY' }] }),
    { text: 'Hi', finish: 'content_filter' },
  ],
  [
    'the same, as numbers of an enumeration: nobody knows which',
    'gemini',
    JSON.stringify({ candidates: [{ content: { parts: [{ text: 'Hi' }] }, finish_reason: 1 }] }),
    { text: 'Hi', error: 'bad-response' },
  ],
  [
    'the same, a prompt that is refused',
    'gemini',
    JSON.stringify({ prompt_feedback: { block_reason: 'SAFETY' } }),
    { error: 'content-filter' },
  ],
  [
    'https://github.com/AstrBotDevs/AstrBot/pull/6735: STOP and no parts at all (Gemini)',
    'gemini',
    sse({
      candidates: [{ content: {}, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: 4, totalTokenCount: 4 },
    }),
    { finish: 'stop', usage: [4, 0, 4] },
  ],
];

describe('an answer of Gemini', () => {
  it.each(ROWS)('%s', async (...row) => {
    await check(row);
  });

  it('with the names of protocol buffers keeps digits, and a function’s own names', async () => {
    const body =
      '{"candidates":[{"content":{"parts":[{"function_call":{"name":"f","args":{"user_id":2512292042121000001,"a_b":{"c_d":1}}}}]},"finish_reason":"STOP"}]}';
    const { choices } = await folded(await hearWire(gemini, body));
    expect(choices[0]?.message.tool_calls?.[0]?.function.arguments).toBe(
      '{"user_id":2512292042121000001,"a_b":{"c_d":1}}',
    );
  });

  it('with the names of protocol buffers keeps pictures and pages', async () => {
    const body = JSON.stringify({
      candidates: [
        {
          content: { parts: [{ text: 'Yes' }, { inline_data: { mime_type: 'image/png', data: 'AAAA' } }] },
          finish_reason: 'STOP',
          grounding_metadata: {
            grounding_chunks: [{ web: { uri: 'https://e.example', title: 'E' } }],
            grounding_supports: [
              { segment: { start_index: 0, end_index: 3, text: 'Yes' }, grounding_chunk_indices: [0] },
            ],
          },
        },
      ],
    });
    expect((await folded(await hearWire(gemini, body))).choices[0]?.message).toMatchObject({
      images: [{ image_url: { url: 'data:image/png;base64,AAAA' } }],
      annotations: [{ url_citation: { url: 'https://e.example', start_index: 0, end_index: 3 } }],
    });
  });
});
