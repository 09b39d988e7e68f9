// Calls that services were reported to number or to name oddly: none is lost, and none comes twice.
import { describe, it } from 'vitest';
import { DONE, sse } from '../acme.ts';
import { calls, ends, fn, streamed, TOOLS, tool } from './pieces-of-calls.ts';
import { calling, check, chunk, completion, type Row } from './play.ts';

const ROWS: readonly Row[] = [
  [
    'https://github.com/ai-dynamo/dynamo/pull/4723: one index for all calls',
    'chat',
    streamed(
      calling({ index: 0, id: 'call-1', type: 'function', ...fn('{"a":2,"b":2}', 'f') }),
      calling({ index: 0, id: 'call-2', type: 'function', ...fn('{"location":"Tokyo"}', 'get_weather') }),
    ),
    calls('f({"a":2,"b":2})', 'get_weather({"location":"Tokyo"})'),
  ],
  [
    'https://github.com/skye-harris/hass_local_openai_llm/pull/92: one index and id, and the end twice (OpenRouter)',
    'chat',
    sse(
      calling({ index: 0, id: 'x', ...fn('{"a":1}', 'f') }),
      calling({ index: 0, id: 'x', ...fn('{"b":2}', 'search') }),
      ends,
      { ...ends, usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
      DONE,
    ),
    { ...calls('f({"a":1})', 'search({"b":2})'), usage: [1, 2, 3] },
  ],
  [
    'https://github.com/openai/openai-python/issues/3201: two pieces of one index in the first chunk',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', ...fn('', 'get_weather') }, { index: 0, ...fn('{"a"') }),
      calling({ index: 0, ...fn(':1}') }),
    ),
    calls('get_weather({"a":1})'),
  ],
  [
    'https://github.com/BerriAI/litellm/issues/20480: arguments once more as JSON text in JSON: which are meant?',
    'chat',
    streamed(
      calling({ index: 0, id: 'call_abc', ...fn('{"query":"hello"}', 'search') }),
      calling({ index: 0, id: 'call_abc', ...fn('"{\\"query\\":\\"hello\\"}"', 'search') }),
    ),
    { calls: ['search({"query":"hello"}"{\\"query\\":\\"hello\\"}")'], error: 'bad-response' },
  ],
  [
    'https://github.com/sgl-project/sglang/issues/6310: counted from one, null beside every delta',
    'chat',
    streamed(
      chunk({ role: null, content: null, reasoning_content: 'hm', tool_calls: null }),
      calling({ index: 1, id: 'a', ...fn('{"a":1}', 'f') }),
      calling({ index: 2, id: 'b', ...fn('{"b":2}', 'search') }),
    ),
    { reasoning: 'hm', ...calls('f({"a":1})', 'search({"b":2})') },
  ],
  [
    'https://github.com/langchain-ai/langchainjs/pull/8581: a function that takes nothing, whole with its end',
    'chat',
    sse(
      chunk({ role: 'assistant', content: null, tool_calls: [{ index: 0, ...fn('{}', 'f') }] }, 'tool_calls'),
      DONE,
    ),
    calls('f({})'),
  ],
  [
    'https://github.com/run-llama/llama_index/issues/22464: the same call twice, each in a line of its own (Ollama)',
    'ollama',
    [
      {
        message: { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: {} } }] },
        done: false,
      },
      {
        message: { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: {} } }] },
        done: false,
      },
      { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
    calls('f({})', 'f({})'),
  ],
  [
    'https://github.com/BerriAI/litellm/pull/24095: arguments that are text (Ollama)',
    'ollama',
    JSON.stringify({
      message: {
        role: 'assistant',
        content: '',
        tool_calls: [{ function: { name: 'f', arguments: '{"location":"Paris"}' } }],
      },
      done: true,
    }),
    calls('f({"location":"Paris"})'),
  ],
  [
    'https://github.com/run-llama/llama_index/pull/20207: empty ids (Gemini)',
    'gemini',
    JSON.stringify({
      candidates: [
        {
          content: {
            parts: [
              { functionCall: { id: '', name: 'f', args: {} } },
              { functionCall: { id: '', name: 'f', args: { a: 1 } } },
            ],
          },
          finishReason: 'STOP',
        },
      ],
    }),
    calls('f({})', 'f({"a":1})'),
  ],
  [
    'https://github.com/openai/openai-python/issues/2806: whole, without ids and index, the same twice',
    'chat',
    completion(
      {
        content: null,
        tool_calls: [fn('{"a":1}', 'f'), fn('{"a":1}', 'f')].map((one) => ({ type: 'function', ...one })),
      },
      'tool_calls',
    ),
    calls('f({"a":1})', 'f({"a":1})'),
  ],
  [
    'https://github.com/pipecat-ai/pipecat/pull/5023: the id after the name, in parallel (Azure by LiteLLM, Mistral)',
    'chat',
    streamed(
      calling({ index: 0, ...fn('', 'f') }),
      calling({ index: 0, id: 'a' }),
      calling({ index: 0, ...fn('{"a":1}') }),
      calling({ index: 1, ...fn('', 'f') }),
      calling({ index: 1, id: 'b' }),
      calling({ index: 1, ...fn('{"b":2}') }),
    ),
    calls('f({"a":1})', 'f({"b":2})'),
  ],
  [
    'the same, the name after the id',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', type: 'function', ...fn('') }),
      calling({ index: 0, ...fn('', 'f') }),
      calling({ index: 0, ...fn('{"a":1}') }),
    ),
    calls('f({"a":1})'),
  ],
  [
    'https://github.com/poolsideai/pool/issues/9: another id after the first piece',
    'chat',
    streamed(
      calling({ index: 0, id: 'x1', type: 'function', ...fn('', 'f') }),
      calling({ index: 0, id: 'x2', type: 'function', ...fn('{"a"', null) }),
      calling({ index: 0, id: 'x2', ...fn(':1}', '') }),
    ),
    calls('f({"a":1})'),
  ],
  [
    'https://github.com/agno-agi/agno/pull/8880: a second call begins under the first index, and goes on under its own',
    'chat',
    streamed(
      calling({ index: 0, id: 'c1', type: 'function', ...fn('', 'f') }),
      calling({ index: 0, ...fn('{"a":1}') }),
      calling({ index: 0, id: 'c2', type: 'function', ...fn('', 'search') }),
      calling({ index: 1, ...fn('{"b":2}') }),
    ),
    calls('f({"a":1})', 'search({"b":2})'),
  ],
  [
    'https://github.com/mudler/LocalAI/issues/9722: one call at two indexes, its arguments once and twice',
    'chat',
    streamed(
      calling({ index: 0, id: 'X', type: 'function', ...fn('', 'f') }),
      calling({ index: 0, id: 'X', type: 'function', ...fn('{"cmd":"ls"}', '') }),
      calling({ index: 1, id: 'X', type: 'function', ...fn('{"cmd":"ls"}', 'f') }),
    ),
    calls('f({"cmd":"ls"})'),
  ],
  [
    'https://github.com/vercel/ai/issues/18440: one index for all, and no ids',
    'chat',
    streamed(
      ...['f', 'search', 'f'].map((name, at) =>
        calling({ index: 0, type: 'function', ...fn(`{"path":"p${at}"}`, name) }),
      ),
    ),
    calls('f({"path":"p0"})', 'search({"path":"p1"})', 'f({"path":"p2"})'),
  ],
  [
    'the same: blanks for an id and a name',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', type: 'function', ...fn('{"a"', 'f') }),
      calling({ index: 0, id: ' ', ...fn(':1}', ' ') }),
      calling({ index: 1, id: ' ', type: 'function', ...fn('{"b":2}', 'f') }),
    ),
    calls('f({"a":1})', 'f({"b":2})'),
  ],
  [
    'two calls by turns, the second named by its last piece',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', ...fn('{"a":', 'f') }),
      calling({ index: 1, ...fn('{"b":') }),
      calling({ index: 0, ...fn('1}') }),
      calling({ index: 1, id: 'b', ...fn('2}', 'search') }),
    ),
    calls('f({"a":1})', 'search({"b":2})'),
  ],
  [
    'an object under a new index, while that of the first call is open: whose?',
    'chat',
    streamed(calling({ index: 0, id: 'a', ...fn('{"a":', 'f') }), calling({ index: 1, ...fn('{"b":2}') })),
    { calls: ['f({"a":)', '({"b":2})'], error: 'bad-response' },
  ],
  [
    'arguments under a new index that another call turns out to have',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', ...fn('', 'f') }),
      calling({ index: 1, ...fn('{"b"') }),
      calling({ index: 1, id: 'b', ...fn(':2}', 'search') }),
    ),
    calls('f()', 'search({"b":2})'),
  ],
  [
    'the same, and the first has its own at last',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', ...fn('', 'f') }),
      calling({ index: 1, ...fn('{"b":') }),
      calling({ index: 1, id: 'b', ...fn('2}', 'search') }),
      calling({ index: 0, ...fn('{"a":1}') }),
    ),
    calls('f({"a":1})', 'search({"b":2})'),
  ],
  [
    'two calls whose names follow their arguments',
    'chat',
    streamed(
      calling({ index: 0, ...fn('{"a":') }, { index: 1, ...fn('{"b":') }),
      calling({ index: 0, id: 'a', ...fn('1}', 'f') }, { index: 1, id: 'b', ...fn('2}', 'search') }),
    ),
    calls('f({"a":1})', 'search({"b":2})'),
  ],
  [
    'arguments under a new index that make no JSON',
    'chat',
    streamed(calling({ index: 0, id: 'a', ...fn('{"a":', 'f') }), calling({ index: 1, ...fn('1') })),
    { calls: ['f({"a":1)'], error: 'bad-response' },
  ],
];

describe('calls that are numbered oddly', () => {
  it.each(ROWS)('%s', async (...row) => {
    await check(row, TOOLS);
    await check(row);
  });

  it.each([
    ['two whole names, the second with an id', 'get', 'now', ['get()', 'now({})']],
    ['of which one begins with the other', 'get', 'get_time', ['get()', 'get_time({})']],
    ['a name that comes again, so far as it came', 'get_', 'get_time', ['get_time({})']],
    ['the same name, with its id', 'get', 'get', ['get({})']],
  ])('%s', async (what, first, second, got) => {
    const body = streamed(
      calling({ index: 0, ...fn('', first) }),
      calling({ index: 0, id: 'b', ...fn('{}', second) }),
    );
    await check([what, 'chat', body, calls(...got)], { tools: ['get', 'get_time', 'now'].map(tool) });
  });
});
