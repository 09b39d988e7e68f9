// Pieces of calls as services were reported to send them: each call is handed out once and whole.
import { describe, it } from 'vitest';
import { DONE, sse } from '../acme.ts';
import { calls, fn, streamed, TOOLS } from './pieces-of-calls.ts';
import { calling, check, chunk, type Row } from './play.ts';

const ROWS: readonly Row[] = [
  [
    'https://github.com/BerriAI/litellm/issues/12513: a name that is the word null',
    'chat',
    streamed(
      calling({
        index: 0,
        id: 'chatcmpl-tool-947d',
        type: 'FUNCTION',
        ...fn('{"path": ".', 'list_directory'),
      }),
      calling({ index: 0, id: '', type: 'FUNCTION', ...fn('"}', 'null') }),
    ),
    calls('list_directory({"path": "."})'),
  ],
  [
    'https://github.com/dirac-run/dirac/pull/215: pieces under a new index, without id and name (Nebius, Cerebras)',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', type: 'function', ...fn('{"city"', 'get_weather') }),
      calling({ index: 1, ...fn(':"Bo') }),
      calling({ index: 2, ...fn('nn"}') }),
    ),
    calls('get_weather({"city":"Bonn"})'),
  ],
  [
    'the same, where the first has no arguments yet, and another call follows',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', ...fn('', 'get_weather') }),
      calling({ index: 1, ...fn('{"a":1}') }),
      calling({ index: 1, id: 'b', ...fn('{"b":2}', 'search') }),
    ),
    calls('get_weather({"a":1})', 'search({"b":2})'),
  ],
  [
    'after https://github.com/NVIDIA-NeMo/Switchyard/pull/785: the id with the second piece of the name',
    'chat',
    streamed(
      calling({ index: 0, ...fn('', 'get_') }),
      calling({ index: 0, id: 'a', ...fn('', 'weather') }),
      calling({ index: 0, ...fn('{}') }),
    ),
    calls('get_weather({})'),
  ],
  [
    'https://github.com/NVIDIA-NeMo/Switchyard/pull/785: pieces of two names, one between the other',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', ...fn('', 'get_') }, { index: 1, id: 'b', ...fn('', 'list_') }),
      calling({ index: 0, ...fn('', 'weather') }, { index: 1, ...fn('', 'directory') }),
      calling({ index: 1, ...fn('{"b":2}') }),
      calling({ index: 0, ...fn('{"a":1}') }),
    ),
    calls('get_weather({"a":1})', 'list_directory({"b":2})'),
  ],
  [
    'the same without ids, the last piece of each with the arguments',
    'chat',
    streamed(
      calling({ index: 0, ...fn('', 'get_') }, { index: 1, ...fn('', 'list_') }),
      calling({ index: 0, ...fn('{"a":1}', 'weather') }, { index: 1, ...fn('{"b":2}', 'directory') }),
    ),
    calls('get_weather({"a":1})', 'list_directory({"b":2})'),
  ],
  [
    'https://github.com/SillyTavern/SillyTavern/pull/5948: id, type and name with every piece (Fireworks)',
    'chat',
    streamed(
      ...['', '{"city"', ':"Bonn"', '}'].map((piece) =>
        calling({
          index: 0,
          id: 'chatcmpl-tool-aa62',
          type: 'function',
          ...fn(piece, 'debug_tool'),
          name: null,
        }),
      ),
    ),
    calls('debug_tool({"city":"Bonn"})'),
  ],
  [
    'https://github.com/BerriAI/litellm/issues/20480: the id with every piece',
    'chat',
    streamed(
      calling({ index: 0, id: 'call_abc', type: 'function', ...fn('{"qu', 'search') }),
      calling({ index: 0, id: 'call_abc', type: 'function', ...fn('ery":') }),
      calling({ index: 0, id: 'call_abc', type: 'function', ...fn('"hello"}') }),
    ),
    calls('search({"query":"hello"})'),
  ],
  [
    'https://github.com/lidge-jun/opencodex/issues/361: the whole arguments twice',
    'chat',
    streamed(
      calling({ index: 0, id: 'tool_1', ...fn('', 'f') }),
      calling({ index: 0, ...fn('{"command":"ls"}') }),
      calling({ index: 0, ...fn('{"command":"ls"}') }),
      calling({ index: 1, id: 'tool_2', ...fn('', 'search') }),
      calling({ index: 1, ...fn('{"path":"R"}') }),
      calling({ index: 1, ...fn('{"path":"R"}') }),
    ),
    calls('f({"command":"ls"})', 'search({"path":"R"})'),
  ],
  [
    'https://github.com/vercel/ai/issues/3953: an empty piece beside the end, and usage beside every chunk',
    'chat',
    sse(
      calling({ index: 0, id: 'chatcmpl-tool-a0d9', type: 'function', ...fn('{"query": "ai"}', 'search') }),
      {
        ...chunk({ tool_calls: [{ index: 0, ...fn('') }] }, 'tool_calls', { stop_reason: 128008 }),
        usage: { prompt_tokens: 226, total_tokens: 246, completion_tokens: 20 },
      },
      DONE,
    ),
    { ...calls('search({"query": "ai"})'), usage: [226, 20, 246] },
  ],
  [
    'https://github.com/anomalyco/opencode/pull/37783: empty ids and names after the first (DashScope)',
    'chat',
    streamed(
      calling({ index: 0, id: 'call_8c1f', ...fn('{', 'search') }),
      calling({ index: 0, id: '', ...fn('"expression": ', '') }),
      calling({ index: 0, id: '', ...fn('"2"}', '') }),
    ),
    calls('search({"expression": "2"})'),
  ],
  [
    'https://github.com/vercel/ai/pull/16507: a name that is empty at first, arguments before it (Command A on vLLM)',
    'chat',
    streamed(
      calling({ index: 0, id: 'a', ...fn('{"a"', '') }),
      calling({ index: 0, ...fn(':1}', 'get_weather') }),
    ),
    calls('get_weather({"a":1})'),
  ],
  [
    'https://github.com/sgl-project/sglang/pull/35542: null ids and names after the first',
    'chat',
    streamed(
      calling({ id: 'call_abc', index: 0, type: 'function', ...fn('', 'get_weather') }),
      calling({ id: null, index: 0, type: 'function', ...fn('{"city":', null) }),
      calling({ id: null, index: 0, type: 'function', ...fn('1}', null) }),
    ),
    calls('get_weather({"city":1})'),
  ],
  [
    'https://github.com/noho/dayu-agent/pull/57: each call in a chunk of its own, no index, one function (Gemini)',
    'chat',
    streamed(
      calling({
        id: 'eaifhb3y',
        ...fn('{"query":"ARM"}', 'search'),
        type: 'function',
        extra_content: { google: { thought_signature: 'EjQK' } },
      }),
      calling({ id: 'mw4fnecu', ...fn('{"query":"ARM"}', 'search'), type: 'function' }),
    ),
    calls('search({"query":"ARM"})', 'search({"query":"ARM"})'),
  ],
];

describe('pieces of calls', () => {
  it.each(ROWS)('%s', async (...row) => {
    await check(row, TOOLS);
    await check(row);
  });

  it('an unknown name is told where arguments of a later call come, in the order of the calls', async () => {
    const pieces = [
      calling({ index: 0, id: 'a', ...fn('', 'get_') }, { index: 1, id: 'b', ...fn('', 'search') }),
      calling({ index: 1, ...fn('{"b":2}') }),
    ];
    await check(['', 'chat', streamed(...pieces), calls('get_()', 'search({"b":2})')]);
  });
});
