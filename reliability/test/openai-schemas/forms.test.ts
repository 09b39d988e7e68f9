// OpenAI's published document accepts every form that the client sends to OpenAI: the names of its fields, and what is in them.
import { AsyncClient } from '@g4f/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DocumentedService, type SentRequest, startDocumentedService } from './documented-service.ts';
import { type Answer, partsOf } from './parts-of.ts';
import { namesIn, problemsOf } from './schema-problems.ts';
import { PNG, WAV } from './service-answers.ts';

let service: DocumentedService;
beforeAll(async () => {
  service = await startDocumentedService();
});
afterAll(() => service.close());

const file = new File([WAV], 'a.wav', { type: 'audio/wav' });
const image = new File([Buffer.from(PNG, 'base64')], 'a.png', { type: 'image/png' });
/** What OpenAI documents and the types leave to `[parameter: string]`. */
const diarization = {
  chunking_strategy: { type: 'server_vad', threshold: 0.5, silence_duration_ms: 200, prefix_padding_ms: 300 },
  known_speaker_names: ['Anna', 'Ben'],
  known_speaker_references: ['data:audio/wav;base64,UklGRg==', 'data:audio/wav;base64,UklGRg=='],
};

type Ask = (client: AsyncClient) => Answer;

const FORMS: readonly (readonly [about: string, schema: string, path: string, Ask])[] = [
  [
    'one image',
    'CreateImageEditRequest',
    '/v1/images/edits',
    ({ images }) =>
      images.edit({ model: 'dall-e-2', image, prompt: 'a "cat"\r\n', response_format: 'b64_json' }),
  ],
  [
    'several images and a mask',
    'CreateImageEditRequest',
    '/v1/images/edits',
    ({ images }) =>
      images.edit({
        model: 'gpt-image-2',
        image: [image, image],
        mask: image,
        prompt: 'a cat',
        n: 2,
        size: '1024x1024',
        quality: 'high',
        background: 'transparent',
        output_format: 'webp',
        output_compression: 80,
        input_fidelity: 'high',
        stream: true,
        partial_images: 2,
        user: 'u',
      }),
  ],
  [
    'a variation',
    'CreateImageVariationRequest',
    '/v1/images/variations',
    ({ images }) =>
      images.createVariation({ model: 'dall-e-2', image, n: 2, size: '512x512', response_format: 'url' }),
  ],
  [
    'a transcription',
    'CreateTranscriptionRequest',
    '/v1/audio/transcriptions',
    ({ audio }) =>
      audio.transcriptions.create({
        model: 'whisper-1',
        file,
        language: 'en',
        prompt: 'Zürich',
        response_format: 'verbose_json',
        temperature: 0.2,
        timestamp_granularities: ['word', 'segment'],
      }),
  ],
  [
    'a streamed transcription',
    'CreateTranscriptionRequest',
    '/v1/audio/transcriptions',
    ({ audio }) =>
      audio.transcriptions.create({ model: 'gpt-4o-transcribe', file, stream: true, include: ['logprobs'] }),
  ],
  [
    'speakers',
    'CreateTranscriptionRequest',
    '/v1/audio/transcriptions',
    ({ audio }) =>
      audio.transcriptions.create({
        model: 'gpt-4o-transcribe-diarize',
        file,
        response_format: 'diarized_json',
        ...diarization,
      }),
  ],
  [
    'a translation',
    'CreateTranslationRequest',
    '/v1/audio/translations',
    ({ audio }) =>
      audio.translations.create({
        model: 'whisper-1',
        file,
        prompt: 'x',
        response_format: 'srt',
        temperature: 0,
      }),
  ],
];

it.each(FORMS)('%s is what %s says', async (_, schema, path, ask) => {
  const sent = await sentBy(ask);
  expect(sent.path).toBe(path);
  const { fields, files } = await formOf(sent);
  expect(problemsOf(schema, fields), JSON.stringify(fields)).toEqual([]);
  expect(Object.keys(fields).filter((name) => !namesIn(schema).includes(name))).toEqual([]);
  // OpenAI knows the format of a file by the end of its name.
  expect(files).not.toEqual([]);
  for (const { name, type, size } of files) {
    expect(`${name} ${type}`).toMatch(/^\S+\.(?:png image\/png|wav audio\/wav)$/);
    expect(size).toBe(name.endsWith('.png') ? image.size : file.size);
  }
});

/** What is sent in a call, whose answer is none. */
async function sentBy(ask: Ask): Promise<SentRequest> {
  service.sent.length = 0;
  const [provider, baseURL] = ['openai', `${service.url}/v1`];
  const client = new AsyncClient({ env: {}, provider, baseURL, apiKey: 'key', maxRetries: 0 });
  await partsOf(ask(client)).catch(() => undefined);
  const [first] = service.sent;
  if (first === undefined) throw new Error('nothing was sent');
  return first;
}

/** The form as its receiver reads it: lists and objects by the brackets in their names, numbers as numbers. */
async function formOf({ body, contentType }: SentRequest) {
  const sent = new Response(Buffer.from(body, 'latin1'), { headers: { 'content-type': contentType } });
  const fields: Record<string, unknown> = {};
  const files: File[] = [];
  for (const [key, value] of await sent.formData()) {
    const [, name = key, inner] = /^([^[]+)(?:\[(\w*)\])?$/.exec(key) ?? [];
    if (typeof value !== 'string') files.push(value);
    const read = typeof value === 'string' ? plain(value) : value.name;
    const before = fields[name];
    if (inner === undefined) fields[name] = read;
    else if (inner === '') fields[name] = [...(Array.isArray(before) ? before : []), read];
    else fields[name] = { ...Object(before), [inner]: read };
  }
  return { fields, files };
}

const plain = (text: string): unknown =>
  /^(?:true|false|-?\d+(?:\.\d+)?)$/.test(text) ? JSON.parse(text) : text;
