// Gemini's speech: its models answer `generateContent` with samples, where sound is asked for.
// Source: https://ai.google.dev/gemini-api/docs/speech-generation
import type { ChatRequest, SpeechPart } from '@g4f/core';
import { nothingSaid } from '../../http/failures/failure.ts';
import { Answer } from '../../http/reading/answer.ts';
import type { Endpoint, EndpointReply } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { samplesOf, wavHeader } from '../sound/wav.ts';
import { createGeminiDecoder } from './decoder.ts';
import { modelPath } from './model-path.ts';

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
  yield* readSamples(reply, { model, messages: [], stream: false }, response_format === 'wav');
};

async function* readSamples(
  { response, asked }: EndpointReply,
  request: ChatRequest,
  isFile: boolean,
): AsyncGenerator<SpeechPart> {
  let isFirst = true;
  for await (const batch of new Answer(
    response,
    createGeminiDecoder(request, asked, response.headers),
    asked,
  ))
    for (const event of batch) {
      if (event.type !== 'media') continue;
      const audio = bytesIn(event.url);
      if (audio.length === 0) continue;
      const samples = samplesOf(event.mediaType);
      if (isFirst && samples !== undefined && isFile) {
        yield { audio: wavHeader(samples), contentType: 'audio/wav' };
        isFirst = false;
      }
      yield isFirst ? { audio, contentType: event.mediaType } : { audio };
      isFirst = false;
    }
  if (isFirst) throw nothingSaid(asked, response.headers);
}

/** Of a data URL. */
const bytesIn = (url: string): Uint8Array => {
  const base64 = url.slice(url.indexOf(',') + 1);
  if (typeof Buffer === 'function') return Buffer.from(base64, 'base64');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
};
