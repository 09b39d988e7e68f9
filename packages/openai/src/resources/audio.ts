// `audio` of a client.
import type {
  AsyncSpeech,
  TranscriptionParams as G4FTranscriptionParams,
  TranslationParams as G4FTranslationParams,
  SpeechParams,
} from '@g4f/client';
import type { Transcription, TranscriptionEvent } from '@g4f/core';
import type { APIPromise } from '../calls/api-promise.ts';
import type { Calls } from '../calls/calls.ts';
import { toOpenAIError } from '../errors/to-openai-error.ts';
import type { RequestOptions } from '../options/client-options.ts';
import type { Stream } from '../streams/stream.ts';
import { toUploadable, type Uploadable } from '../uploads/to-file.ts';
import type { WithFiles } from '../uploads/with-files.ts';

/** The parameters of `audio.transcriptions.create`. */
export type TranscriptionParams = WithFiles<G4FTranscriptionParams, { readonly file: Uploadable }>;

/** The parameters of `audio.translations.create`. */
export type TranslationParams = WithFiles<G4FTranslationParams, { readonly file: Uploadable }>;

interface AsText {
  readonly response_format: 'text' | 'srt' | 'vtt';
}

/** `audio`. Source: https://platform.openai.com/docs/api-reference/audio */
export class Audio {
  readonly speech: Speech;
  readonly transcriptions: Transcriptions;
  readonly translations: Translations;

  constructor(calls: Calls) {
    this.speech = new Speech(calls);
    this.transcriptions = new Transcriptions(calls);
    this.translations = new Translations(calls);
  }
}

/** `audio.speech`. */
export class Speech {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** A `Response` whose body is the sound as it comes. An early end is an error of the body. */
  create(given: SpeechParams, request?: RequestOptions): APIPromise<Response> {
    return this.#calls.answer(async (options) => {
      const speech = await this.#calls.client.audio.speech.create(this.#calls.params(given), options);
      const data = asResponse(speech);
      return { data, response: data, request_id: speech.requestId ?? null };
    }, request);
  }
}

const asResponse = (speech: AsyncSpeech): Response => {
  const headers = new Headers(speech.headers);
  headers.set('content-type', speech.contentType);
  headers.delete('content-length');
  headers.delete('content-encoding');
  return new Response(withErrors(speech.body), { headers });
};

/** The same bytes; a failure as an error of OpenAI's library. */
function withErrors(body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          throw toOpenAIError(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** `audio.transcriptions`. */
export class Transcriptions {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** What is said; a string for `text`, `srt` and `vtt`; its events with `stream: true`. */
  create(
    params: TranscriptionParams & { readonly stream: true },
    options?: RequestOptions,
  ): APIPromise<Stream<TranscriptionEvent>>;
  create(params: TranscriptionParams & AsText, options?: RequestOptions): APIPromise<string>;
  create(params: TranscriptionParams, options?: RequestOptions): APIPromise<Transcription>;
  create({ file, stream, ...others }: TranscriptionParams, request?: RequestOptions): Promise<unknown> {
    const { create } = this.#calls.client.audio.transcriptions;
    const params = this.#calls.params(others);
    if (stream === true)
      return this.#calls.stream(
        async (options) =>
          create({ ...params, file: await toUploadable(file, 'file'), stream }, options).withResponse(),
        request,
      );
    return this.#calls.answer<Transcription | string>(
      async (options) =>
        create({ ...params, file: await toUploadable(file, 'file'), stream: false }, options).withResponse(),
      request,
    );
  }
}

/** `audio.translations`. */
export class Translations {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** What is said, in English; a string for `text`, `srt` and `vtt`. */
  create(params: TranslationParams & AsText, options?: RequestOptions): APIPromise<string>;
  create(params: TranslationParams, options?: RequestOptions): APIPromise<Transcription>;
  create({ file, ...others }: TranslationParams, request?: RequestOptions): Promise<unknown> {
    const { create } = this.#calls.client.audio.translations;
    const params = this.#calls.params(others);
    return this.#calls.answer<Transcription | string>(
      async (options) =>
        create({ ...params, file: await toUploadable(file, 'file') }, options).withResponse(),
      request,
    );
  }
}
