// The methods of a client that carry out an operation, and how their answers cross between threads: one table for `Client` and its worker.
import type {
  Batch,
  ChatCompletion,
  EmbeddingResponse,
  ImageOutput,
  ImagesResponse,
  ModelResponse,
  ModerationResponse,
  ResponseStreamEvent,
  SpeechPart,
  StoredResponse,
  TextCompletion,
  TranscriptionPart,
} from '@g4f/core';
import { LOADERS, type LoadKind, type MethodName } from './loaders.ts';
import { packImages, unpackImages } from './pack-images.ts';
import { packSound, unpackSound } from './pack-sound.ts';
import { packVectors, unpackVectors } from './pack-vectors.ts';
import type { Packed } from './packed.ts';

/** A method, and its operation, which is loaded with the first call. */
export interface Method<Part, Answer extends object> {
  readonly load: LoadKind<Part, Answer>;
  /** How an answer crosses between threads. */
  readonly answer: Crossing<Answer>;
  /** How a part of an answer does, where a stream of parts can be asked for, and no events of a chat. */
  readonly part?: Crossing<Part>;
  /** What the reader of a stream is given one by one of a part, where that is more than one: they cross as JSON. */
  pieces?(part: Part): readonly unknown[];
  /** The parameters that are files. */
  readonly files?: readonly string[];
}

/** Makes something ready to cross between threads, and reads it on the other side. */
export interface Crossing<T> {
  pack(value: T): Packed;
  unpack(packed: Packed): T;
}

// Plain objects, and no calls: a bundler leaves out what a program without `Client` does not use.

const packJson = (json: unknown): Packed => ({ json, bytes: [] });
const unpackJson = <T>({ json }: Packed): T => json as T;

/** What is plain data crosses as it is. */
const AS_JSON = { pack: packJson, unpack: unpackJson };
const IMAGES = { pack: packImages, unpack: unpackImages };
const SOUND = { pack: packSound, unpack: unpackSound };

const chat: Method<Batch, ChatCompletion> = { load: LOADERS['chat.completions.create'], answer: AS_JSON };

const embeddings: Method<EmbeddingResponse, EmbeddingResponse> = {
  load: LOADERS['embeddings.create'],
  answer: { pack: packVectors, unpack: unpackVectors },
};

const moderations: Method<ModerationResponse, ModerationResponse> = {
  load: LOADERS['moderations.create'],
  answer: AS_JSON,
};

const responses: Method<readonly ResponseStreamEvent[], ModelResponse> = {
  load: LOADERS['responses.create'],
  answer: AS_JSON,
  pieces: (events) => events,
};

const stored: Method<StoredResponse, StoredResponse> = { load: LOADERS['responses.stored'], answer: AS_JSON };

const completions: Method<TextCompletion, TextCompletion> = {
  load: LOADERS['completions.create'],
  answer: AS_JSON,
  part: AS_JSON,
};

type ImageMethod = Method<ImageOutput, ImagesResponse>;

const generate: ImageMethod = { load: LOADERS['images.generate'], answer: IMAGES, part: IMAGES };
const edit: ImageMethod = {
  load: LOADERS['images.edit'],
  answer: IMAGES,
  part: IMAGES,
  files: ['image', 'mask'],
};
const vary: ImageMethod = { load: LOADERS['images.createVariation'], answer: IMAGES, files: ['image'] };

const speech: Method<SpeechPart, SpeechPart> = {
  load: LOADERS['audio.speech.create'],
  answer: SOUND,
  part: SOUND,
};

const transcriptions: Method<TranscriptionPart, TranscriptionPart> = {
  load: LOADERS['audio.transcriptions.create'],
  answer: AS_JSON,
  part: AS_JSON,
  files: ['file'],
};

const translations: Method<TranscriptionPart, TranscriptionPart> = {
  load: LOADERS['audio.translations.create'],
  answer: AS_JSON,
  files: ['file'],
};

/** By their paths on a client. */
export const METHODS = {
  'chat.completions.create': chat,
  'embeddings.create': embeddings,
  'moderations.create': moderations,
  'responses.create': responses,
  'responses.stored': stored,
  'completions.create': completions,
  'images.generate': generate,
  'images.edit': edit,
  'images.createVariation': vary,
  'audio.speech.create': speech,
  'audio.transcriptions.create': transcriptions,
  'audio.translations.create': translations,
} as const satisfies { readonly [Name in MethodName]: object };
