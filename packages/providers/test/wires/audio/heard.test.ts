// What a service answers where it should have heard something: text without times, pages, speakers that are not told apart.
import type { TranscriptionPart, TranscriptionRequest, Upload } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { registry } from '../../../src/registry/registry.gen.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

const file: Upload = {
  name: 'talk.mp3',
  type: 'audio/mpeg',
  size: 4,
  async *open() {
    yield new TextEncoder().encode('ID3!');
  },
};

interface Heard {
  readonly answer: TranscriptionPart | undefined;
  readonly warnings: readonly string[];
  readonly requests: number;
}

async function hear(
  id: string,
  body: unknown,
  more: Partial<TranscriptionRequest>,
  type = typeof body === 'string' ? 'text/plain' : 'application/json',
): Promise<Heard> {
  const provider = await registry[id]?.load();
  const warnings: string[] = [];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const context = createFakeContext({ body: text, type }, { apiKey: 'k' });
  const lent = { ...context, warn: (warning: string) => void warnings.push(warning) };
  const parts: TranscriptionPart[] = [];
  const model = id === 'huggingface' ? 'a/b' : 'm';
  for await (const part of provider?.transcribe?.({ model, file, task: 'transcribe', ...more }, lent) ?? [])
    parts.push(part);
  expect(parts).toHaveLength(1);
  return { answer: parts[0], warnings, requests: context.requests.length };
}

describe('as a text', () => {
  it.each([
    ['<h1>502 Bad Gateway</h1>', 'text/plain'],
    ['\uFEFF <head><title>Login</title></head>', 'text/plain'],
    ['</html>', 'text/plain'],
    ['<br/>', 'text/plain'],
    ['<?xml version="1.0"?>', 'text/plain'],
    ['Please log in.', 'text/html; charset=utf-8'],
    ['', 'text/plain'],
    ['[{"error":{"message":"oops"}}]', 'application/json'],
    ['[]', 'application/json'],
    ['{"choices":[]}', 'application/json'],
  ])('%j (%s) is none', async (body, type) => {
    for (const response_format of ['text', 'srt', 'vtt'] as const)
      await expect(hear('openai', body, { response_format }, type)).rejects.toMatchObject({
        code: 'bad-response',
      });
  });

  it('is one where it only looks like a page, or is what was heard in silence', async () => {
    for (const body of ['<3 is what she wrote', '[Music] la la', '{sighs} well', '5', '\n'])
      expect((await hear('openai', body, { response_format: 'text' })).answer).toEqual({
        format: 'text',
        text: body,
      });
    for (const [response_format, body] of [
      ['srt', '\n'],
      ['vtt', 'WEBVTT\n\n'],
    ] as const)
      expect((await hear('openai', body, { response_format })).answer).toMatchObject({ text: body });
  });

  it('tells the failure that a list reports', async () => {
    const body = '[{"error":{"message":"You exceeded your current quota.","code":"insufficient_quota"}}]';
    await expect(hear('openai', body, { response_format: 'text' })).rejects.toMatchObject({
      code: 'payment-required',
    });
  });
});

const NO_TIMES: readonly (readonly [string, unknown])[] = [
  ['openai', { text: 'hello' }],
  ['openai', { text: 'hello', segments: [], words: [] }],
  ['groq', { text: 'hello', segments: [] }],
  ['mistral', { text: 'hello', segments: [] }],
  ['elevenlabs', { text: 'hello', words: null }],
  ['deepgram', { results: { channels: [{ alternatives: [{ transcript: 'hello' }] }] } }],
  ['huggingface', { text: 'hello', chunks: [{ text: 'hello', timestamp: [null, null] }] }],
];

describe('with times', () => {
  it.each(NO_TIMES)('is none of %s, which told no times: %j', async (id, body) => {
    for (const response_format of ['srt', 'vtt', 'verbose_json', 'diarized_json'] as const)
      await expect(
        hear(id, body, { response_format, timestamp_granularities: ['word', 'segment'] }),
      ).rejects.toMatchObject({
        code: 'invalid-request',
        message: expect.stringContaining(`it tells no times, which ${response_format} needs`),
      });
  });

  it('is empty in silence', async () => {
    const { answer } = await hear('mistral', { text: '', segments: [] }, { response_format: 'vtt' });
    expect(answer).toEqual({ format: 'vtt', text: 'WEBVTT\n\n' });
  });

  it('is made of words where there are no segments', async () => {
    const words = [
      { word: 'hello', start: 0, end: 0.5 },
      { word: 'you', start: 0.5, end: 1 },
    ];
    const { answer } = await hear('groq', { text: 'hello you', words }, { response_format: 'srt' });
    expect(answer).toMatchObject({ text: '1\n00:00:00,000 --> 00:00:01,000\nhello you\n\n' });
  });

  it('warns where times of words were asked for, and segments came', async () => {
    const segments = [{ id: 0, start: 0, end: 1, text: 'hello' }];
    const asked = { response_format: 'verbose_json', timestamp_granularities: ['word'] } as const;
    for (const id of ['openai', 'groq', 'mistral'])
      expect((await hear(id, { text: 'hello', segments }, asked)).warnings).toEqual([
        `timestamp_granularities: ${id} sent no list of words; see segments.`,
      ]);
    const words = [{ word: 'hello', start: 0, end: 1 }];
    expect((await hear('openai', { text: 'hello', segments, words }, asked)).warnings).toEqual([]);
  });
});

describe('with speakers', () => {
  it('is none where nobody is told apart', async () => {
    const segments = [{ id: 'a', start: 0, end: 1, text: 'hi' }];
    for (const id of ['openai', 'groq', 'mistral'])
      await expect(
        hear(id, { text: 'hi', segments }, { response_format: 'diarized_json' }),
      ).rejects.toMatchObject({
        code: 'invalid-request',
        message: expect.stringContaining('it does not tell speakers apart'),
      });
  });

  it('has all channels of Deepgram, each as a speaker', async () => {
    const word = (of: string, start: number): unknown => ({ word: of, start, end: start + 0.5 });
    const channel = (transcript: string, ...words: readonly unknown[]): unknown => ({
      alternatives: [{ transcript, words }],
    });
    const body = {
      results: {
        channels: [channel('one three', word('one', 0), word('three', 4)), channel('two', word('two', 2))],
      },
    };
    const more = { multichannel: true, timestamp_granularities: ['word' as const] };
    expect((await hear('deepgram', body, more)).answer).toEqual({ text: 'one three\ntwo' });
    const { answer } = await hear('deepgram', body, { ...more, response_format: 'verbose_json' });
    expect(answer).toMatchObject({
      segments: [
        { id: 0, text: 'one', start: 0, speaker: 'channel_0' },
        { id: 1, text: 'two', start: 2, speaker: 'channel_1' },
        { id: 2, text: 'three', start: 4, speaker: 'channel_0' },
      ],
      words: [{ word: 'one' }, { word: 'two', speaker: 'channel_1' }, { word: 'three' }],
    });
  });
});

describe('formats of a model', () => {
  it.each(['gpt-4o-transcribe', 'gpt-4o-mini-transcribe', 'gpt-4o-mini-transcribe-2025-12-15'])(
    'of %s are json, of which text is made',
    async (model) => {
      const { answer } = await hear('openai', { text: 'hello' }, { model, response_format: 'text' });
      expect(answer).toEqual({ format: 'text', text: 'hello' });
      for (const response_format of ['srt', 'vtt', 'verbose_json', 'diarized_json'] as const)
        await expect(hear('openai', { text: 'hello' }, { model, response_format })).rejects.toMatchObject({
          code: 'invalid-request',
          message: `openai: response_format: ${model} tells no times, and writes json and text. Ask for one of them, or choose another provider.`,
        });
    },
  );

  it('of the one that tells speakers apart are made of its segments', async () => {
    const segments = [{ id: 'seg_0', start: 0, end: 1, text: 'hi', speaker: 'A' }];
    const model = 'gpt-4o-transcribe-diarize';
    for (const [response_format, text] of [
      ['srt', '1\n00:00:00,000 --> 00:00:01,000\nhi\n\n'],
      ['vtt', 'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nhi\n\n'],
    ] as const)
      expect((await hear('openai', { text: 'hi', segments }, { model, response_format })).answer).toEqual({
        format: response_format,
        text,
      });
  });
});
