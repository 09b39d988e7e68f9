// The parameters of `audio`: checked, and made into requests.
import type { SpeechRequest, TranscriptionRequest } from '@g4f/core';
import type { OpeningCall } from '../attempt/call-life.ts';
import type { PlainRequest } from '../engine/plain-operation.ts';
import { givenFields } from '../options/given-fields.ts';
import { misspeltAmong } from '../options/misspelt.ts';
import type { Fields } from '../options/plain-value.ts';
import { checkBySchema } from '../schemas/check-by-schema.ts';
import { speechParams, transcriptionParams, translationParams } from './params-schema.ts';
import { toSound } from './to-sound.ts';

const misspeltInSpeech = misspeltAmong(
  new Set(['model', 'input', 'voice', 'response_format', 'speed', 'instructions', 'stream_format', 'user']),
  new Set(['inputs', 'voices']),
);

const HEARD = ['model', 'file', 'prompt', 'response_format', 'temperature', 'stream'];

const misspeltInTranscription = misspeltAmong(
  new Set([
    ...HEARD,
    ...['language', 'timestamp_granularities', 'include', 'chunking_strategy'],
    ...['known_speaker_names', 'known_speaker_references', 'user'],
  ]),
  new Set(['file_id', 'languages']),
);

const misspeltInTranslation = misspeltAmong(new Set([...HEARD, 'user']), new Set(['file_id']));

/** @throws G4FError `invalid-request` with the path of the field and what was expected. */
export const toSpeechRequest = (params: Fields): PlainRequest<'speech'> => {
  const given = givenFields(params);
  checkBySchema<SpeechRequest>(given, speechParams);
  const { stream_format: _, ...request } = given;
  return { request, warnings: misspeltInSpeech(given) };
};

/** @throws G4FError `invalid-request`, also where the file is none that could be sent. */
export const toTranscriptionRequest = async (
  params: Fields,
  call?: OpeningCall,
): Promise<PlainRequest<'transcribe'>> => {
  const given = givenFields(params, ['file']);
  checkBySchema<Heard>(given, transcriptionParams);
  const file = await toSound(given.file, call);
  return { request: { ...given, file, task: 'transcribe' }, warnings: misspeltInTranscription(given) };
};

/** @throws G4FError `invalid-request`, also where the file is none that could be sent. */
export const toTranslationRequest = async (
  params: Fields,
  call?: OpeningCall,
): Promise<PlainRequest<'transcribe'>> => {
  const { stream: _, ...given } = givenFields(params, ['file']);
  checkBySchema<Heard>(given, translationParams);
  const file = await toSound(given.file, call);
  return { request: { ...given, file, task: 'translate' }, warnings: misspeltInTranslation(given) };
};

type Heard = Pick<TranscriptionRequest, 'model'>;
