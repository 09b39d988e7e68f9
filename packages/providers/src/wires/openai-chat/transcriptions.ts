// OpenAI's transcriptions and translations: `POST {base}/audio/transcriptions` and `…/audio/translations`.
// Source: https://platform.openai.com/docs/api-reference/audio/createTranscription and …/audio/createTranslation
import type { TranscriptionFormat, TranscriptionPart, TranscriptionRequest } from '@g4f/core';
import { notTheProtocol } from '../../http/failures/failure.ts';
import { checkAmount } from '../../http/reading/limits.ts';
import { readWholeBody } from '../../http/reading/whole-body.ts';
import type { Endpoint, EndpointContext, EndpointReply } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { asEvents, asParts, type SpokenText, warnOfWords } from '../transcript/in-format.ts';
import { readEvents } from '../transcript/read-events.ts';
import { transcriptEvent } from './transcript-event.ts';
import { transcriptionForm } from './transcription-form.ts';
import { readTranscript, wholeTranscript } from './whole-transcript.ts';

/** Where a service departs from OpenAI. */
export interface TranscriptionQuirks {
  /** Whether it translates; true unless given. */
  readonly translates?: boolean;
  /** The formats it writes; the others are made of its segments. What OpenAI's model of that name writes unless given. */
  readonly formats?: readonly TranscriptionFormat[];
  /** Whether its lists are written `name[]`; true unless given. */
  readonly marksLists?: boolean;
  /** Whether it streams; true unless given. */
  readonly streams?: boolean;
  /** Makes the request one of its own. */
  readonly adapt?: (request: TranscriptionRequest, exchange: EndpointContext) => TranscriptionRequest;
}

/** What models write; all others every format. Source: https://developers.openai.com/api/docs/guides/speech-to-text */
const FORMATS: readonly (readonly [RegExp, readonly TranscriptionFormat[]])[] = [
  [/(?:^|\/)gpt-4o-(?:mini-)?transcribe(?:-\d{4}-\d\d-\d\d)?$/, ['json']],
  [/(?:^|\/)gpt-4o-transcribe-diarize(?:-\d{4}-\d\d-\d\d)?$/, ['json', 'text', 'diarized_json']],
  [/^/, ['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json']],
];

/** Transcriptions as OpenAI has them, and as services do that follow it. */
export const openaiTranscriptions = ({
  translates = true,
  formats: own,
  marksLists = true,
  streams = true,
  adapt = (request) => request,
}: TranscriptionQuirks = {}): Endpoint<'transcribe'> =>
  async function* (request, exchange) {
    const { task, model, prompt, stream = false, response_format: format = 'json' } = request;
    if (task === 'translate' && !translates)
      throw unable(
        exchange.provider,
        model,
        'it documents no translation of speech. Ask for a transcription',
      );
    const formats = own ?? FORMATS.find(([name]) => name.test(model))?.[1] ?? [];
    const hasFormat = formats.includes(format);
    const written = hasFormat ? format : instead(format, formats);
    if (written === undefined)
      throw unable(
        exchange.provider,
        model,
        `response_format: ${model} tells no times, and writes json and text. Ask for one of them`,
      );
    const fitted = hasFormat ? request : { ...request, response_format: written };
    const { stream: _, ...whole } = fitted;
    const reply = await exchange.send({
      path: task === 'translate' ? '/audio/translations' : '/audio/transcriptions',
      accept: stream && streams ? 'text/event-stream, application/json' : 'application/json, text/plain',
      form: transcriptionForm(adapt(stream && streams ? fitted : whole, exchange), marksLists),
      hides: { input: prompt },
    });
    // Models that do not stream answer with one JSON.
    if (stream && streams)
      yield* readEvents(reply, transcriptEvent(reply), (body) => asEvents(heardIn(reply, body)));
    else yield* await readWhole(reply, request, exchange, hasFormat && !stream);
  };

/** What the format can be made of; undefined where that is not written. A service without any is told otherwise, by `adapt`. */
const instead = (
  format: TranscriptionFormat,
  formats: readonly TranscriptionFormat[],
): TranscriptionFormat | undefined => {
  if (format === 'text' || format === 'json') return 'json';
  if (formats.length === 0) return format;
  return (['verbose_json', 'diarized_json'] as const).find((timed) => formats.includes(timed));
};

/** @param hasFormat whether the answer is in the format that was asked for. */
async function readWhole(
  reply: EndpointReply,
  request: TranscriptionRequest,
  exchange: EndpointContext,
  hasFormat: boolean,
): Promise<Iterable<TranscriptionPart>> {
  const { response, asked } = reply;
  const bytes = response.body[Symbol.asyncIterator]();
  try {
    const body = await readWholeBody(bytes, asked);
    response.release();
    const type = response.headers['content-type'];
    const whole = hasFormat ? wholeTranscript(body, request.response_format, type) : undefined;
    if (whole === undefined) return asParts(heardIn(reply, body), request, exchange);
    if (!('format' in whole)) warnOfWords(whole.words, request, exchange);
    return [whole];
  } finally {
    bytes.return?.().catch(() => undefined);
  }
}

/** @throws G4FError `bad-response`, or the failure that the body reports. */
function heardIn({ response, asked }: EndpointReply, body: string): SpokenText {
  const heard = readTranscript(body);
  if (heard !== undefined) return heard;
  checkAmount(body, asked);
  throw notTheProtocol(response, body, asked, 'a transcription');
}
