// Gemini's speech: its models answer `generateContent` with samples, where sound is asked for.
// Source: https://ai.google.dev/gemini-api/docs/speech-generation
import { G4FError, LIMITS, type SpeechPart, type StreamEvent, truncated } from '@g4f/core';
import { latin1, soundKind } from '@g4f/core/internal';
import { nothingSaid } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { joinBytes } from '../../http/text/bytes.ts';
import { asObject, asText } from '../decoding/json.ts';
import type { Endpoint, EndpointReply } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { samplesOf, wavHeader } from '../sound/wav.ts';
import { createGeminiDecoder } from './decoder.ts';
import { endedEarly } from './ended-early.ts';
import { modelPath } from './model-path.ts';
import { bytesOf } from './sound-pieces.ts';

/** Speech as Gemini has it: samples, or a WAV file of them. */
export const geminiSpeech: Endpoint<'speech'> = async function* (request, exchange) {
  const { model, input, voice, response_format = 'wav', speed, instructions, ...own } = request;
  if (response_format !== 'wav' && response_format !== 'pcm')
    throw unable(exchange.provider, model, 'response_format: it writes wav and pcm. Ask for one of them');
  if (speed !== undefined) exchange.warn('speed: Gemini does not take it; say it in instructions.');
  const name = typeof voice === 'object' ? voice.id : voice;
  const reply = await exchange.send({
    path: `${modelPath(model)}:generateContent`,
    json: {
      contents: [
        {
          role: 'user',
          parts: [
            { text: input, ...(instructions !== undefined && { speechMetadata: { style: instructions } }) },
          ],
        },
      ],
      generationConfig: {
        responseModalities: ['AUDIO'],
        ...(name !== undefined && {
          speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: name } } },
        }),
      },
      ...own,
    },
    hides: { input: [input, instructions] },
  });
  yield* readSamples(reply, model, response_format === 'wav');
};

/** The sound, once the answer is whole and ended well: half of a text read aloud is no speech. */
async function* readSamples(
  { response, asked }: EndpointReply,
  model: string,
  isFile: boolean,
): AsyncGenerator<SpeechPart> {
  const { headers } = response;
  const decoder = createGeminiDecoder({ model, messages: [], stream: false }, asked, headers);
  const read = (json: unknown): readonly StreamEvent[] | undefined => {
    const events: StreamEvent[] = [];
    if (!decoder.whole(json, events)) return undefined;
    if (!decoder.finished()) throw cutOff({ response, asked });
    decoder.close(events);
    return events;
  };
  const events = await readJsonAnswer(response, asked, 'speech', read, LIMITS.audioBytes);
  for (const event of events)
    if (event.type === 'finish' && event.reason !== 'stop')
      throw endedEarly('sound', event.reason, asked, headers);
  const sounds = events
    .map(({ extra }) => asObject(extra?.delta?.audio))
    .filter((sound) => sound !== undefined);
  const audio = joinBytes(sounds.map(({ data }) => bytesOf(asText(data) ?? '')));
  if (audio.length === 0) throw nothingSaid(asked, headers);
  yield* begins(audio, asText(sounds[0]?.format) ?? '', isFile, asked);
}

/** @throws G4FError `bad-response` for what is neither samples nor the file that was asked for */
function* begins(
  audio: Uint8Array,
  mediaType: string,
  isFile: boolean,
  { provider, model }: EndpointReply['asked'],
): Generator<SpeechPart> {
  const samples = samplesOf(mediaType);
  const kind = samples === undefined ? soundKind(latin1(audio)) : mediaType;
  if (kind === undefined || (samples === undefined && !isFile))
    throw new G4FError(
      `${provider}: it sent ${mediaType.slice(0, 40)} where ${isFile ? 'wav' : 'pcm'} was asked for. Choose another provider.`,
      { code: 'bad-response', provider, model },
    );
  if (samples !== undefined && isFile) {
    yield { audio: wavHeader(samples), contentType: 'audio/wav' };
    yield { audio };
  } else yield { audio, contentType: kind };
}

const cutOff = ({ response, asked }: EndpointReply): G4FError =>
  truncated(asked.provider, {
    model: asked.model,
    status: response.status,
    requestId: requestIdOf(response.headers),
  });
