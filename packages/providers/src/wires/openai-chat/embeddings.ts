// OpenAI's embeddings: `POST {base}/embeddings`, which most services speak.
// Source: https://platform.openai.com/docs/api-reference/embeddings/create
import type { EmbeddingRequest } from '@g4f/core';
import { asIndex, asList, asNumber, asObject, asText } from '../decoding/json.ts';
import type { EmbedEndpoint, EmbedFacts, ReadEmbeddings } from '../embed-endpoint.ts';
import type { RequestBody } from '../request-body.ts';

/** Embeddings as OpenAI has them. */
export const openaiEmbeddings: EmbedEndpoint = {
  // Not base64: many servers that speak this protocol ignore it, and answer with numbers.
  takes: ['dimensions', 'user', 'tokens'],
  path: () => '/embeddings',
  encode,
  read: readEmbeddings,
};

function encode(
  { dimensions, ...request }: EmbeddingRequest,
  { dimensionsField = 'dimensions' }: EmbedFacts,
): RequestBody {
  return { ...request, ...(dimensions !== undefined && { [dimensionsField]: dimensions }) };
}

/** Some services count all tokens only. */
function readEmbeddings(json: unknown): ReadEmbeddings | undefined {
  const { data, model, usage } = asObject(json) ?? {};
  if (!Array.isArray(data)) return undefined;
  const counts = asObject(usage);
  return {
    vectors: asList(data).map((item) => {
      const { index, embedding } = asObject(item) ?? {};
      // One that is no place must not pass for none.
      return { index: index == null ? undefined : (asIndex(index) ?? -1), vector: embedding };
    }),
    model: asText(model),
    tokens: asNumber(counts?.prompt_tokens) ?? asNumber(counts?.total_tokens),
  };
}
