// Reasoning between tags is apart on every wire, where the model's family is known to write it, and only there.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { cohereChat } from '../../src/wires/cohere-chat/index.ts';
import { gemini } from '../../src/wires/gemini/index.ts';
import { ollamaChat } from '../../src/wires/ollama-chat/index.ts';
import type { ChatWire } from '../../src/wires/wire.ts';
import { hearWire, textOf } from './hear-wire.ts';

const sse = (...payloads: readonly object[]): string =>
  payloads.map((payload) => `data: ${JSON.stringify(payload)}\n\n`).join('');
const lines = (...payloads: readonly object[]): string =>
  payloads.map((payload) => `${JSON.stringify(payload)}\n`).join('');

type Spoken = (...texts: readonly string[]) => string;

const anthropic: Spoken = (...texts) =>
  sse(
    { type: 'message_start', message: {} },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...texts.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
    { type: 'message_stop' },
  );
const google: Spoken = (...texts) =>
  sse(...texts.map((text) => ({ candidates: [{ content: { parts: [{ text }] } }] })), {
    candidates: [{ finishReason: 'STOP' }],
  });
const cohere: Spoken = (...texts) =>
  sse(...texts.map((text) => ({ type: 'content-delta', delta: { message: { content: { text } } } })), {
    type: 'message-end',
    delta: { finish_reason: 'COMPLETE' },
  });
const ollama: Spoken = (...texts) =>
  lines(...texts.map((content) => ({ message: { content }, done: false })), {
    message: { content: '' },
    done: true,
    done_reason: 'stop',
  });

describe.each<[string, ChatWire, Spoken]>([
  ['anthropic-messages', anthropicMessages, anthropic],
  ['gemini', gemini, google],
  ['cohere-chat', cohereChat, cohere],
  ['ollama-chat', ollamaChat, ollama],
])('%s', (_name, wire, spoken) => {
  const hear = async (model: string, ...texts: readonly string[]) => {
    const heard = await hearWire(wire, spoken(...texts), {}, { model });
    expect(heard.error).toBeUndefined();
    return [textOf(heard, 'reasoning-delta'), textOf(heard)];
  };

  it('has the reasoning of a family that writes tags apart', async () => {
    expect(await hear('qwen3-8b', '<thi', 'nk>hm</think>', 'Hello')).toEqual(['hm', 'Hello']);
    expect(await hear('deepseek-r1', 'hm', '</think>Hello')).toEqual(['hm', 'Hello']);
    expect(await hear('deepseek-r1', 'Hello')).toEqual(['', 'Hello']);
    expect(await hear('qwen3-8b', 'Hello <think>hm</think>')).toEqual(['', 'Hello <think>hm</think>']);
  });

  it('leaves a lone closing tag to the text of other families', async () => {
    expect(await hear('asked-for', 'hm', '</think>Hello')).toEqual(['', 'hm</think>Hello']);
  });
});
