// What a service was reported to say, as its reader gets it: in one read and byte by byte, which must be the same.
import type { ChatRequest } from '@g4f/core';
import { expect } from 'vitest';
import { anthropicMessages } from '../../../src/wires/anthropic-messages/index.ts';
import { cohereChat } from '../../../src/wires/cohere-chat/index.ts';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { ollamaChat } from '../../../src/wires/ollama-chat/index.ts';
import { openaiChat } from '../../../src/wires/openai-chat/index.ts';
import { openaiResponses } from '../../../src/wires/openai-responses/index.ts';
import { folded, hearWire, textOf } from '../hear-wire.ts';

export const WIRES = {
  chat: openaiChat,
  responses: openaiResponses,
  anthropic: anthropicMessages,
  gemini,
  ollama: ollamaChat,
  cohere: cohereChat,
} as const;

/** What the reader gets; what is left out is not there. */
export interface Got {
  readonly text?: string;
  readonly reasoning?: string;
  /** `name(arguments)`, in their order. */
  readonly calls?: readonly string[];
  readonly finish?: string;
  /** Prompt, completion and all tokens. */
  readonly usage?: readonly number[];
  /** The code of the error that ended it. */
  readonly error?: string;
}

/** Where it was reported, on which wire, what came, and what the reader gets. */
export type Row = readonly [source: string, wire: keyof typeof WIRES, body: string, got: Got];

const read = async (
  wire: keyof typeof WIRES,
  body: string,
  cut: number,
  request: Partial<ChatRequest>,
): Promise<Got> => {
  const heard = await hearWire(WIRES[wire], body, { cut }, request);
  const finish = heard.events.find((event) => event.type === 'finish')?.reason;
  const [reasoning, text] = [textOf(heard, 'reasoning-delta'), textOf(heard)];
  const { choices, usage } = await folded(heard);
  const calls = choices[0]?.message.tool_calls?.map(
    (call) => `${call.function.name}(${call.function.arguments})`,
  );
  return {
    ...(text !== '' && { text }),
    ...(reasoning !== '' && { reasoning }),
    ...(calls !== undefined && { calls }),
    ...(finish !== undefined && { finish }),
    ...(usage && { usage: [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens] }),
    ...(heard.error && { error: heard.error.code }),
  };
};

/** Plays the row. */
export const check = async ([, wire, body, got]: Row, request: Partial<ChatRequest> = {}): Promise<void> => {
  for (const cut of [body.length + 1, 1]) expect(await read(wire, body, cut, request)).toEqual(got);
};

/** A chunk of a chat completion. */
export const chunk = (delta: unknown, finish_reason: unknown = null, more: object = {}): object => ({
  id: 'c',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason, ...more }],
});

/** One in which pieces of calls come. */
export const calling = (...tool_calls: readonly object[]): object => chunk({ tool_calls });

/** A whole chat completion. */
export const completion = (message: object, finish_reason: unknown = 'stop', more: object = {}): string =>
  JSON.stringify({
    id: 'c',
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason }],
    ...more,
  });

/** A Gemini answer with these parts. */
export const candidate = (parts: unknown, more: object = {}, top: object = {}): object => ({
  candidates: [{ content: { role: 'model', parts }, ...more }],
  ...top,
});

/** The events of an Anthropic message. */
export const claude = (...events: readonly object[]): readonly object[] => [
  { type: 'message_start', message: { id: 'm', model: 'c', content: [] } },
  ...events,
  { type: 'message_stop' },
];
