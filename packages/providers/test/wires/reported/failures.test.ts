// Failures in the middle of an answer, and endings, as services were reported to send them: none is taken for a good end.
import { describe, it } from 'vitest';
import { DONE, sse } from '../acme.ts';
import { candidate, check, chunk, claude, completion, type Row } from './play.ts';

const HI = chunk({ content: 'Hi' });
const after = (...rest: readonly unknown[]): string => sse(HI, ...rest, DONE);
const failed = (error: string, text = 'Hi') => ({ text, error });
const gone = { message: 'Provider disconnected', code: 502 };
const named = (name: string, payload: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`;
/** An Anthropic message that has said `Hi`. */
const claudeBegun = sse(
  ...claude({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } }).slice(
    0,
    2,
  ),
);
const line = (payload: object): string => `${JSON.stringify(payload)}\n`;

const FAILURES: readonly Row[] = [
  [
    'https://github.com/diegosouzapw/OmniRoute/pull/8210: no choices (OpenRouter, Nvidia)',
    'chat',
    sse({
      id: 'gen-1',
      choices: [],
      error: { code: 502, message: 'Worker local total request limit reached (33/32)' },
    }),
    { error: 'server' },
  ],
  [
    'https://github.com/damianvtran/local-operator/pull/223: beside a choice that ended in error',
    'chat',
    after({
      ...chunk({ content: '' }, 'error'),
      error: { code: 502, message: 'gone', metadata: { error_type: 'provider_unavailable' } },
    }),
    failed('server'),
  ],
  [
    'https://openrouter.ai/docs/api/reference/errors-and-debugging: in a choice that ended in error',
    'chat',
    after(chunk({ role: 'assistant', content: '' }, 'error', { native_finish_reason: 'error', error: gone })),
    failed('server'),
  ],
  [
    'https://github.com/genkit-ai/genkit/pull/6079: in a choice without an ending',
    'chat',
    after(chunk({ content: '' }, null, { error: gone })),
    failed('server'),
  ],
  [
    'the same, with a good ending',
    'chat',
    after(chunk({ content: '' }, 'stop', { error: gone })),
    failed('server'),
  ],
  [
    'an empty one says nothing, beside the choice and in it',
    'chat',
    sse(
      { ...chunk({ content: 'H' }, null, { error: {} }), error: {} },
      chunk({ content: 'i' }, 'stop', { error: { code: null, message: '' } }),
      DONE,
    ),
    { text: 'Hi', finish: 'stop' },
  ],
  ['an empty one alone', 'chat', sse({ error: {} }, DONE), { error: 'server' }],
  [
    'the same, whole',
    'chat',
    JSON.stringify({
      choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop', error: gone }],
    }),
    failed('server'),
  ],
  [
    'https://github.com/maximhq/bifrost/issues/5425: an ending in error, and counts that are null',
    'chat',
    completion({ content: 'Hi' }, 'error', {
      usage: { prompt_tokens: null, completion_tokens: null, total_tokens: 0 },
    }),
    failed('server'),
  ],
  [
    'https://github.com/huggingface/huggingface_hub/issues/2514: at once, in a 200 (TGI)',
    'chat',
    sse({
      error:
        'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 6 `inputs` tokens and 4091 `max_new_tokens`',
      error_type: 'validation',
    }),
    { error: 'context-length' },
  ],
  [
    'https://github.com/vllm-project/vllm/issues/42363: the engine died (vLLM)',
    'chat',
    after({
      error: {
        message: 'EngineCore encountered an issue. See stack trace (above) for the root cause.',
        type: 'InternalServerError',
        param: null,
        code: 500,
      },
    }),
    failed('server'),
  ],
  [
    'https://github.com/vllm-project/vllm/issues/48707: the same through its Anthropic door',
    'anthropic',
    claudeBegun +
      named('error', {
        type: 'error',
        error: { type: 'internal_error', message: 'EngineCore encountered an issue.' },
      }),
    failed('server'),
  ],
  [
    'two that are the same, in one event that is named an error: the first is not the last',
    'chat',
    `event: error\ndata: ${JSON.stringify(HI)}${JSON.stringify(HI)}\n\n`,
    failed('server'),
  ],
  [
    'https://github.com/karthink/gptel/pull/1512: overloaded, with an id beside it (Anthropic)',
    'anthropic',
    claudeBegun +
      named('error', {
        type: 'error',
        error: { details: null, type: 'overloaded_error', message: 'Overloaded' },
        request_id: 'req_011',
      }),
    failed('server'),
  ],
  [
    'https://github.com/google-gemini/gemini-cli/issues/15745: JSON in the message (Gemini)',
    'gemini',
    sse(candidate([{ text: 'Hi' }]), {
      error: {
        message: JSON.stringify({
          error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' },
        }),
        code: 503,
        status: 'Service Unavailable',
      },
    }),
    failed('server'),
  ],
  [
    'https://github.com/google-gemini/gemini-cli/issues/18509: in a list over several lines (Gemini)',
    'gemini',
    JSON.stringify(
      [{ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }],
      null,
      2,
    ),
    { error: 'server' },
  ],
  [
    'https://github.com/use-agent-os/agent-os/pull/2608: a line (Ollama)',
    'ollama',
    line({ message: { content: 'Hi' }, done: false }) +
      line({ error: 'an error was encountered while running the model: unexpected EOF' }),
    failed('server'),
  ],
  [
    'https://platform.openai.com/docs/api-reference/responses-streaming/error: a flat event',
    'responses',
    sse(
      { type: 'response.output_text.delta', output_index: 0, delta: 'Hi' },
      {
        type: 'error',
        code: 'context_length_exceeded',
        message: 'Your input exceeds the context window of this model.',
        param: 'input',
      },
    ),
    failed('context-length'),
  ],
];

const ended = (reason: unknown): string => sse(HI, chunk({ content: '' }, reason), DONE);
const ENDINGS: readonly Row[] = [
  [
    'https://docs.z.ai/api-reference/llm/chat-completion: sensitive',
    'chat',
    ended('sensitive'),
    { text: 'Hi', finish: 'content_filter' },
  ],
  ['the same: network_error', 'chat', ended('network_error'), failed('server')],
  [
    'https://api-docs.deepseek.com/api/create-chat-completion: insufficient_system_resource',
    'chat',
    ended('insufficient_system_resource'),
    failed('server'),
  ],
  [
    'https://github.com/vercel/modelfusion/pull/343: end_turn (Claude at OpenRouter)',
    'chat',
    completion({ content: 'Hi' }, 'end_turn'),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'https://github.com/8monkey-ai/hebo-platform/pull/90: tool-calls, with a hyphen',
    'chat',
    sse(
      chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] }),
      chunk({}, 'tool-calls'),
      DONE,
    ),
    { calls: ['f({})'], finish: 'tool_calls' },
  ],
  ['the same: content-filter', 'chat', ended('content-filter'), { text: 'Hi', finish: 'content_filter' }],
  [
    'https://github.com/vercel/ai/issues/12218: stop, with calls (xAI)',
    'chat',
    sse(
      chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] }),
      chunk({}, 'stop'),
      DONE,
    ),
    { calls: ['f({})'], finish: 'tool_calls' },
  ],
  [
    'https://github.com/pollinations/pollinations/pull/5479: max_tokens',
    'chat',
    ended('max_tokens'),
    { text: 'Hi', finish: 'length' },
  ],
  [
    'https://github.com/router-for-me/CLIProxyAPI/issues/5640: STOP before the text, with nothing in it (Gemini)',
    'gemini',
    sse(
      candidate([], { finishReason: 'STOP' }),
      candidate([{ text: 'Hi' }]),
      candidate([], { finishReason: 'STOP' }),
    ),
    { text: 'Hi', finish: 'stop' },
  ],
  [
    'https://github.com/mozilla-ai/any-llm/pull/1202: a call that was not well formed (Gemini)',
    'gemini',
    sse({
      candidates: [
        {
          content: {},
          finishReason: 'MALFORMED_FUNCTION_CALL',
          finishMessage: 'Malformed function call: call:default_api:f{a:1}',
        },
      ],
    }),
    { error: 'bad-response' },
  ],
  [
    'https://github.com/OpenRouterTeam/typescript-sdk/issues/184: none but in the last chunk',
    'chat',
    sse(
      { choices: [{ index: 0, delta: { content: 'Hi' } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      DONE,
    ),
    { text: 'Hi', finish: 'stop' },
  ],
];

describe('a failure', () => {
  it.each(FAILURES)('%s (%s)', async (...row) => {
    await check(row);
  });
});

describe('an ending', () => {
  it.each(ENDINGS)('%s', async (...row) => {
    await check(row);
  });
});
