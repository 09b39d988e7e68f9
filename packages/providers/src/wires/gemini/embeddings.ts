// Gemini's embeddings: `POST {base}/models/{id}:batchEmbedContents`. Source: https://ai.google.dev/api/embeddings
import type { EmbeddingRequest } from '@g4f/core';
import { asList, asNumber, asObject } from '../decoding/json.ts';
import type { EmbedEndpoint, ReadEmbeddings } from '../embed-endpoint.ts';
import type { RequestBody } from '../request-body.ts';
import { modelPath, resourceName } from './model-path.ts';

/** Embeddings as Gemini has them. */
export const geminiEmbed: EmbedEndpoint = {
  takes: ['dimensions'],
  path: ({ model }) => `${modelPath(model)}:batchEmbedContents`,
  encode,
  read: readEmbeddings,
};

/** Each text is a request of its own, with the parameters of all: `taskType`, `title`. */
function encode({ model, input, dimensions, ...own }: EmbeddingRequest): RequestBody {
  const same = {
    ...own,
    model: resourceName(model),
    ...(dimensions !== undefined && { outputDimensionality: dimensions }),
  };
  return { requests: input.map((text) => ({ ...same, content: { parts: [{ text }] } })) };
}

function readEmbeddings(json: unknown): ReadEmbeddings | undefined {
  const { embeddings, usageMetadata } = asObject(json) ?? {};
  if (!Array.isArray(embeddings)) return undefined;
  return {
    vectors: asList(embeddings).map((item) => ({ vector: asObject(item)?.values })),
    tokens: asNumber(asObject(usageMetadata)?.promptTokenCount),
  };
}
