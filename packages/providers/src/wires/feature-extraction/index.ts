// Embeddings of Hugging Face's own servers: `POST …/hf-inference/models/{id}/pipeline/feature-extraction`, answered as bare lists.
// Source: https://huggingface.co/docs/inference-providers/tasks/feature-extraction
import type { EmbeddingRequest } from '@g4f/core';
import { encodeSegments } from '../../http/transport/path-segments.ts';
import { asList } from '../decoding/json.ts';
import type { EmbedEndpoint, ReadEmbeddings } from '../embed-endpoint.ts';
import type { RequestBody } from '../request-body.ts';

/** Feature extraction; it stands beside the router's OpenAI-like API, which has no embeddings. */
export const featureExtraction: EmbedEndpoint = {
  takes: [],
  path: ({ model }) =>
    `/../hf-inference/models/${encodeSegments(model, 'the model', 2)}/pipeline/feature-extraction`,
  encode,
  read: readEmbeddings,
};

/** The model stands in the path only. */
function encode({ model: _, input, ...own }: EmbeddingRequest): RequestBody {
  return { ...own, inputs: input };
}

function readEmbeddings(json: unknown): ReadEmbeddings | undefined {
  return Array.isArray(json) ? { vectors: asList(json).map((vector) => ({ vector })) } : undefined;
}
