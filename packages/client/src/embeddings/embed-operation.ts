// The operation `embed`, for the engine.
import type { EmbeddingResponse } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { onlyPart, plainOperation } from '../engine/plain-operation.ts';
import { vectorCheck } from './check-vectors.ts';
import { toEmbeddingRequest } from './params.ts';

/** Embeddings: one answer with all vectors. */
export const embedOperation: OperationKind<EmbeddingResponse, EmbeddingResponse> = plainOperation({
  operation: 'embed',
  takes: 'create() takes an object with model and input.',
  toRequest: toEmbeddingRequest,
  check: vectorCheck,
  collect: onlyPart,
  usageIn: ({ usage }) => (usage === undefined ? undefined : { ...usage, completion_tokens: 0 }),
});
