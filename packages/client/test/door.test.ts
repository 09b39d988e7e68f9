// The door's types: a program in TypeScript that wraps a method can name its parameters and its answer.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type {
  AsyncClient,
  Client,
  EmbeddingParams,
  EmbeddingResponse,
  ImageEditParams,
  ImageGenerateParams,
  ImagesResponse,
  ImageVariationParams,
  InputItemsParams,
  ListParams,
  Model,
  ModelResponse,
  ModerationParams,
  ModerationResponse,
  ResponseParams,
  SpeechParams,
  SyncSpeech,
  TextCompletion,
  TextParams,
  TimedTranscription,
  Transcription,
  TranscriptionParams,
  TranscriptionStream,
  TranslationParams,
} from '../src/index.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
/** What several methods have in common, and what is the same with any schema. */
const INNER = /^(?:Any.*|ProgramParams)$/;

// Compiled and never called: the types are the test.
const wrappers = (client: Client, later: AsyncClient) => ({
  embed: (params: EmbeddingParams): EmbeddingResponse => client.embeddings.create(params),
  moderate: (params: ModerationParams): ModerationResponse => client.moderations.create(params),
  draw: (params: ImageGenerateParams): ImagesResponse => client.images.generate({ ...params, stream: false }),
  edit: (params: ImageEditParams): ImagesResponse => client.images.edit({ ...params, stream: false }),
  vary: (params: ImageVariationParams): ImagesResponse => client.images.createVariation(params),
  speak: (params: SpeechParams): SyncSpeech => client.audio.speech.create(params),
  hear: (params: TranscriptionParams): Transcription | string =>
    client.audio.transcriptions.create({ ...params, stream: false }),
  time: (params: TranscriptionParams): TimedTranscription =>
    client.audio.transcriptions.create({ ...params, response_format: 'verbose_json', stream: false }),
  follow: (params: TranscriptionParams): TranscriptionStream<'async'> =>
    later.audio.transcriptions.create({ ...params, stream: true }),
  translate: (params: TranslationParams): Transcription | string => client.audio.translations.create(params),
  complete: (params: TextParams): TextCompletion => client.completions.create({ ...params, stream: false }),
  respond: (params: ResponseParams): ModelResponse => client.responses.create({ ...params, stream: false }),
  items: (params: InputItemsParams) => client.responses.inputItems.list('id', params),
  models: (params: ListParams): readonly Model[] => client.models.list(params).data,
});

describe('the door', () => {
  it('names what a wrapper of any method takes and gives', () => {
    expectTypeOf(wrappers).toBeFunction();
  });

  it('exports the parameters of every method', () => {
    const door = read('../src/index.ts') + read('../src/browser.ts');
    const declared = readdirSync(new URL('../src/surface/', import.meta.url)).flatMap((file) =>
      [...read(`../src/surface/${file}`).matchAll(/^export (?:interface|type) (\w+Params)\b/gm)].map(
        ([, name = '']) => name,
      ),
    );
    const missing = declared.filter(
      (name) => !INNER.test(name) && !new RegExp(String.raw`\b${name}\b`).test(door),
    );
    expect(declared.length).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });
});
