// Transcriptions and translations: speech that is written down, in OpenAI's shapes.
// Source: https://platform.openai.com/docs/api-reference/audio/createTranscription and …/audio/createTranslation
import type { Upload } from './upload.ts';

/** How the text comes: as an object, or as the text of a file. */
export type TranscriptionFormat = 'json' | 'text' | 'srt' | 'verbose_json' | 'vtt' | 'diarized_json';

/** One request as a provider receives it: `model` is the provider's own id. */
export interface TranscriptionRequest {
  readonly model: string;
  /** The sound. */
  readonly file: Upload;
  /** Whether it is written down in its own language, or in English. */
  readonly task: 'transcribe' | 'translate';
  /** The language that is spoken (ISO 639-1). */
  readonly language?: string;
  /** What came before, or how names are spelt. */
  readonly prompt?: string;
  /** `json` unless given. */
  readonly response_format?: TranscriptionFormat;
  readonly temperature?: number;
  /** What times are told of, with `verbose_json`. */
  readonly timestamp_granularities?: readonly ('word' | 'segment')[];
  /** Whether the text comes as it is heard. */
  readonly stream?: boolean;
  /** A parameter that is not known by name goes to the service as it is. */
  readonly [parameter: string]: unknown;
}

/** A word, and when it is said; times are in seconds. */
export interface TranscriptionWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Who says it, where the service tells speakers apart. */
  readonly speaker?: string;
}

/** A piece of the text, and when it is said; times are in seconds. Services add fields of their own. */
export interface TranscriptionSegment {
  readonly id: number | string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Who says it, with `diarized_json`. */
  readonly speaker?: string;
  readonly [field: string]: unknown;
}

/** What is counted: tokens, or seconds of sound. */
export type TranscriptionUsage =
  | { readonly type: 'duration'; readonly seconds: number }
  | {
      readonly type: 'tokens';
      readonly input_tokens: number;
      readonly output_tokens: number;
      readonly total_tokens: number;
      readonly [field: string]: unknown;
    };

/** What the client adds to an answer, or to the first part of a stream. */
interface TranscriptionStamp {
  /** Who answered; stamped by the client. */
  readonly provider?: string;
  /** What could not be done of what was asked; stamped by the client. */
  readonly warnings?: readonly string[];
}

/** What was said. */
export interface Transcription extends TranscriptionStamp {
  readonly text: string;
  /** With `verbose_json`: the language, as the service writes it. */
  readonly language?: string;
  /** With `verbose_json` and `diarized_json`: of the sound, in seconds. */
  readonly duration?: number;
  /** With `verbose_json` and `diarized_json`. */
  readonly segments?: readonly TranscriptionSegment[];
  /** With `verbose_json`, where times of words were asked for. */
  readonly words?: readonly TranscriptionWord[];
  readonly usage?: TranscriptionUsage;
  /** Set if the answer was kept, and is given again: nobody was asked; stamped by the client. */
  readonly cached?: true;
  /** What else the service says (`logprobs`, `task`). */
  readonly [field: string]: unknown;
  /** The service's id of the request, null if it names none; and its headers, without cookies and keys. Set by clients, not enumerable. */
  readonly _request_id?: string | null;
  readonly _headers?: Readonly<Record<string, string>>;
}

/** What was said as the text of a file, for `text`, `srt` and `vtt`. */
export interface TranscriptionText extends TranscriptionStamp {
  readonly format: 'text' | 'srt' | 'vtt';
  readonly text: string;
  /** See {@link Transcription}. */
  readonly cached?: true;
}

/** A part of a streamed text. */
export interface TranscriptionDelta extends TranscriptionStamp {
  readonly type: 'transcript.text.delta';
  readonly delta: string;
  readonly [field: string]: unknown;
}

/** A piece of a streamed text that is complete, and who says it. */
export interface TranscriptionSegmentEvent extends TranscriptionStamp {
  readonly type: 'transcript.text.segment';
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly speaker: string;
  readonly [field: string]: unknown;
}

/** The end of a streamed text, and the whole of it. */
export interface TranscriptionDone extends TranscriptionStamp {
  readonly type: 'transcript.text.done';
  readonly text: string;
  readonly usage?: TranscriptionUsage;
  readonly [field: string]: unknown;
}

/** What a streamed transcription is made of; `transcript.text.done` comes last. */
export type TranscriptionEvent = TranscriptionDelta | TranscriptionSegmentEvent | TranscriptionDone;

/** What a provider answers: the events of a stream, or one whole answer. */
export type TranscriptionPart = TranscriptionEvent | Transcription | TranscriptionText;
