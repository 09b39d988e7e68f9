// Gemini's transcriptions: a chat about the sound, which writes down what is said in it.
// Source: https://ai.google.dev/gemini-api/docs/audio
import type { ChatRequest, TranscriptionPart, TranscriptionRequest } from '@g4f/core';
import { Answer } from '../../http/reading/answer.ts';
import type { Endpoint, EndpointReply } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { inlineSound } from '../transcript/inline-sound.ts';
import { createGeminiDecoder } from './decoder.ts';
import { endedEarly } from './ended-early.ts';
import { modelPath } from './model-path.ts';

/** Transcriptions and translations by a model that hears. It tells no times. */
export const geminiTranscriptions: Endpoint<'transcribe'> = async function* (request, exchange) {
  const {
    file,
    model,
    task,
    prompt,
    language,
    temperature,
    stream = false,
    response_format: format = 'json',
    ...rest
  } = request;
  const { timestamp_granularities: _, ...own } = rest;
  if (format !== 'json' && format !== 'text')
    throw unable(
      exchange.provider,
      model,
      'response_format: it tells no times, and writes json and text. Ask for one of them',
    );
  const reply = await exchange.send({
    path: `${modelPath(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    ...(stream && { accept: 'text/event-stream' }),
    json: {
      contents: [
        {
          role: 'user',
          parts: [
            { text: wish(request) },
            {
              inlineData: {
                mimeType: file.type ?? 'audio/mpeg',
                data: await inlineSound(file, exchange.provider),
              },
            },
          ],
        },
      ],
      ...(temperature !== undefined && { generationConfig: { temperature } }),
      ...own,
    },
    hides: { input: prompt },
  });
  yield* read(reply, { model, messages: [], stream }, { stream, format });
};

const wish = ({ task, language, prompt }: TranscriptionRequest): string =>
  [
    task === 'translate'
      ? 'Translate what is said in this recording into English.'
      : 'Write down what is said in this recording, word for word, in its own language.',
    ...(language === undefined ? [] : [`The language that is spoken is ${language} (ISO 639-1).`]),
    ...(prompt === undefined ? [] : [`Context, and how names are spelt: ${prompt}`]),
    'Answer with the text alone.',
  ].join(' ');

async function* read(
  { response, asked }: EndpointReply,
  request: ChatRequest,
  { stream, format }: { readonly stream: boolean; readonly format: 'json' | 'text' },
): AsyncGenerator<TranscriptionPart> {
  let text = '';
  for await (const batch of new Answer(
    response,
    createGeminiDecoder(request, asked, response.headers),
    asked,
  ))
    for (const event of batch) {
      if (event.type === 'text-delta') {
        text += event.text;
        if (stream) yield { type: 'transcript.text.delta', delta: event.text };
      }
      if (event.type === 'finish' && event.reason !== 'stop')
        throw endedEarly('transcription', event.reason, asked, response.headers);
    }
  if (stream) yield { type: 'transcript.text.done', text };
  else yield format === 'text' ? { format, text } : { text };
}
