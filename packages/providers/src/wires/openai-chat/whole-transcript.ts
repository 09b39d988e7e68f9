// The body of a transcription that came as a whole: JSON, or the text of a file.
import type {
  Transcription,
  TranscriptionFormat,
  TranscriptionSegment,
  TranscriptionText,
  TranscriptionWord,
} from '@g4f/core';
import { readServiceError } from '../../http/failures/service-error.ts';
import { parseJson } from '../../http/text/json-text.ts';
import { asList, asNumber, asObject, asText, type Json } from '../decoding/json.ts';
import type { SpokenText } from '../transcript/in-format.ts';

/**
 * The answer in the format it was asked for; undefined where it is in another, or is none.
 *
 * @param header its `content-type`.
 */
export const wholeTranscript = (
  body: string,
  format: TranscriptionFormat = 'json',
  header = '',
): Transcription | TranscriptionText | undefined => {
  if (format === 'text' || format === 'srt' || format === 'vtt')
    return FILES[format].test(body) && !HTML.test(header) && typeof parseJson(body) !== 'object'
      ? { format, text: body }
      : undefined;
  const json = transcriptIn(body);
  return json !== undefined && isOf(json, format) ? { ...json, text: json.text } : undefined;
};

const HTML = /^(?:text\/html|application\/xhtml)/i;

/** How a file begins. A blank one is what was heard in silence; a body of 0 bytes, a page, an object or a list is none. */
const FILES = {
  text: /^(?!\s*<(?:[!?/]|[a-z][\w-]*[\s/>]))[\s\S]/i,
  srt: /^(?:\s*\d+\s*\n|\s+$)/,
  vtt: /^\s*WEBVTT/,
} as const;

/** Where there is text, there is what the format adds to it. */
const isOf = (
  { text, segments, words }: Json & { readonly text: string },
  format: TranscriptionFormat,
): boolean =>
  format === 'json' ||
  (format === 'verbose_json' && (text.trim() === '' || holds(segments) || holds(words))) ||
  (format === 'diarized_json' &&
    (text.trim() === '' ||
      asList(segments).some((segment) => asText(asObject(segment)?.speaker) !== undefined)));

const holds = (list: unknown): boolean => asList(list).length > 0;

/** What JSON tells of what was heard, whatever its format; undefined where it is none. */
export const readTranscript = (body: string): SpokenText | undefined => {
  const json = transcriptIn(body);
  if (json === undefined) return undefined;
  const segments = asList(json.segments).flatMap(readSegment);
  const words = asList(json.words).flatMap(readWord);
  const counted = countedIn(json.usage);
  // Mistral tells it among what it counts.
  const seconds = asNumber(json.duration) ?? asNumber(asObject(json.usage)?.prompt_audio_seconds);
  return {
    text: json.text,
    language: asText(json.language),
    duration: seconds,
    segments: segments.length > 0 ? segments : undefined,
    words: words.length > 0 ? words : undefined,
    usage: counted ?? (seconds === undefined ? undefined : { type: 'duration', seconds }),
  };
};

function transcriptIn(body: string): (Json & { readonly text: string }) | undefined {
  const json = asObject(parseJson(body));
  const text = json?.text;
  if (json === undefined || typeof text !== 'string' || readServiceError(json) !== undefined)
    return undefined;
  return { ...json, text };
}

function readSegment(item: unknown, id: number): readonly TranscriptionSegment[] {
  const { start, end, text, speaker, speaker_id } = asObject(item) ?? {};
  const [from, to, who] = [asNumber(start), asNumber(end), asText(speaker) ?? asText(speaker_id)];
  if (from === undefined || to === undefined || typeof text !== 'string') return [];
  return [{ id, start: from, end: to, text, ...(who !== undefined && { speaker: who }) }];
}

function readWord(item: unknown): readonly TranscriptionWord[] {
  const { word, text, start, end } = asObject(item) ?? {};
  const [said, from, to] = [asText(word) ?? asText(text), asNumber(start), asNumber(end)];
  return said === undefined || from === undefined || to === undefined
    ? []
    : [{ word: said, start: from, end: to }];
}

/** What a service counts, in OpenAI's words; undefined where it counts nothing. */
export function countedIn(usage: unknown): SpokenText['usage'] {
  const { type, seconds, prompt_tokens, completion_tokens, input_tokens, output_tokens, total_tokens } =
    asObject(usage) ?? {};
  const lasts = asNumber(seconds);
  if (type === 'duration' && lasts !== undefined) return { type: 'duration', seconds: lasts };
  const [input, output] = [
    asNumber(input_tokens) ?? asNumber(prompt_tokens),
    asNumber(output_tokens) ?? asNumber(completion_tokens),
  ];
  if (input === undefined || output === undefined) return undefined;
  return {
    type: 'tokens',
    input_tokens: input,
    output_tokens: output,
    total_tokens: asNumber(total_tokens) ?? input + output,
  };
}
