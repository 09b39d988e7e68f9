// Deepgram's transcriptions: `POST {base}/listen` with the sound as the body.
// Source: https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded
import type { TranscriptionRequest } from '@g4f/core';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { asList, asNumber, asObject, asText, type Json, objectsIn } from '../decoding/json.ts';
import type { Endpoint } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { asParts, type SpokenText } from '../transcript/in-format.ts';
import { piecesOf, segmentsIn, type TimedPiece, wordsIn } from '../transcript/pieces.ts';
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
    extraInQuery: true,
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

/** Where channels are heard apart (`multichannel`), each says its text, and is a speaker of its own. */
function read(json: unknown, bySpeaker: boolean): SpokenText | undefined {
  const { results, metadata } = asObject(json) ?? {};
  const channels = objectsIn(asObject(results)?.channels);
  const heard = channels.flatMap((channel, at) =>
    readChannel(channel, channels.length > 1 ? `channel_${at}` : undefined),
  );
  if (heard.length === 0) return undefined;
  const duration = asNumber(asObject(metadata)?.duration);
  return {
    text: heard
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('\n'),
    language: asText(channels[0]?.detected_language),
    duration,
    segments: heard
      .flatMap(({ pieces }) => segmentsIn(pieces, bySpeaker))
      .sort(byTime)
      .map((segment, id) => ({ ...segment, id })),
    words: heard.flatMap(({ pieces }) => wordsIn(pieces)).sort(byTime),
    usage: duration === undefined ? undefined : { type: 'duration', seconds: duration },
  };
}

const byTime = (one: { readonly start: number }, other: { readonly start: number }): number =>
  one.start - other.start;

interface HeardChannel {
  readonly text: string;
  readonly pieces: readonly TimedPiece[];
}

/** @param name of the channel, where there are several. */
function readChannel({ alternatives }: Json, name: string | undefined): readonly HeardChannel[] {
  const best = asObject(asList(alternatives)[0]);
  const text = best?.transcript;
  if (typeof text !== 'string') return [];
  return [{ text, pieces: asList(best?.words).flatMap((word) => readPiece(word, name)) }];
}

function readPiece(item: unknown, channel: string | undefined): readonly TimedPiece[] {
  const { word, punctuated_word, start, end, speaker: by } = asObject(item) ?? {};
  const [text, from, to] = [asText(punctuated_word) ?? asText(word), asNumber(start), asNumber(end)];
  if (text === undefined || from === undefined || to === undefined) return [];
  const told = [channel, typeof by === 'number' ? `speaker_${by}` : undefined].filter(
    (one) => one !== undefined,
  );
  const speaker = told.length === 0 ? undefined : told.join('_');
  return piecesOf([{ word: text, start: from, end: to, ...(speaker !== undefined && { speaker }) }]);
}
