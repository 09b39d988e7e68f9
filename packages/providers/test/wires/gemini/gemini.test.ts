// Gemini: how its payloads are read, beside what the recordings show.
import { type ChatCompletion, fold } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { overWire } from '../../../src/provider/over-wire.ts';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

const service = overWire(gemini, { id: 'acme', baseURL: 'http://127.0.0.1:1' });
const ask = (body: string, type = 'text/event-stream', more: object = {}): Promise<ChatCompletion> =>
  fold(service.chat({ model: 'm', messages: [], stream: true, ...more }, createFakeContext({ body, type })));
const events = (...payloads: readonly object[]): string =>
  payloads.map((payload) => `data: ${JSON.stringify(payload)}\r\n\r\n`).join('');
const says = (part: object, more: object = {}): object => ({
  candidates: [{ content: { parts: [part] }, ...more }],
  responseId: 'r',
});
const END = says({ text: '' }, { finishReason: 'STOP' });
const messageOf = async (body: string) => (await ask(body)).choices[0]?.message;

describe('a call', () => {
  const piece = (functionCall: object): object => says({ functionCall });
  const arg = (jsonPath: string, value: object, more: object = {}): object =>
    piece({ partialArgs: [{ jsonPath, ...value, ...more }], willContinue: true });

  it('that comes value by value is handed out whole', async () => {
    const message = await messageOf(
      events(
        piece({ name: 'write', willContinue: true }),
        arg('$.items[0].name', { stringValue: 'ap' }, { willContinue: true }),
        arg('$.items[0].name', { stringValue: 'ple' }),
        arg('$.items[0].price', { numberValue: 0.5 }),
        arg('$.items[1].fresh', { boolValue: true }),
        arg("$['odd key']", { nullValue: 'NULL_VALUE' }),
        piece({}),
        piece({ name: 'read' }),
        END,
      ),
    );
    const [write, read] = message?.tool_calls ?? [];
    expect(JSON.parse(write?.function.arguments ?? '')).toEqual({
      items: [{ name: 'apple', price: 0.5 }, { fresh: true }],
      'odd key': null,
    });
    expect(read?.function).toEqual({ name: 'read', arguments: '{}' });
    expect(write?.id).not.toBe(read?.id);
  });

  it('that the limit cuts is none', async () => {
    const { choices } = await ask(
      events(
        piece({ name: 'write', willContinue: true }),
        arg('$.a', { stringValue: 'hal' }),
        says({ text: '' }, { finishReason: 'MAX_TOKENS' }),
      ),
    );
    expect(choices[0]).toMatchObject({ finish_reason: 'length' });
    expect(choices[0]?.message.tool_calls).toBeUndefined();
  });

  it('keeps its signature, to be sent back with it', async () => {
    const message = await messageOf(
      events(says({ functionCall: { name: 'f', args: {} }, thoughtSignature: 'sig' }), END),
    );
    const id = message?.tool_calls?.[0]?.id;
    expect(message?.reasoning_details).toEqual([
      { type: 'reasoning.encrypted', format: 'gemini', data: 'sig', id },
    ]);
  });
});

describe('an answer', () => {
  it('comes as one JSON list as well', async () => {
    const { choices } = await ask(
      JSON.stringify([says({ text: 'a' }), says({ text: 'b' }), END], null, 2),
      'application/json',
    );
    expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'ab' } });
  });

  it('tells thoughts, pictures and pages from text', async () => {
    const message = await messageOf(
      events(
        says({ text: 'hm', thought: true }),
        says({ text: 'Look' }),
        says({ inlineData: { mimeType: 'image/png', data: 'AAAA' } }),
        says(
          { text: '!' },
          { groundingMetadata: { groundingChunks: [{ web: { uri: 'https://e.example', title: 'E' } }] } },
        ),
        END,
      ),
    );
    expect(message).toMatchObject({
      content: 'Look!',
      reasoning: 'hm',
      images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
      annotations: [{ type: 'url_citation', url_citation: { url: 'https://e.example', title: 'E' } }],
    });
  });

  it.each([
    ['SAFETY', 'content_filter'],
    ['RECITATION', 'content_filter'],
    ['MAX_TOKENS', 'length'],
    ['LANGUAGE', 'content_filter'],
    ['IMAGE_SAFETY', 'content_filter'],
  ])('that ended by %s finished by %s', async (finishReason, reason) => {
    const { choices } = await ask(events(says({ text: 'a' }, { finishReason })));
    expect(choices[0]).toMatchObject({ finish_reason: reason, native_finish_reason: finishReason });
  });

  it.each([
    ['a prompt that is refused', events({ promptFeedback: { blockReason: 'SAFETY' } }), 'content-filter'],
    [
      'a call that is malformed',
      events(says({ text: '' }, { finishReason: 'MALFORMED_FUNCTION_CALL' })),
      'bad-response',
    ],
    [
      'a failure in mid-stream',
      events(says({ text: 'a' }), {
        error: { code: 429, message: 'slow down', status: 'RESOURCE_EXHAUSTED' },
      }),
      'rate-limit',
    ],
    ['no finish reason', events(says({ text: 'a' })), 'stream-truncated'],
    ['one candidate of two', events(END), 'stream-truncated'],
  ])('fails: %s', async (name, body, code) => {
    const more = name.includes('two') ? { n: 2 } : {};
    await expect(ask(body, 'text/event-stream', more)).rejects.toMatchObject({ code, provider: 'acme' });
  });
});
