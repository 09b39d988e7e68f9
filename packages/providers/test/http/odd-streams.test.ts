// Small departures from server-sent events cost no answer, and a failure that stands outside of them is still read.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { cohereChat } from '../../src/wires/cohere-chat/index.ts';
import { gemini } from '../../src/wires/gemini/index.ts';
import { ollamaChat } from '../../src/wires/ollama-chat/index.ts';
import { openaiChat } from '../../src/wires/openai-chat/index.ts';
import { openaiResponses } from '../../src/wires/openai-responses/index.ts';
import type { ChatWire } from '../../src/wires/wire.ts';
import { hearWire, textOf } from '../wires/hear-wire.ts';

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
const chat = (content: string, finish_reason: string | null = null): string =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason }] });
const candidate = (text: string, finishReason?: string): unknown => ({
  candidates: [{ content: { parts: [{ text }] }, finishReason }],
});

/** The beginning of an answer ("Hel") on each wire, and all that follows it ("lo"). */
const ANSWERS: readonly (readonly [ChatWire, string, string])[] = [
  [openaiChat, chat('Hel'), chat('lo', 'stop')],
  [gemini, event(candidate('Hel')), event(candidate('lo', 'STOP'))],
  [
    openaiResponses,
    event({ type: 'response.output_text.delta', output_index: 0, delta: 'Hel' }),
    event({ type: 'response.output_text.delta', output_index: 0, delta: 'lo' }) +
      event({ type: 'response.completed', response: { status: 'completed', output: [{ type: 'message' }] } }),
  ],
  [
    anthropicMessages,
    event({ type: 'message_start', message: {} }) +
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
      event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } }),
    event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } }) +
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }) +
      event({ type: 'message_stop' }),
  ],
  [
    cohereChat,
    event({ type: 'message-start', id: 'c', delta: { message: { role: 'assistant' } } }) +
      event({ type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hel' } } } }),
    event({ type: 'content-delta', index: 0, delta: { message: { content: { text: 'lo' } } } }) +
      event({ type: 'message-end', delta: { finish_reason: 'COMPLETE' } }),
  ],
  [
    ollamaChat,
    '{"message":{"content":"Hel"},"done":false}\n',
    '{"message":{"content":"lo"},"done":true,"done_reason":"stop"}\n',
  ],
];

const FAILURE = { error: { code: 429, message: 'slow down', status: 'RESOURCE_EXHAUSTED' } };

describe.each(ANSWERS.map(([wire, ...pieces]) => [wire.name, wire, ...pieces] as const))(
  '%s',
  (_name, wire, begins, ends) => {
    it.each<[string, string]>([
      ['as it should be', begins + ends],
      ['an end mark of OpenAI', `${begins}${ends}data: [DONE]\n\n`],
      ['a ping with a date', `${begins}event: ping\ndata: 2025-01-01 10:00:00\n\n${ends}`],
      ['a byte order mark and blank lines', `\uFEFF\n\n${begins}${ends}`],
    ])('reads %s', async (name, body) => {
      // Lines of JSON know no events.
      if (wire === ollamaChat && name.startsWith('a ping')) return;
      for (const cut of [body.length, 1]) {
        const heard = await hearWire(wire, body, { cut });
        expect(heard.error).toBeUndefined();
        expect(textOf(heard)).toBe('Hello');
      }
    });

    it.each<[string, string]>([
      ['a line of JSON', `${JSON.stringify(FAILURE)}\n`],
      ['JSON over several lines, to the end of the body', JSON.stringify(FAILURE, null, 2)],
      ['an error field', `error: ${JSON.stringify(FAILURE.error)}\n\n`],
      ['a list', wire === ollamaChat ? `${JSON.stringify([FAILURE])}\n` : event([FAILURE])],
      [
        'a list after something else',
        wire === ollamaChat ? JSON.stringify([{}, FAILURE]) : event([{}, FAILURE]),
      ],
    ])('reads a failure in %s', async (_what, failure) => {
      for (const cut of [10_000, 1]) {
        const heard = await hearWire(wire, begins + failure, { cut });
        expect(heard.error).toMatchObject({
          code: 'rate-limit',
          message: expect.stringContaining('slow down'),
        });
        expect(textOf(heard)).toBe('Hel');
      }
    });
  },
);

describe('events without a blank line between them', () => {
  const glued = `${chat('Hel').trimEnd()}\n${chat('lo', 'stop')}`;

  it.each<[string, string]>([
    ['two payloads', `${glued}data: [DONE]\n\n`],
    ['the end mark on its own line', `${glued.trimEnd()}\ndata: [DONE]\n\n`],
    ['the end mark on the same line', `${glued.trimEnd()}data: [DONE]\n\n`],
    ['the end mark on the same line, at the end', `${glued.trimEnd()}data: [DONE]`],
    ['a payload that the end of the body cut', `${glued.trimEnd()}\ndata: {"choi`],
  ])('%s', async (_name, body) => {
    for (const cut of [body.length, 7, 1]) {
      const heard = await hearWire(openaiChat, body, { cut });
      expect(heard.error).toBeUndefined();
      expect(textOf(heard)).toBe('Hello');
    }
  });

  it('a failure as the last of them', async () => {
    const heard = await hearWire(openaiChat, `${chat('Hel').trimEnd()}\nevent: error\n${event(FAILURE)}`);
    expect(textOf(heard)).toBe('Hel');
    expect(heard.error?.code).toBe('rate-limit');
  });
});

describe('llama.cpp', () => {
  it.each([
    {
      code: 400,
      message: 'the request exceeds the available context size',
      type: 'exceed_context_size_error',
    },
    { code: 500, message: 'Context size has been exceeded.', type: 'server_error' },
  ])('says that the context is full: $message', async (error) => {
    const heard = await hearWire(openaiChat, `${chat('Hel')}error: ${JSON.stringify(error)}\n\n`);
    expect(heard.error?.code).toBe('context-length');
    expect((await hearWire(openaiChat, `error: ${JSON.stringify(error)}\n\n`)).error?.code).toBe(
      'context-length',
    );
  });
});
