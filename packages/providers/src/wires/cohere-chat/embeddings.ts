// Cohere's embeddings, version 2: `POST {base}/embed`. Source: https://docs.cohere.com/v2/reference/embed
import type { EmbeddingRequest } from '@g4f/core';
import { asList, asNumber, asObject } from '../decoding/json.ts';
import type { EmbedEndpoint, ReadEmbeddings } from '../embed-endpoint.ts';
import type { RequestBody } from '../request-body.ts';

/** Embeddings as Cohere has them. */
export const cohereEmbed: EmbedEndpoint = {
  takes: ['dimensions'],
  path: () => '/embed',
  encode,
  read: readEmbeddings,
};

/** What is stored outnumbers what is searched for: a search says `input_type: 'search_query'`. */
function encode({ input, dimensions, ...own }: EmbeddingRequest): RequestBody {
  return {
    input_type: 'search_document',
    embedding_types: ['float'],
    ...own,
    texts: input,
    ...(dimensions !== undefined && { output_dimension: dimensions }),
  };
}

/** A caller may have asked for another type than `float`. */
function readEmbeddings(json: unknown): ReadEmbeddings | undefined {
  const { embeddings, meta } = asObject(json) ?? {};
  const types = asObject(embeddings);
  const list = types?.float ?? Object.values(types ?? {}).find(Array.isArray);
  if (!Array.isArray(list)) return undefined;
  return {
    vectors: asList(list).map((vector) => ({ vector })),
    tokens: asNumber(asObject(asObject(meta)?.billed_units)?.input_tokens),
  };
}
