// On every wire a number keeps the digits that the service wrote, and what is nested too deep is a bad answer.
import { type ChatRequest, LIMITS } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { cohereChat } from '../../src/wires/cohere-chat/index.ts';
import { gemini } from '../../src/wires/gemini/index.ts';
import { ollamaChat } from '../../src/wires/ollama-chat/index.ts';
import { openaiChat } from '../../src/wires/openai-chat/index.ts';
import { openaiResponses } from '../../src/wires/openai-responses/index.ts';
import type { ChatWire } from '../../src/wires/wire.ts';
import { folded, hearWire, textOf } from './hear-wire.ts';

const BIG = '2512292042121000001';
const ARGUMENTS = `{"id":${BIG},"list":[9007199254740993,1e400,0.12345678901234567890]}`;
const TOOLS = {
  tools: [{ type: 'function', function: { name: 'f' } }],
} as unknown as Partial<ChatRequest>;

interface Speech {
  readonly wire: ChatWire;
  /** A payload with a call, and one with text: JSON goes where the digits stand. */
  readonly call: (args: string) => readonly string[];
  readonly text: (value: string) => readonly string[];
  readonly join: (payloads: readonly string[]) => string;
}

const sse = (payloads: readonly string[]): string => payloads.map((each) => `data: ${each}\n\n`).join('');
const chat = (delta: string): readonly string[] => [
  `{"choices":[{"delta":${delta}}]}`,
  '{"choices":[{"delta":{},"finish_reason":"stop"}]}',
];
const claude = (block: string): readonly string[] => [
  '{"type":"message_start","message":{"model":"m","usage":{}}}',
  `{"type":"content_block_start","index":0,"content_block":${block}}`,
  '{"type":"content_block_stop","index":0}',
  '{"type":"message_delta","delta":{"stop_reason":"end_turn"}}',
  '{"type":"message_stop"}',
];
const response = (item: string): readonly string[] => [
  '{"type":"response.created","response":{"id":"r","model":"m"}}',
  `{"type":"response.output_item.done","output_index":0,"item":${item}}`,
  `{"type":"response.completed","response":{"status":"completed","output":[${item}]}}`,
];
const cohere = (type: string, message: string): readonly string[] => [
  '{"type":"message-start","id":"c"}',
  `{"type":"${type}","index":0,"delta":{"message":${message}}}`,
  '{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}',
];

const SPEECHES: readonly Speech[] = [
  {
    wire: openaiChat,
    call: (args) => chat(`{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":${args}}}]}`),
    text: (value) => chat(`{"content":${value}}`),
    join: sse,
  },
  {
    wire: openaiResponses,
    call: (args) => response(`{"type":"function_call","call_id":"a","name":"f","arguments":${args}}`),
    text: (value) => response(`{"type":"message","content":[{"type":"output_text","text":${value}}]}`),
    join: sse,
  },
  {
    wire: anthropicMessages,
    call: (args) => claude(`{"type":"tool_use","id":"a","name":"f","input":${args}}`),
    text: (value) => claude(`{"type":"text","text":${value}}`),
    join: sse,
  },
  {
    wire: gemini,
    call: (args) => [
      `{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":${args}}}]},"finishReason":"STOP"}]}`,
    ],
    text: (value) => [`{"candidates":[{"content":{"parts":[{"text":${value}}]},"finishReason":"STOP"}]}`],
    join: sse,
  },
  {
    wire: ollamaChat,
    call: (args) => [
      `{"message":{"tool_calls":[{"function":{"name":"f","arguments":${args}}}]}}`,
      '{"done":true,"done_reason":"stop"}',
    ],
    text: (value) => [`{"message":{"content":${value}}}`, '{"done":true,"done_reason":"stop"}'],
    join: (payloads) => payloads.join('\n'),
  },
  {
    wire: cohereChat,
    call: (args) =>
      cohere('tool-call-start', `{"tool_calls":{"id":"a","function":{"name":"f","arguments":${args}}}}`),
    text: (value) => cohere('content-delta', `{"content":{"text":${value}}}`),
    join: sse,
  },
];

/** `[[[…]]]`, so deep. */
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe.each(SPEECHES.map((speech) => [speech.wire.name, speech] as const))('%s', (_, speech) => {
  const { wire, call, text, join } = speech;
  const argumentsIn = async (body: string): Promise<string | undefined> => {
    const heard = await hearWire(wire, body, {}, TOOLS);
    expect(heard.error).toBeUndefined();
    return (await folded(heard)).choices[0]?.message.tool_calls?.[0]?.function.arguments;
  };

  it('keeps the digits of arguments that are an object', async () => {
    expect(await argumentsIn(join(call(ARGUMENTS)))).toBe(ARGUMENTS);
  });

  it('keeps them in payloads that came in one list, which two parts of a payload share', async () => {
    const listed = `[${call(ARGUMENTS).join(',')}]`;
    if (wire === ollamaChat || wire === gemini) return;
    expect(await argumentsIn(`data: ${listed}\n\n`)).toBe(ARGUMENTS);
  });

  it.each([BIG, '1e400', '-9007199254740993', `["a ",${BIG}]`])(
    'gives the text %s as it was written',
    async (value) => {
      const heard = await hearWire(wire, join(text(value)));
      expect(heard.error).toBeUndefined();
      expect(textOf(heard)).toBe(value.startsWith('[') ? `a ${BIG}` : value);
    },
  );

  it('takes nesting beyond the limit for a bad answer, streamed or whole', async () => {
    for (const levels of [LIMITS.nesting + 1, 100_000]) {
      const streamed = await hearWire(
        wire,
        `${join([...call(`{"a":${deep(levels)}}`), '{}'])}\n\n`,
        {},
        TOOLS,
      );
      expect(streamed.error?.code).toBe('bad-response');
      const body = `{"a":${deep(levels)}}`;
      const whole = await hearWire(wire, body, { type: 'application/json' }, { stream: false });
      expect(whole.error?.code).toBe('bad-response');
      const refused = await hearWire(
        wire,
        `{"error":${'{"error":'.repeat(levels)}1${'}'.repeat(levels + 1)}`,
        {
          status: 500,
        },
      );
      expect(refused.error?.code).toBe('server');
    }
  });
});

it('a number that stands for two, and whose place is not known, is a bad answer', async () => {
  const body = sse([...chat('{"content":1e400,"seed":2e400}')]);
  expect((await hearWire(openaiChat, body)).error?.code).toBe('bad-response');
});

it('shows the digits of what is kept whole as text', async () => {
  const part = `{"type":"thing","id":${BIG},"n":1}`;
  const heard = await hearWire(openaiChat, sse(chat(`{"content":[${part}]}`)));
  const [choice] = (await folded(heard)).choices;
  expect(choice?.message).toMatchObject({ content_parts: [{ type: 'thing', id: BIG, n: 1 }] });
});

it('what is kept of a stream has a limit, and its visible text has none', async () => {
  const piece = 'x'.repeat(1024 * 1024);
  const many = (delta: string): string => sse(Array.from({ length: 17 }, () => chat(delta)[0] ?? ''));
  const end = sse(chat('{"content":"end"}').slice(1));
  const calls = many(`{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"${piece}"}}]}`);
  expect((await hearWire(openaiChat, calls + end, {}, TOOLS)).error).toMatchObject({
    code: 'bad-response',
    message: expect.stringContaining('longer than the limit of 16777216 characters'),
  });
  expect((await hearWire(openaiChat, many(`{"content":"${piece}"}`) + end)).error).toBeUndefined();
});
