// The Gemini wire: `POST {base}/models/{id}:streamGenerateContent`, answered as server-sent events, one JSON list or one JSON body.
// Source: https://ai.google.dev/api/generate-content
import type { ChatRequest, ModelFacts } from '@g4f/core';
import { encodeSegments } from '../../http/transport/path-segments.ts';
import { asList, asNumber, asText, type Json } from '../decoding/json.ts';
import type { Wire } from '../wire.ts';
import { createGeminiDecoder } from './decoder.ts';
import { encodeGeminiRequest } from './request.ts';

/** Google's Gemini API. */
export const gemini: Wire = {
  name: 'gemini',
  features: ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'],
  authorize: (key) => ({ 'x-goog-api-key': key }),
  streamType: 'text/event-stream',
  chatPath,
  encode: encodeGeminiRequest,
  createDecoder: createGeminiDecoder,
  modelsPath: '/models?pageSize=1000',
  readModel,
};

/** An id may come with its collection: `models/…`, `tunedModels/…`. */
function chatPath({ model, stream }: ChatRequest): string {
  const name = model.includes('/') ? model : `models/${model}`;
  const path = encodeSegments(name, 'the model', 8);
  return `/${path}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`;
}

function readModel({ name, inputTokenLimit, supportedGenerationMethods }: Json): ModelFacts | undefined {
  const id = asText(name)?.replace(/^models\//, '');
  const contextLength = asNumber(inputTokenLimit);
  const methods = asList(supportedGenerationMethods);
  if (id === undefined) return undefined;
  return {
    id,
    ownedBy: 'google',
    ...(contextLength !== undefined && { contextLength }),
    ...(methods.length > 0 && { output: [methods.includes('embedContent') ? 'embedding' : 'text'] }),
  };
}
