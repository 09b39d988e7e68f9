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
  if (!request.stream) yield inFormat(heard, request, provider);
  else {
    warn(`stream: ${provider} tells the text of this model at the end.`);
    yield* asEvents(heard);
  }
}

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
    if (heard.segments !== undefined) return heard.segments;
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
      return { task, ...lasts, text, segments: segments().map(withSpeaker(model, provider)), ...counted };
    default:
      return { text, ...counted };
  }
}

const withSpeaker =
  (model: string, provider: string) =>
  (segment: TranscriptionSegment): TranscriptionSegment => {
    if (segment.speaker !== undefined) return { type: 'transcript.text.segment', ...segment };
    throw unable(
      provider,
      model,
      'response_format: it does not tell speakers apart, which diarized_json needs. Ask for verbose_json',
    );
  };
