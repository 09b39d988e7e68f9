// The surface of `audio`, which both clients share.
import type {
  SpeechFormat,
  Transcription,
  TranscriptionEvent,
  TranscriptionFormat,
  TranscriptionSegment,
} from '@g4f/core';
import type { Later, Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';
import type { AsyncAnswerStream, StreamHeaders, SyncPartStream } from './part-stream.ts';
import type { RouteAttempt } from './received.ts';
import type { Uploadable } from './uploadable.ts';

interface AudioOptions extends Omit<ParamOptions, 'fallback' | 'retired'> {
  /** A family (`whisper-large-v3`), a provider's own id, `provider:id`, or `provider/id`. */
  readonly model: ModelName;
  /** What a service knows besides goes to it as it is. */
  readonly [parameter: string]: unknown;
}

/** The parameters of `audio.speech.create`. Source: https://platform.openai.com/docs/api-reference/audio/createSpeech */
export interface SpeechParams extends AudioOptions {
  /** What is read aloud. */
  readonly input: string;
  /** The service's name of a voice. */
  readonly voice?: string | { readonly id: string } | null;
  /** `mp3` unless given, where the service writes it. */
  readonly response_format?: SpeechFormat | null;
  /** From 0.25 to 4; 1 unless given. */
  readonly speed?: number | null;
  /** How it is to be read, where the model takes that. */
  readonly instructions?: string | null;
}

/** What both clients tell of sound. */
interface SpeechFacts extends StreamHeaders {
  /** The media type of the sound, by its first bytes: a service may write another format than was asked for. */
  readonly contentType: string;
  /** Who speaks. */
  readonly provider: string;
  /** What could not be done of what was asked. */
  readonly warnings: readonly string[];
  /** Who has been asked, in order. */
  readonly route: readonly RouteAttempt[];
  /** Stops it and closes the connection: a loop ends, and whoever wants all of it gets `aborted`. */
  abort(): void;
}

/** Sound as it arrives; it can be read once. Reading throws G4FError `stream-truncated` where the service breaks off. */
export interface AsyncSpeech extends SpeechFacts, AsyncIterable<Uint8Array<ArrayBuffer>> {
  /** The sound as a stream. Cancelling it closes the connection. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Whether it is being read, or has been. */
  readonly bodyUsed: boolean;
  /** Like `bytes` and `blob`, it throws `bad-response` for more than `LIMITS.soundBytes`: read that piece by piece, or by `toFile`. */
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  blob(): Promise<Blob>;
  /** Writes it to a file as it comes. A file gets its name when it is whole; where something fails, there is none. */
  toFile(path: string | URL): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Sound as it arrives; waiting for more of it blocks the thread. It can be read once. */
export interface SyncSpeech extends SpeechFacts, Iterable<Uint8Array<ArrayBuffer>> {
  readonly bodyUsed: boolean;
  /** See {@link AsyncSpeech.arrayBuffer}. */
  arrayBuffer(): ArrayBuffer;
  bytes(): Uint8Array<ArrayBuffer>;
  blob(): Blob;
  /** See {@link AsyncSpeech.toFile}. */
  toFile(path: string | URL): void;
  [Symbol.dispose](): void;
}

/** The sound of a face. */
export type SpeechOf<M extends Mode> = M extends 'async' ? AsyncSpeech : SyncSpeech;

/** `audio.speech.create`: the text as sound, once its first bytes have come. */
export type CreateSpeech<M extends Mode> = (
  params: SpeechParams,
  options?: CallOptions,
) => Later<M, SpeechOf<M>>;

interface HeardParams extends AudioOptions {
  /** The sound. Its name, or its first bytes, tell its format. */
  readonly file: Uploadable;
  /** What came before, or how names are spelt. */
  readonly prompt?: string | null;
  readonly temperature?: number | null;
}

/** The parameters of `audio.translations.create`. Source: https://platform.openai.com/docs/api-reference/audio/createTranslation */
export interface TranslationParams extends HeardParams {
  /** `json` unless given. */
  readonly response_format?: Exclude<TranscriptionFormat, 'diarized_json'> | null;
}

/** The parameters of `audio.transcriptions.create`. Source: https://platform.openai.com/docs/api-reference/audio/createTranscription */
export interface TranscriptionParams extends HeardParams {
  /** `json` unless given. */
  readonly response_format?: TranscriptionFormat | null;
  /** The language that is spoken (ISO 639-1). */
  readonly language?: string | null;
  /** What times are told of, with `verbose_json`. */
  readonly timestamp_granularities?: readonly ('word' | 'segment')[] | null;
  /** Whether the text comes as it is heard. */
  readonly stream?: boolean | null;
}

/** The formats that are files: their answer is a text. */
type FileFormat = 'text' | 'srt' | 'vtt';

/** A transcription whose segments have times. */
export interface TimedTranscription extends Transcription {
  readonly segments: readonly TranscriptionSegment[];
}

/** The events of a transcription as they arrive; `transcript.text.done` comes last, with the whole text. */
export type TranscriptionStream<M extends Mode> = M extends 'async'
  ? AsyncAnswerStream<TranscriptionEvent>
  : SyncPartStream<TranscriptionEvent>;

/** `audio.transcriptions.create`: what is said, in its own language. */
export interface CreateTranscription<M extends Mode> {
  (params: TranscriptionParams & { readonly stream: true }, options?: CallOptions): TranscriptionStream<M>;
  (
    params: TranscriptionParams & { readonly response_format: FileFormat; readonly stream?: false | null },
    options?: CallOptions,
  ): Promised<M, string>;
  (
    params: TranscriptionParams & {
      readonly response_format: 'verbose_json' | 'diarized_json';
      readonly stream?: false | null;
    },
    options?: CallOptions,
  ): Promised<M, TimedTranscription>;
  (
    params: TranscriptionParams & {
      readonly response_format?: 'json' | null;
      readonly stream?: false | null;
    },
    options?: CallOptions,
  ): Promised<M, Transcription>;
  (
    params: TranscriptionParams & { readonly stream?: false | null },
    options?: CallOptions,
  ): Promised<M, Transcription | string>;
  (
    params: TranscriptionParams,
    options?: CallOptions,
  ): Promised<M, Transcription | string> | TranscriptionStream<M>;
}

/** `audio.translations.create`: what is said, in English. */
export interface CreateTranslation<M extends Mode> {
  (
    params: TranslationParams & { readonly response_format: FileFormat },
    options?: CallOptions,
  ): Promised<M, string>;
  (
    params: TranslationParams & { readonly response_format: 'verbose_json' },
    options?: CallOptions,
  ): Promised<M, TimedTranscription>;
  (
    params: TranslationParams & { readonly response_format?: 'json' | null },
    options?: CallOptions,
  ): Promised<M, Transcription>;
  (params: TranslationParams, options?: CallOptions): Promised<M, Transcription | string>;
}

/** `audio` of a client. */
export interface Audio<M extends Mode> {
  readonly speech: { readonly create: CreateSpeech<M> };
  readonly transcriptions: { readonly create: CreateTranscription<M> };
  readonly translations: { readonly create: CreateTranslation<M> };
}
