// What services say in a place or a form of their own, wire by wire: none of it is lost, and no half of a call is one.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { cohereChat } from '../../src/wires/cohere-chat/index.ts';
import { gemini } from '../../src/wires/gemini/index.ts';
import { openaiResponses } from '../../src/wires/openai-responses/index.ts';
import type { ChatWire } from '../../src/wires/wire.ts';
import { sse } from './acme.ts';
import { folded, hearWire, textOf } from './hear-wire.ts';

const claude = (...payloads: readonly object[]): string =>
  sse({ type: 'message_start', message: { id: 'm', model: 'c', content: [] } }, ...payloads, {
    type: 'message_stop',
  });
const candidate = (parts: readonly object[], more: object = {}): string =>
  JSON.stringify({ candidates: [{ content: { role: 'model', parts }, ...more }] });
const response = (...payloads: readonly object[]): string =>
  sse({ type: 'response.created', response: { id: 'r', model: 'm' } }, ...payloads, {
    type: 'response.completed',
    response: { id: 'r', status: 'completed', output: [] },
  });

describe('a call of no function', () => {
  it.each<[string, ChatWire, string]>([
    [
      'Anthropic',
      anthropicMessages,
      claude(
        { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't', name: '' } },
        {
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'input_json_delta', partial_json: '{"a":1}' },
        },
        { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
      ),
    ],
    ['Gemini', gemini, candidate([{ functionCall: { name: '', args: {} } }], { finishReason: 'STOP' })],
    [
      'responses',
      openaiResponses,
      response(
        {
          type: 'response.output_item.added',
          output_index: 0,
          item: { type: 'function_call', call_id: 'c' },
        },
        { type: 'response.function_call_arguments.done', output_index: 0, arguments: '{"a":1}' },
      ),
    ],
  ])('is none: %s', async (_name, wire, body) => {
    expect((await hearWire(wire, body)).error?.code).toBe('bad-response');
  });

  it('may be named late', async () => {
    const item = { type: 'function_call', id: 'i', call_id: 'c', name: '', arguments: '' };
    const heard = await hearWire(
      openaiResponses,
      response(
        { type: 'response.output_item.added', output_index: 0, item },
        { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"a":1}' },
        {
          type: 'response.output_item.done',
          output_index: 0,
          item: { ...item, name: 'f', arguments: '{"a":1}' },
        },
      ),
    );
    expect(heard.error).toBeUndefined();
    expect((await folded(heard)).choices[0]?.message.tool_calls).toEqual([
      { id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
    ]);
  });
});

describe('an ending', () => {
  it('that is a number is not known to be good', async () => {
    const numbered = await hearWire(gemini, candidate([{ text: 'Hi' }], { finishReason: 3 }));
    expect([textOf(numbered), numbered.error?.code]).toEqual(['Hi', 'bad-response']);
    const text = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } };
    const other = claude(text, { type: 'message_delta', delta: { stop_reason: 3 } });
    expect((await hearWire(anthropicMessages, other)).error?.code).toBe('bad-response');
  });

  it.each<[string, ChatWire, string]>([
    ['Anthropic', anthropicMessages, JSON.stringify({ id: 'm', content: [{ type: 'text', text: 'Hi' }] })],
    ['Gemini', gemini, candidate([{ text: 'Hi' }])],
    ['Cohere', cohereChat, JSON.stringify({ id: 'c', message: { content: [{ type: 'text', text: 'Hi' }] } })],
  ])('that was not named has no word of the service: %s', async (_name, wire, body) => {
    expect((await hearWire(wire, body)).events.find(({ type }) => type === 'finish')).toEqual({
      type: 'finish',
      reason: 'stop',
    });
  });
});

describe('what a service says besides words', () => {
  it('Gemini: the draft of a picture is no picture of the answer', async () => {
    const draft = { inlineData: { mimeType: 'image/png', data: 'AAAA' }, thought: true };
    const picture = { inlineData: { mimeType: 'image/png', data: 'BBBB' } };
    const heard = await hearWire(gemini, candidate([draft, picture], { finishReason: 'STOP' }));
    expect((await folded(heard)).choices[0]?.message).toMatchObject({
      images: [{ image_url: { url: 'data:image/png;base64,BBBB' } }],
      content_parts: [draft],
    });
  });

  const LOGPROBS = [{ text: 'Hi!', token_ids: [1, 2], logprobs: [-0.25, -0.5] }];
  it.each<[string, string]>([
    [
      'streamed',
      sse(
        { type: 'message-start', id: 'c', delta: { message: { role: 'assistant' } } },
        {
          type: 'content-delta',
          index: 0,
          delta: { message: { content: { text: 'Hi!' } } },
          logprobs: LOGPROBS[0],
        },
        {
          type: 'message-end',
          delta: { finish_reason: 'COMPLETE' },
          usage: { tokens: { input_tokens: 1, output_tokens: 2 } },
        },
      ),
    ],
    [
      'whole',
      JSON.stringify({
        id: 'c',
        message: { content: [{ type: 'text', text: 'Hi!' }] },
        finish_reason: 'COMPLETE',
        logprobs: LOGPROBS,
        usage: { tokens: { input_tokens: 1, output_tokens: 2 } },
      }),
    ],
  ])('Cohere: log probabilities and counts, %s', async (_name, body) => {
    const { choices, usage } = await folded(await hearWire(cohereChat, body));
    expect(choices[0]?.logprobs).toMatchObject({
      content: [{ token: 'Hi!', logprob: -0.75, token_ids: [1, 2], logprobs: [-0.25, -0.5] }],
    });
    expect(usage).toMatchObject({ prompt_tokens: 1, completion_tokens: 2 });
  });

  it('Cohere: a page that a function returned', async () => {
    const sources = [{ type: 'tool', id: 't:0', tool_output: { url: 'https://a.example', title: 'A' } }];
    const citations = [{ start: 0, end: 2, text: 'Hi', sources }];
    const message = { content: [{ type: 'text', text: 'Hi' }], citations };
    const heard = await hearWire(cohereChat, JSON.stringify({ message, finish_reason: 'COMPLETE' }));
    expect(heard.events).toContainEqual({
      type: 'source',
      url: 'https://a.example',
      title: 'A',
      start: 0,
      end: 2,
    });
  });

  it('responses: sound, and what it says', async () => {
    const heard = await hearWire(
      openaiResponses,
      response(
        { type: 'response.audio.delta', delta: 'QUJD' },
        { type: 'response.audio.transcript.delta', delta: 'Hel' },
        { type: 'response.audio.transcript.delta', delta: 'lo' },
      ),
    );
    expect((await folded(heard)).choices[0]?.message).toMatchObject({
      audio: { data: 'QUJD', transcript: 'Hello' },
    });
  });

  it.each(['response.reasoning.delta', 'response.reasoning_summary.delta'])(
    'responses: reasoning by its older name, %s',
    async (type) => {
      const heard = await hearWire(
        openaiResponses,
        response(
          { type, output_index: 0, delta: 'hm' },
          { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'Hi' },
        ),
      );
      expect([textOf(heard, 'reasoning-delta'), textOf(heard)]).toEqual(['hm', 'Hi']);
    },
  );
});
