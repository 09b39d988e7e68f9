// What each service is sent when it is to speak or to hear, as its documentation has it.
import type { Context, Provider, SpeechRequest, TranscriptionRequest, Upload } from '@g4f/core';
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

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
  readonly text: string;
  readonly warnings: readonly string[];
}

async function sent(
  id: string,
  ask: (provider: Provider, context: Context) => AsyncIterable<unknown>,
): Promise<Sent> {
  const provider = await registry[id]?.load();
  if (provider === undefined) throw new Error(`there is no ${id}`);
  const warnings: string[] = [];
  const context = createFakeContext(
    { status: 418 },
    { apiKey: 'k', env: { AZURE_OPENAI_ENDPOINT: 'https://res.openai.azure.com' } },
  );
  const lent = { ...context, warn: (warning: string) => void warnings.push(warning) };
  await expect(async () => {
    for await (const _ of ask(provider, lent));
  }).rejects.toMatchObject({ status: 418 });
  const [request] = context.requests;
  let text = request?.body ?? '';
  for await (const piece of request?.bodyStream ?? []) text += Buffer.from(piece).toString();
  const json: unknown = request?.body === undefined ? undefined : JSON.parse(request.body);
  return { url: request?.url ?? '', headers: request?.headers ?? {}, json, text, warnings };
}

const none = async function* (): AsyncGenerator<never> {};

const speaks = (id: string, more: Partial<SpeechRequest>): Promise<Sent> =>
  sent(id, ({ speech }, context) => speech?.({ model: 'm', input: 'Hi!', ...more }, context) ?? none());

const hears = (id: string, more: Partial<TranscriptionRequest>): Promise<Sent> =>
  sent(
    id,
    ({ transcribe }, context) =>
      transcribe?.({ model: 'm', file, task: 'transcribe', ...more }, context) ?? none(),
  );

/** The fields of a form, in their order. */
const fields = ({ text }: Sent): readonly string[] =>
  [
    ...text.matchAll(
      /name="([^"]+)"(?:; filename="([^"]+)"\r\ncontent-type: (\S+))?\r\n\r\n([\s\S]*?)\r\n--/g,
    ),
  ].map(
    ([, name, filename, type, value]) =>
      `${name}=${filename === undefined ? value : `${filename} (${type}) ${value}`}`,
  );

describe('speech', () => {
  it('is asked of OpenAI in its own words', async () => {
    const { url, json } = await speaks('openai', { voice: 'coral', instructions: 'Softly.', speed: 1.5 });
    expect(url).toBe('https://api.openai.com/v1/audio/speech');
    expect(json).toEqual({ model: 'm', input: 'Hi!', voice: 'coral', instructions: 'Softly.', speed: 1.5 });
    expect((await speaks('azure-openai', {})).url).toBe(
      'https://res.openai.azure.com/openai/v1/audio/speech',
    );
  });

  it('is asked for in a format where the service has another than OpenAI', async () => {
    expect((await speaks('groq', {})).json).toMatchObject({ response_format: 'wav' });
    expect((await speaks('together', {})).json).toMatchObject({ response_format: 'mp3' });
    expect((await speaks('deepinfra', { response_format: 'pcm' })).json).toMatchObject({
      response_format: 'pcm',
    });
  });

  it('is asked of ElevenLabs with the voice in the address', async () => {
    const { url, headers, json, warnings } = await speaks('elevenlabs', {
      voice: { id: 'v 1' },
      response_format: 'wav',
      speed: 0.8,
      voice_settings: { stability: 0.5 },
      instructions: 'Softly.',
      seed: 7,
    });
    expect(url).toBe('https://api.elevenlabs.io/v1/text-to-speech/v%201/stream?output_format=pcm_24000');
    expect(headers).toMatchObject({ 'xi-api-key': 'k' });
    expect(json).toEqual({
      text: 'Hi!',
      model_id: 'm',
      voice_settings: { stability: 0.5, speed: 0.8 },
      seed: 7,
    });
    expect(warnings).toEqual(['instructions: ElevenLabs does not take them.']);
    expect((await speaks('elevenlabs', { response_format: 'mp3_22050_32' })).url).toContain('mp3_22050_32');
  });

  it('is asked of Deepgram with everything but the text in the address', async () => {
    const { url, headers, json } = await speaks('deepgram', {
      model: 'aura-2',
      voice: 'thalia-en',
      response_format: 'opus',
      tag: ['a', 'b'],
    });
    expect(url).toBe(
      'https://api.deepgram.com/v1/speak?model=aura-2-thalia-en&encoding=opus&container=ogg&tag=a&tag=b',
    );
    expect(headers).toMatchObject({ authorization: 'Token k' });
    expect(json).toEqual({ text: 'Hi!' });
    expect((await speaks('deepgram', { model: 'aura-2', voice: 'aura-2-zeus-en' })).url).toContain(
      'model=aura-2-zeus-en',
    );
  });

  it('is not asked of Deepgram in a format that it does not write', async () => {
    for (const response_format of ['ogg', 'constructor', 'toString'])
      await expect(speaks('deepgram', { response_format })).rejects.toThrow('G4FError: deepgram: response_f');
  });

  it('is asked of Gemini as samples', async () => {
    const { url, json } = await speaks('gemini', { voice: 'Kore', instructions: 'Softly.' });
    expect(url).toMatch(/\/v1beta\/models\/m:generateContent$/);
    expect(json).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Hi!', speechMetadata: { style: 'Softly.' } }] }],
      generationConfig: {
        responseModalities: ['AUDIO'],
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
      },
    });
  });
});

describe('a transcription', () => {
  it('is asked of OpenAI as its own library writes the form', async () => {
    const asked = await hears('openai', {
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
      chunking_strategy: { type: 'server_vad', threshold: 0.5 },
      temperature: 0,
    });
    expect(asked.url).toBe('https://api.openai.com/v1/audio/transcriptions');
    expect(fields(asked)).toEqual([
      'file=talk.mp3 (audio/mpeg) ID3!',
      'model=m',
      'response_format=verbose_json',
      'timestamp_granularities[]=word',
      'timestamp_granularities[]=segment',
      'chunking_strategy[type]=server_vad',
      'chunking_strategy[threshold]=0.5',
      'temperature=0',
    ]);
    expect(Number(asked.headers['content-length'])).toBe(Buffer.byteLength(asked.text));
    expect((await hears('openai', { task: 'translate' })).url).toMatch(/\/audio\/translations$/);
  });

  it('is asked for in a format that the service writes', async () => {
    expect(fields(await hears('groq', { response_format: 'srt', stream: true }))).toEqual([
      'file=talk.mp3 (audio/mpeg) ID3!',
      'model=m',
      'response_format=verbose_json',
    ]);
    expect(
      fields(await hears('together', { response_format: 'text', timestamp_granularities: ['word'] })),
    ).toEqual([
      'file=talk.mp3 (audio/mpeg) ID3!',
      'model=m',
      'response_format=json',
      'timestamp_granularities=word',
    ]);
    const mistral = await hears('mistral', {
      response_format: 'vtt',
      prompt: 'Zürich',
      context_bias: ['Chur'],
    });
    expect(fields(mistral)).toEqual(
      [
        'timestamp_granularities=segment',
        'model=m',
        'context_bias=Chur',
        'file=talk.mp3 (audio/mpeg) ID3!',
      ].sort((a, b) => fields(mistral).indexOf(a) - fields(mistral).indexOf(b)),
    );
    expect(mistral.warnings).toEqual([expect.stringContaining('prompt: Mistral does not take it')]);
  });

  it('is asked of Mistral with times or with a language, and with speakers where they are asked for', async () => {
    const plain = await hears('mistral', { language: 'de' });
    expect(fields(plain)).toContain('language=de');
    expect(plain.warnings).toEqual([]);
    for (const more of [
      { response_format: 'srt' },
      { response_format: 'verbose_json', timestamp_granularities: ['word'] },
      { timestamp_granularities: ['segment'] },
    ] as const) {
      const timed = await hears('mistral', { language: 'de', ...more });
      expect(fields(timed).join()).not.toMatch(/language=|diarize/);
      expect(timed.warnings).toEqual([expect.stringContaining('language: Mistral does not take it where')]);
    }
    const apart = await hears('mistral', { response_format: 'diarized_json' });
    expect(fields(apart)).toEqual(
      expect.arrayContaining(['timestamp_granularities=segment', 'diarize=true']),
    );
  });

  it('is asked of Deepgram with the file as the body', async () => {
    const { url, headers, text, warnings } = await hears('deepgram', {
      response_format: 'diarized_json',
      keyterm: 'Zürich',
      temperature: 0.5,
    });
    expect(url).toBe(
      'https://api.deepgram.com/v1/listen?smart_format=true&detect_language=true&diarize=true&model=m&keyterm=Z%C3%BCrich',
    );
    expect(headers).toMatchObject({ 'content-type': 'audio/mpeg', 'content-length': '4' });
    expect(text).toBe('ID3!');
    expect(warnings).toEqual(['temperature: Deepgram does not take it.']);
    expect((await hears('deepgram', { language: 'de' })).url).toContain('language=de');
  });

  it('is asked of ElevenLabs, Hugging Face and Gemini in their words', async () => {
    expect(fields(await hears('elevenlabs', { language: 'de', num_speakers: 2 }))).toEqual([
      'file=talk.mp3 (audio/mpeg) ID3!',
      'model_id=m',
      'language_code=de',
      'num_speakers=2',
    ]);
    const raw = await hears('huggingface', { model: 'openai/whisper-large-v3' });
    expect(new URL(raw.url).pathname).toBe('/hf-inference/models/openai/whisper-large-v3');
    expect(raw.text).toBe('ID3!');
    const timed = await hears('huggingface', { model: 'openai/whisper-large-v3', response_format: 'srt' });
    expect(timed.json).toEqual({ inputs: 'SUQzIQ==', parameters: { return_timestamps: true } });
    const { url, json } = await hears('gemini', { task: 'translate', stream: true, language: 'de' });
    expect(url).toContain('/models/m:streamGenerateContent?alt=sse');
    expect(json).toMatchObject({
      contents: [
        {
          parts: [
            { text: expect.stringMatching(/into English.*spoken is de/) },
            { inlineData: { mimeType: 'audio/mpeg', data: 'SUQzIQ==' } },
          ],
        },
      ],
    });
  });
});

it('takes extra fields where a body has a place for them, and says so where it has none', async () => {
  const openai = await registry.openai?.load();
  const context = {
    ...createFakeContext({ status: 418 }, { apiKey: 'k' }),
    extraBody: { hints: ['a'] },
  };
  const request = { model: 'm', file, task: 'transcribe' } as const;
  await expect(openai?.transcribe?.(request, context)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    status: 418,
  });
  let text = '';
  for await (const piece of context.requests[0]?.bodyStream ?? []) text += Buffer.from(piece).toString();
  expect(text).toContain('name="hints"\r\n\r\n["a"]');
  const huggingface = await registry.huggingface?.load();
  const bare = { ...request, model: 'a/b' };
  await expect(huggingface?.transcribe?.(bare, context)[Symbol.asyncIterator]().next()).rejects.toThrow(
    'extraBody has no place in this request',
  );
});

it('takes extra fields into the query of Deepgram, over its parameters of the same name', async () => {
  const deepgram = await registry.deepgram?.load();
  const context = {
    ...createFakeContext({ status: 418 }, { apiKey: 'k' }),
    extraBody: { sample_rate: 8000, tag: ['a', 'b'], encoding: 'mulaw', smart_format: null },
  };
  const spoken = deepgram?.speech?.({ model: 'aura-2', input: 'Hi!', response_format: 'pcm' }, context);
  await expect(spoken?.[Symbol.asyncIterator]().next()).rejects.toMatchObject({ status: 418 });
  const heard = deepgram?.transcribe?.({ model: 'nova-3', file, task: 'transcribe' }, context);
  await expect(heard?.[Symbol.asyncIterator]().next()).rejects.toMatchObject({ status: 418 });
  const [speech, listening] = context.requests;
  expect(speech?.body).toBe('{"text":"Hi!"}');
  expect(speech?.url).toBe(
    'https://api.deepgram.com/v1/speak?model=aura-2-thalia-en&container=none&sample_rate=8000&tag=a&tag=b&encoding=mulaw',
  );
  expect(new URL(listening?.url ?? '').searchParams.getAll('tag')).toEqual(['a', 'b']);
  expect(listening?.url).not.toContain('smart_format');
});
