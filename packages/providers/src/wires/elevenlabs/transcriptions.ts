// ElevenLabs' transcriptions: `POST {base}/speech-to-text`.
// Source: https://elevenlabs.io/docs/api-reference/speech-to-text/convert
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import type { FormField } from '../../http/transport/multipart.ts';
import { asList, asNumber, asObject, asText } from '../decoding/json.ts';
import type { Endpoint } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { asParts, type SpokenText } from '../transcript/in-format.ts';
import { segmentsIn, type TimedPiece, wordsIn } from '../transcript/pieces.ts';

/** Transcriptions as ElevenLabs has them. */
export const transcriptions: Endpoint<'transcribe'> = async function* (request, exchange) {
  const { file, task, prompt, model, language, temperature, response_format, ...rest } = request;
  const { timestamp_granularities: _, stream: __, ...own } = rest;
  if (task === 'translate')
    throw unable(exchange.provider, model, 'it does not translate speech. Ask for a transcription');
  if (prompt !== undefined) exchange.warn('prompt: ElevenLabs does not take it.');
  const bySpeaker = response_format === 'diarized_json';
  const { response, asked } = await exchange.send({
    path: '/speech-to-text',
    form: [
      { name: 'file', value: file },
      ...fields({
        model_id: model,
        language_code: language,
        temperature,
        ...(bySpeaker && { diarize: true }),
        ...own,
      }),
    ],
    hides: { input: prompt },
  });
  const heard = await readJsonAnswer(response, asked, 'a transcription', (json) => read(json, bySpeaker));
  yield* asParts(heard, request, exchange);
};

const fields = (given: Readonly<Record<string, unknown>>): readonly FormField[] =>
  Object.entries(given).flatMap(([name, value]) =>
    value == null ? [] : [{ name, value: typeof value === 'object' ? JSON.stringify(value) : String(value) }],
  );

function read(json: unknown, bySpeaker: boolean): SpokenText | undefined {
  const answer = asObject(json) ?? {};
  const { text } = answer;
  if (typeof text !== 'string') return undefined;
  const pieces = asList(answer.words).flatMap(readPiece);
  const duration = asNumber(answer.audio_duration_secs);
  return {
    text,
    language: asText(answer.language_code),
    duration,
    segments: segmentsIn(pieces, bySpeaker),
    words: wordsIn(pieces),
  };
}

/** Laughter and the like (`audio_event`) stand in the text as words do. */
function readPiece(item: unknown): readonly TimedPiece[] {
  const { text, start, end, type, speaker_id } = asObject(item) ?? {};
  const [from, to] = [asNumber(start), asNumber(end)];
  if (typeof text !== 'string' || from === undefined || to === undefined) return [];
  return [{ text, start: from, end: to, speaker: asText(speaker_id), isWord: type !== 'spacing' }];
}
