// Answers in other frames than their protocol's, as proxies and servers were reported to send them: none is lost.
import { describe, expect, it } from 'vitest';
import { DONE, sse } from '../acme.ts';
import { hearWire } from '../hear-wire.ts';
import { candidate, check, chunk, claude, completion, type Row, WIRES } from './play.ts';

const toolUse = { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } };
const lines = (...payloads: readonly unknown[]): string =>
  payloads.map((payload) => `${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n`).join('');
const HELLO = [chunk({ content: 'Hel' }), chunk({ content: 'lo' }, 'stop')];
const whole = completion({ role: 'assistant', content: 'Hello' });
const message = {
  id: 'm',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 2 },
};
const response = {
  id: 'r',
  object: 'response',
  status: 'completed',
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }],
};
const cohere = {
  id: 'c',
  message: { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
  finish_reason: 'COMPLETE',
};
const block = [
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
];
const got = { text: 'Hello', finish: 'stop' };

const ROWS: readonly Row[] = [
  [
    'https://github.com/decolua/9router/issues/3492: JSON with an end mark glued to it',
    'chat',
    `${whole}data: [DONE]\n\n`,
    got,
  ],
  ['the same on a line of its own', 'chat', `${whole}\n\ndata: [DONE]\n\n`, got],
  [
    'the same, the JSON over several lines',
    'chat',
    `${JSON.stringify(JSON.parse(whole), null, 2)}\ndata: [DONE]\n\n`,
    got,
  ],
  [
    'the same of Anthropic',
    'anthropic',
    `${JSON.stringify(message)}\n\ndata: [DONE]\n\n`,
    { ...got, usage: [1, 2, 3] },
  ],
  [
    'the same of Gemini',
    'gemini',
    `${JSON.stringify(candidate([{ text: 'Hello' }], { finishReason: 'STOP' }))}data: [DONE]\n\n`,
    got,
  ],
  ['the same of Cohere', 'cohere', `${JSON.stringify(cohere)}\ndata: [DONE]\n\n`, got],
  ['the same of responses', 'responses', `${JSON.stringify(response)}\ndata: [DONE]\n\n`, got],
  [
    'https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/378: lines of JSON',
    'chat',
    lines(chunk({ role: 'assistant', reasoning_content: 'le' }), ...HELLO),
    { reasoning: 'le', ...got },
  ],
  ['the same with an end mark', 'chat', lines(...HELLO, '[DONE]'), got],
  [
    'the same, cut',
    'chat',
    lines(HELLO[0]) + JSON.stringify(HELLO[1]).slice(0, 40),
    { text: 'Hel', error: 'stream-truncated' },
  ],
  [
    'the same with a failure',
    'chat',
    lines(HELLO[0], { error: { code: 429, message: 'slow down' } }),
    { text: 'Hel', error: 'rate-limit' },
  ],
  ['the same of Anthropic', 'anthropic', lines(...claude(...block)), got],
  [
    'the same of Gemini',
    'gemini',
    lines(candidate([{ text: 'Hel' }]), candidate([{ text: 'lo' }], { finishReason: 'STOP' })),
    got,
  ],
  [
    'the same of responses',
    'responses',
    lines(
      { type: 'response.output_text.delta', output_index: 0, delta: 'Hello' },
      { type: 'response.completed', response },
    ),
    got,
  ],
  ['a list of payloads', 'chat', JSON.stringify(HELLO), got],
  [
    'https://github.com/Michael-A-Kuykendall/shimmy/issues/26: the field twice, and empty ones',
    'chat',
    [...HELLO.map((one) => JSON.stringify(one)), DONE]
      .map((one) => `data: data: ${one}\ndata:\ndata:\n\n`)
      .join(''),
    got,
  ],
  [
    'https://github.com/paiml/aprender/pull/2015: the field twice',
    'chat',
    [...HELLO.map((one) => JSON.stringify(one)), DONE].map((one) => `data: data: ${one}\n\n`).join(''),
    got,
  ],
  [
    'https://github.com/0xPlaygrounds/rig/issues/534: the line ends after the field',
    'chat',
    `data:\n ${JSON.stringify(HELLO[0])}\n\ndata:\n ${JSON.stringify(HELLO[1])}\n\n`,
    got,
  ],
  [
    'https://github.com/SamSaffron/term-llm/pull/454: JSON over several fields',
    'chat',
    HELLO.map((one) => JSON.stringify(one, null, 1).replace(/^/gm, 'data: ')).join('\n\n'),
    got,
  ],
  [
    'https://github.com/SamSaffron/term-llm/pull/487: fields without a blank, and a failure',
    'chat',
    `data:${JSON.stringify(HELLO[0])}\n\nevent:error\ndata:{"message":"Slow down","type":"rate_limit_error"}\n\n`,
    { text: 'Hel', error: 'rate-limit' },
  ],
  [
    'https://github.com/Amm1rr/WebAI-to-API/issues/55: a message in the place of the delta',
    'chat',
    sse(JSON.parse(whole), DONE),
    got,
  ],
  ['the same of Anthropic', 'anthropic', sse(message), { ...got, usage: [1, 2, 3] }],
  ['the same of responses', 'responses', sse(response, DONE), got],
  ['the same of Cohere', 'cohere', sse(cohere), got],
  ['a message after its pieces', 'anthropic', sse(...claude(...block, message)), got],
  [
    'one that says nothing yet, before them',
    'anthropic',
    `event: message_start\ndata: ${JSON.stringify({ ...message, content: [], stop_reason: null })}\n\n${sse(...block, { type: 'message_stop' })}`,
    got,
  ],
  [
    'a call, and the message that has it',
    'anthropic',
    sse(
      ...claude(
        { type: 'content_block_start', index: 0, content_block: { ...toolUse, input: {} } },
        {
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'input_json_delta', partial_json: '{"a":1}' },
        },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
        { ...message, content: [{ ...toolUse, id: 't2' }], stop_reason: 'tool_use' },
      ),
    ),
    { calls: ['f({"a":1})'], finish: 'tool_calls' },
  ],
  [
    'an answer after its pieces',
    'cohere',
    sse(
      { type: 'message-start', id: 'c' },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hello' } } } },
      cohere,
      { type: 'message-end', delta: { finish_reason: 'COMPLETE' } },
    ),
    got,
  ],
  [
    'a call, and the answer that has it',
    'cohere',
    sse(
      { type: 'message-start', id: 'c' },
      ...[{ name: 'f', arguments: '' }, { arguments: '{"a":1}' }].map((fn) => ({
        type: 'tool-call-delta',
        index: 0,
        delta: { message: { tool_calls: { id: 't', type: 'function', function: fn } } },
      })),
      {
        message: {
          tool_calls: [{ id: 't2', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
        },
        finish_reason: 'TOOL_CALL',
      },
      { type: 'message-end', delta: { finish_reason: 'TOOL_CALL' } },
    ),
    { calls: ['f({"a":1})'], finish: 'tool_calls' },
  ],
  [
    'https://github.com/earendil-works/pi/issues/1983: no names of events (Anthropic)',
    'anthropic',
    sse(...claude(...block)),
    got,
  ],
  [
    'https://github.com/seifghazi/claude-code-proxy/pull/32: the type in the name of the event alone',
    'anthropic',
    claude(...block)
      .map((one) => ({ type: '', ...one }))
      .map(({ type, ...rest }) => `event: ${type}\ndata: ${JSON.stringify(rest)}\n\n`)
      .join(''),
    got,
  ],
  [
    'https://github.com/openai/openai-go/issues/227: comments before the first event',
    'chat',
    `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${sse(chunk({ role: 'assistant', content: '' }), ...HELLO, DONE)}`,
    got,
  ],
  [
    'https://docs.ollama.com/api/streaming: a completion in the place of a chat',
    'ollama',
    lines({ response: 'Hel', done: false }, { response: 'lo', done: true, done_reason: 'stop' }),
    got,
  ],
];

describe('an answer in another frame', () => {
  it.each(ROWS)('%s (%s)', async (...row) => {
    await check(row);
  });

  it.each(['chat', 'anthropic', 'gemini', 'cohere', 'responses'] as const)(
    'JSON that is no answer is shown, whatever brackets are in its words (%s)',
    async (wire) => {
      const info = '"unknown {a}{b}"';
      // A list is Gemini's own form of a stream.
      const list = wire === 'gemini' ? [] : [`[{"info":${info}}]`];
      for (const body of [`{"info":${info}}`, `{"info":${info}`, ...list]) {
        const { error } = await hearWire(WIRES[wire], body, { type: 'application/json' });
        expect(error).toMatchObject({
          code: 'bad-response',
          message: expect.stringContaining('unknown {a}{b}'),
        });
        expect(error?.message).toMatch(/baseURL|cut off/);
      }
    },
  );

  it('the name of the field over and over is no event, however often, and is found so at once', async () => {
    const names = 'data:'.repeat(20_000);
    for (const body of [`data: ${names}\n\n`, `data: ${names}{}\n\n`, `data: {}\ndata: ${names}\n\n`]) {
      const { error } = await hearWire(WIRES.chat, body, { cut: body.length });
      expect(error?.code).toBe('bad-response');
    }
  });
});
