// The parameters of `embeddings.create`: checked, and made into a request.
import type { EmbeddingInput, EmbeddingRequest } from '@g4f/core';
import type { PlainRequest } from '../engine/plain-operation.ts';
import { givenFields } from '../options/given-fields.ts';
import { misspeltAmong } from '../options/misspelt.ts';
import type { Fields } from '../options/plain-value.ts';
import { checkBySchema } from '../schemas/check-by-schema.ts';
import type { EmbeddingParams } from '../surface/embeddings.ts';
import type { ParamOptions } from '../surface/options.ts';
import { embeddingParams } from './params-schema.ts';

const TYPED: Readonly<Record<Exclude<keyof EmbeddingParams, keyof ParamOptions>, true>> = {
  model: true,
  input: true,
  dimensions: true,
  encoding_format: true,
  user: true,
};

const misspelt = misspeltAmong(new Set(Object.keys(TYPED)), new Set(['input_type', 'inputs']));

/**
 * The request that the parameters ask for; null is absent.
 * @throws G4FError `invalid-request` with the path of the field and what was expected.
 */
export const toEmbeddingRequest = (params: Fields): PlainRequest<'embed'> => {
  const given = givenFields(params);
  checkBySchema<CheckedEmbedding>(given, embeddingParams);
  return { request: { ...given, input: toList(given.input) }, warnings: misspelt(given) };
};

interface CheckedEmbedding extends Omit<EmbeddingRequest, 'input'> {
  readonly model: string;
  readonly input: EmbeddingParams['input'];
}

const toList = (input: EmbeddingParams['input']): EmbeddingInput => {
  if (typeof input === 'string') return [input];
  return isTokens(input) ? [input] : input;
};

const isTokens = (input: readonly unknown[]): input is readonly number[] => typeof input[0] === 'number';
