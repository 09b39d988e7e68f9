// Deepgram's transcriptions: `POST {base}/listen` with the sound as the body.
// Source: https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded
import type { TranscriptionRequest } from '@g4f/core';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { asList, asNumber, asObject, asText } from '../decoding/json.ts';
import type { Endpoint } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { asParts, type SpokenText } from '../transcript/in-format.ts';
import { segmentsIn, type TimedPiece, wordsIn } from '../transcript/pieces.ts';
import { withQuery } from './query.ts';

/** Transcriptions as Deepgram has them. */
export const transcriptions: Endpoint<'transcribe'> = async function* (request, exchange) {
  const { file, task, prompt, temperature, model } = request;
  if (task === 'translate')
    throw unable(exchange.provider, model, 'it does not translate speech. Ask for a transcription');
  if (prompt !== undefined)
    exchange.warn('prompt: Deepgram does not take it; its own `keyterm` is passed on.');
  if (temperature !== undefined) exchange.warn('temperature: Deepgram does not take it.');
  const bySpeaker = request.response_format === 'diarized_json';
  const { response, asked } = await exchange.send({
    path: withQuery('/listen', queryOf(request, bySpeaker)),
    file,
    hides: { input: prompt },
  });
  const heard = await readJsonAnswer(response, asked, 'a transcription', (json) => read(json, bySpeaker));
  yield* asParts(heard, request, exchange);
};

/** Without a language it would listen to English alone. */
function queryOf(request: TranscriptionRequest, bySpeaker: boolean): Readonly<Record<string, unknown>> {
  const { file: _, task: __, prompt: ___, temperature: ____, ...rest } = request;
  const { language, response_format: _____, timestamp_granularities: ______, stream: _______, ...own } = rest;
  return {
    smart_format: true,
    ...(language === undefined ? { detect_language: true } : { language }),
    ...(bySpeaker && { diarize: true }),
    ...own,
  };
}

function read(json: unknown, bySpeaker: boolean): SpokenText | undefined {
  const { results, metadata } = asObject(json) ?? {};
  const channel = asObject(asList(asObject(results)?.channels)[0]);
  const best = asObject(asList(channel?.alternatives)[0]);
  const text = best?.transcript;
  if (typeof text !== 'string') return undefined;
  const pieces = asList(best?.words).flatMap(readPiece);
  const duration = asNumber(asObject(metadata)?.duration);
  return {
    text,
    language: asText(channel?.detected_language),
    duration,
    segments: segmentsIn(pieces, bySpeaker),
    words: wordsIn(pieces),
    usage: duration === undefined ? undefined : { type: 'duration', seconds: duration },
  };
}

function readPiece(item: unknown): readonly TimedPiece[] {
  const { word, punctuated_word, start, end, speaker } = asObject(item) ?? {};
  const [text, from, to] = [asText(punctuated_word) ?? asText(word), asNumber(start), asNumber(end)];
  if (text === undefined || from === undefined || to === undefined) return [];
  const who = typeof speaker === 'number' ? `speaker_${speaker}` : undefined;
  return [
    { text, start: from, end: to, speaker: who, isWord: true },
    { text: ' ', start: to, end: to, speaker: who, isWord: false },
  ];
}
