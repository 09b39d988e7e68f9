// The Gemini wire: `POST {base}/models/{id}:streamGenerateContent`, answered as server-sent events, one JSON list or one JSON body.
// Source: https://ai.google.dev/api/generate-content
import type { ChatRequest, ModelFacts } from '@g4f/core';
import { asList, asNumber, asText, type Json } from '../decoding/json.ts';
import type { ChatWire } from '../wire.ts';
import { createGeminiDecoder } from './decoder.ts';
import { geminiEmbed } from './embeddings.ts';
import { modelPath } from './model-path.ts';
import { encodeGeminiRequest } from './request.ts';

const chatPath = ({ model, stream }: ChatRequest): string =>
  `${modelPath(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`;

/** Google's Gemini API. */
export const gemini: ChatWire = {
  name: 'gemini',
  features: ['tools', 'images', 'audio', 'files', 'json-schema', 'reasoning'],
  authorize: (key) => ({ 'x-goog-api-key': key }),
  modelsPath: '/models?pageSize=1000',
  readModel,
  endpoints: {
    chat: {
      streamType: 'text/event-stream',
      path: chatPath,
      encode: encodeGeminiRequest,
      createDecoder: createGeminiDecoder,
    },
    embed: geminiEmbed,
  },
};

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
