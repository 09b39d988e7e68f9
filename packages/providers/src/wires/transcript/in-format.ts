// What was heard, in the format that was asked for, and as the events of a stream where one was.
import type {
  Transcription,
  TranscriptionEvent,
  TranscriptionPart,
  TranscriptionRequest,
  TranscriptionSegment,
  TranscriptionText,
  TranscriptionUsage,
  TranscriptionWord,
} from '@g4f/core';
import type { EndpointContext } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { piecesOf, segmentsIn } from './pieces.ts';
import { toSrt, toVtt } from './subtitles.ts';

/** All that a service told of what it heard. */
export interface SpokenText {
  readonly text: string;
  readonly language?: string | undefined;
  /** Of the sound, in seconds. */
  readonly duration?: number | undefined;
  readonly segments?: readonly TranscriptionSegment[] | undefined;
  readonly words?: readonly TranscriptionWord[] | undefined;
  readonly usage?: TranscriptionUsage | undefined;
}

/**
 * The parts of the answer: the events of a stream where one was asked for.
 *
 * @throws G4FError `invalid-request` where the service told no times, and the format needs them.
 */
export function* asParts(
  heard: SpokenText,
  request: TranscriptionRequest,
  { provider, warn }: Pick<EndpointContext, 'provider' | 'warn'>,
): Generator<TranscriptionPart> {
  if (!request.stream) {
    warnOfWords(heard.words, request, { provider, warn });
    yield inFormat(heard, request, provider);
  } else {
    warn(`stream: ${provider} tells the text of this model at the end.`);
    yield* asEvents(heard);
  }
}

/** Says so where times of words were asked for, and none came. */
export const warnOfWords = (
  words: unknown,
  { response_format, timestamp_granularities }: TranscriptionRequest,
  { provider, warn }: Pick<EndpointContext, 'provider' | 'warn'>,
): void => {
  const isAsked = response_format === 'verbose_json' && timestamp_granularities?.includes('word') === true;
  if (isAsked && !(Array.isArray(words) && words.length > 0))
    warn(`timestamp_granularities: ${provider} sent no list of words; see segments.`);
};

/** A stream that tells all at once. */
export function* asEvents({ text, usage }: SpokenText): Generator<TranscriptionEvent> {
  if (text !== '') yield { type: 'transcript.text.delta', delta: text };
  yield { type: 'transcript.text.done', text, ...(usage !== undefined && { usage }) };
}

/** @throws G4FError `invalid-request` */
function inFormat(
  heard: SpokenText,
  { response_format = 'json', timestamp_granularities, task, model }: TranscriptionRequest,
  provider: string,
): Transcription | TranscriptionText {
  const { text, language, duration, usage, words } = heard;
  const segments = (): readonly TranscriptionSegment[] => {
    const told = heard.segments?.length ? heard.segments : segmentsIn(piecesOf(words ?? []));
    // Of silence there are no times to tell.
    if (told.length > 0 || text.trim() === '') return told;
    const what = `response_format: it tells no times, which ${response_format} needs. Ask for json`;
    throw unable(provider, model, what);
  };
  const counted = usage !== undefined && { usage };
  const lasts = duration !== undefined && { duration };
  switch (response_format) {
    case 'text':
      return { format: 'text', text };
    case 'srt':
      return { format: 'srt', text: toSrt(segments()) };
    case 'vtt':
      return { format: 'vtt', text: toVtt(segments()) };
    case 'verbose_json':
      return {
        task,
        ...(language !== undefined && { language }),
        ...lasts,
        text,
        segments: segments(),
        ...(words !== undefined && timestamp_granularities?.includes('word') === true && { words }),
        ...counted,
      };
    case 'diarized_json':
      return { task, ...lasts, text, segments: bySpeaker(segments(), model, provider), ...counted };
    default:
      return { text, ...counted };
  }
}

/** @throws G4FError `invalid-request` where no speaker is named at all. */
function bySpeaker(
  segments: readonly TranscriptionSegment[],
  model: string,
  provider: string,
): readonly TranscriptionSegment[] {
  if (segments.length > 0 && segments.every(({ speaker }) => speaker === undefined))
    throw unable(
      provider,
      model,
      'response_format: it does not tell speakers apart, which diarized_json needs. Ask for verbose_json',
    );
  // A number where segments have places, and a text where they have speakers: so OpenAI has it.
  return segments.map((segment) => ({ type: 'transcript.text.segment', ...segment, id: String(segment.id) }));
}
