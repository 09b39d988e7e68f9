// `audio` of AsyncClient.
import type { SpeechPart, TranscriptionPart } from '@g4f/core';
import type { StreamTerms } from '../engine/call-source.ts';
import { partsCreator } from '../engine/create-parts.ts';
import { type LoadOperation, wholeCreator } from '../engine/create-whole.ts';
import { withCallerStack } from '../errors/caller-stack.ts';
import { peek } from '../options/unreadable.ts';
import type { Audio, CreateSpeech, SpeechParams, TranscriptionParams } from '../surface/audio.ts';
import type { CallOptions } from '../surface/options.ts';
import { toAnswer } from './to-answer.ts';

/** The operations that it needs, each loaded with its first call. */
export interface AudioLoaders {
  readonly speech: LoadOperation<SpeechPart, object>;
  readonly transcription: LoadOperation<TranscriptionPart, object>;
  readonly translation: LoadOperation<TranscriptionPart, object>;
}

/** Its methods. */
export const asyncAudio = (
  { speech, transcription, translation }: AudioLoaders,
  terms: StreamTerms,
): Audio<'async'> => {
  const events = partsCreator(transcription, terms);
  const text = wholeCreator(transcription, toAnswer);
  const create = (params: TranscriptionParams, options?: CallOptions) =>
    peek(params, 'stream') === true ? events(params, options) : text(params, options);
  return {
    speech: { create: speechCreator(speech, terms) },
    transcriptions: { create: create as Audio<'async'>['transcriptions']['create'] },
    translations: { create: wholeCreator(translation, toAnswer) as Audio<'async'>['translations']['create'] },
  };
};

const speechCreator = (
  load: LoadOperation<SpeechPart, object>,
  terms: StreamTerms,
): CreateSpeech<'async'> => {
  const open = partsCreator(load, terms, 'Speech');
  return async function create(params: SpeechParams, options?: CallOptions) {
    try {
      const { openSpeech } = await import('./async-speech.ts');
      const signal = peek(options, 'signal') ?? peek(params, 'signal') ?? terms.clientSignal;
      return await openSpeech(open(params, options), signal, terms.closing);
    } catch (error) {
      throw withCallerStack(error, create);
    }
  };
};
