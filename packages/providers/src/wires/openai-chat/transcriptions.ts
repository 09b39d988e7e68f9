// OpenAI's transcriptions and translations: `POST {base}/audio/transcriptions` and `…/audio/translations`.
// Source: https://platform.openai.com/docs/api-reference/audio/createTranscription and …/audio/createTranslation
import type { TranscriptionFormat, TranscriptionPart, TranscriptionRequest } from '@g4f/core';
import { notTheProtocol } from '../../http/failures/failure.ts';
import { checkAmount } from '../../http/reading/limits.ts';
import { readWholeBody } from '../../http/reading/whole-body.ts';
import type { Endpoint, EndpointContext, EndpointReply } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { asEvents, asParts, type SpokenText } from '../transcript/in-format.ts';
import { readEvents } from '../transcript/read-events.ts';
import { transcriptEvent } from './transcript-event.ts';
import { transcriptionForm } from './transcription-form.ts';
import { readTranscript, wholeTranscript } from './whole-transcript.ts';

/** Where a service departs from OpenAI. */
export interface TranscriptionQuirks {
  /** Whether it translates; true unless given. */
  readonly translates?: boolean;
  /** The formats it writes; the others are made of its segments. All unless given. */
  readonly formats?: readonly TranscriptionFormat[];
  /** Whether its lists are written `name[]`; true unless given. */
  readonly marksLists?: boolean;
  /** Whether it streams; true unless given. */
  readonly streams?: boolean;
  /** Makes the request one of its own. */
  readonly adapt?: (request: TranscriptionRequest, exchange: EndpointContext) => TranscriptionRequest;
}

const ALL: readonly TranscriptionFormat[] = ['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json'];

/** Transcriptions as OpenAI has them, and as services do that follow it. */
export const openaiTranscriptions = ({
  translates = true,
  formats = ALL,
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
    const hasFormat = formats.includes(format);
    const fitted = hasFormat ? request : { ...request, response_format: instead(format) };
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

/** What the format can be made of. */
const instead = (format: TranscriptionFormat): TranscriptionFormat =>
  format === 'text' || format === 'json' ? 'json' : 'verbose_json';

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
    const whole = hasFormat ? wholeTranscript(body, request.response_format) : undefined;
    if (whole !== undefined) return [whole];
    return asParts(heardIn(reply, body), request, exchange);
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
