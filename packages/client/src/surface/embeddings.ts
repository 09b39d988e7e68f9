// The surface of `embeddings`, which both clients share.
import type { EmbeddingFormat, EmbeddingResponse, EmbeddingVector } from '@g4f/core';
import type { Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';

/**
 * The parameters of `embeddings.create`, in OpenAI's spelling; what a service knows besides goes into `extraBody`.
 * Source: https://platform.openai.com/docs/api-reference/embeddings/create
 */
export interface EmbeddingParams extends Omit<ParamOptions, 'fallback' | 'retired'> {
  /** A family (`text-embedding-3-small`), a provider's own id, `provider:id`, or `provider/id`. */
  readonly model: ModelName;
  /** One text or several; or the tokens of one or several, where the service takes them. */
  readonly input: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
  /** How many numbers each vector shall have, where the model lets them be chosen. */
  readonly dimensions?: number | null;
  /** `float` unless given; `base64` of little-endian 32-bit floats. */
  readonly encoding_format?: EmbeddingFormat | null;
  readonly user?: string | null;
}

/**
 * `embeddings.create`: the vectors of all inputs, in their order. Lists that are longer than a service takes are sent in several
 * requests. A provider that fails makes room for another with the same model; no other model ever answers, because its vectors
 * could not be compared.
 */
export interface CreateEmbedding<M extends Mode> {
  (
    params: EmbeddingParams & { readonly encoding_format?: 'float' | null },
    options?: CallOptions,
  ): Promised<M, EmbeddingResponse<number[]>>;
  (
    params: EmbeddingParams & { readonly encoding_format: 'base64' },
    options?: CallOptions,
  ): Promised<M, EmbeddingResponse<string>>;
  (params: EmbeddingParams, options?: CallOptions): Promised<M, EmbeddingResponse<EmbeddingVector>>;
}
