// The methods of a client that carry out an operation: one table for AsyncClient, Client and the worker.
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
  TextCompletion,
  TranscriptionPart,
} from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { packImages, unpackImages } from './pack-images.ts';
import { packSound, unpackSound } from './pack-sound.ts';
import { packVectors, unpackVectors } from './pack-vectors.ts';
import type { Packed } from './packed.ts';

/** A method, and its operation, which is loaded with the first call. */
export interface Method<Part, Answer extends object> {
  load(): Promise<OperationKind<Part, Answer>>;
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

/** What is plain data crosses as it is. */
const asJson = <T>(): Crossing<T> => ({
  pack: (json) => ({ json, bytes: [] }),
  unpack: ({ json }) => json as T,
});

const chat: Method<Batch, ChatCompletion> = {
  load: async () => (await import('./full-client.ts')).chatOperation,
  answer: asJson(),
};

const embeddings: Method<EmbeddingResponse, EmbeddingResponse> = {
  load: async () => (await import('../embeddings/embed-operation.ts')).embedOperation,
  answer: { pack: packVectors, unpack: unpackVectors },
};

const moderations: Method<ModerationResponse, ModerationResponse> = {
  load: async () => (await import('../moderations/moderate-operation.ts')).moderateOperation,
  answer: asJson(),
};

const responses: Method<readonly ResponseStreamEvent[], ModelResponse> = {
  load: async () => (await import('../responses/respond-operation.ts')).respondOperation,
  answer: asJson(),
  pieces: (events) => events,
};

const completions: Method<TextCompletion, TextCompletion> = {
  load: async () => (await import('../completions/complete-operation.ts')).completeOperation,
  answer: asJson(),
  part: asJson(),
};
const images = (
  load: Method<ImageOutput, ImagesResponse>['load'],
  files: readonly string[],
): Method<ImageOutput, ImagesResponse> => ({
  load,
  answer: { pack: packImages, unpack: unpackImages },
  part: { pack: packImages, unpack: unpackImages },
  files,
});

const generate = images(async () => (await import('../images/image-operations.ts')).generateOperation, []);
const edit = images(
  async () => (await import('../images/image-operations.ts')).editOperation,
  ['image', 'mask'],
);
const vary = images(
  async () => (await import('../images/image-operations.ts')).variationOperation,
  ['image'],
);
const speech: Method<SpeechPart, SpeechPart> = {
  load: async () => (await import('../audio/speech-operation.ts')).speechOperation,
  answer: { pack: packSound, unpack: unpackSound },
  part: { pack: packSound, unpack: unpackSound },
};

const transcriptions: Method<TranscriptionPart, TranscriptionPart> = {
  load: async () => (await import('../audio/transcribe-operation.ts')).transcribeOperation,
  answer: asJson(),
  part: asJson(),
  files: ['file'],
};

const translations: Method<TranscriptionPart, TranscriptionPart> = {
  load: async () => (await import('../audio/transcribe-operation.ts')).translateOperation,
  answer: asJson(),
  files: ['file'],
};

/** By their paths on a client. */
export const METHODS = {
  'chat.completions.create': chat,
  'embeddings.create': embeddings,
  'moderations.create': moderations,
  'responses.create': responses,
  'completions.create': completions,
  'images.generate': generate,
  'images.edit': edit,
  'images.createVariation': vary,
  'audio.speech.create': speech,
  'audio.transcriptions.create': transcriptions,
  'audio.translations.create': translations,
} as const;

/** The path of a method. */
export type MethodName = keyof typeof METHODS;
