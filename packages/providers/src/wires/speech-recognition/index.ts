// Transcriptions of Hugging Face's own servers: `POST …/hf-inference/models/{id}`.
// Source: https://huggingface.co/docs/inference-providers/tasks/automatic-speech-recognition
import type { TranscriptionRequest } from '@g4f/core';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { encodeSegments } from '../../http/transport/path-segments.ts';
import { asList, asNumber, asObject } from '../decoding/json.ts';
import type { Endpoint, EndpointContext, EndpointRequest } from '../endpoint.ts';
import { unable } from '../sound/unable.ts';
import { asParts, type SpokenText } from '../transcript/in-format.ts';
import { inlineSound } from '../transcript/inline-sound.ts';

/** Transcriptions by the Hub's task; its formats with times need the sound in JSON, and others are sent as they are. */
export const speechRecognition: Endpoint<'transcribe'> = async function* (request, exchange) {
  const { model, task, prompt, language, temperature } = request;
  if (task === 'translate')
    throw unable(exchange.provider, model, 'it documents no translation of speech. Ask for a transcription');
  for (const [name, value] of Object.entries({ prompt, language, temperature }))
    if (value !== undefined) exchange.warn(`${name}: Hugging Face does not take it.`);
  const path = `/../hf-inference/models/${encodeSegments(model, 'the model', 2)}`;
  const { response, asked } = await exchange.send({
    path,
    ...(await body(request, exchange)),
    hides: { input: prompt },
  });
  yield* asParts(await readJsonAnswer(response, asked, 'a transcription', read), request, exchange);
};

async function body(
  { file, response_format: format = 'json' }: TranscriptionRequest,
  { provider }: EndpointContext,
): Promise<Pick<EndpointRequest, 'file' | 'json'>> {
  if (format === 'json' || format === 'text') return { file };
  return { json: { inputs: await inlineSound(file, provider), parameters: { return_timestamps: true } } };
}

function read(json: unknown): SpokenText | undefined {
  const { text, chunks } = asObject(json) ?? {};
  if (typeof text !== 'string') return undefined;
  if (!Array.isArray(chunks)) return { text };
  return {
    text,
    segments: asList(chunks).flatMap((item, id) => {
      const chunk = asObject(item);
      const [start, end] = asList(chunk?.timestamp).map(asNumber);
      return typeof chunk?.text !== 'string' || start === undefined
        ? []
        : [{ id, start, end: end ?? start, text: chunk.text }];
    }),
  };
}
