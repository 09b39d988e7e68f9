// The operation `embed`, for the engine.
import { type ChatFeature, type EmbeddingRequest, type EmbeddingResponse, G4FError } from '@g4f/core';
import type { OperationRequest } from '../attempt/call-context.ts';
import { readParts } from '../attempt/read-parts.ts';
import type { RequestScope } from '../attempt/request-scope.ts';
import type { OperationKind } from '../engine/operation-kind.ts';
import type { Fields } from '../options/plain-value.ts';
import type { Candidate } from '../routing/candidate.ts';
import { checkVectors } from './check-vectors.ts';
import { toEmbeddingRequest } from './params.ts';

/** Texts that are to be embedded. */
class EmbedOperationRequest implements OperationRequest<EmbeddingResponse> {
  readonly operation = 'embed';
  readonly model: string;
  readonly stream = false;
  readonly conversation = undefined;
  readonly allowsFallback = false;
  readonly answersOnce = true;
  readonly parameters: EmbeddingRequest;

  constructor(request: EmbeddingRequest) {
    this.model = request.model;
    this.parameters = request;
  }

  needs(): readonly ChatFeature[] {
    return [];
  }

  async *open(candidate: Candidate, scope: RequestScope): AsyncGenerator<EmbeddingResponse, undefined> {
    const { backend, model } = candidate;
    const request = { ...this.parameters, model };
    const check = (answer: unknown, before: number): void =>
      checkVectors(answer, request, backend.id, before);
    for await (const answer of readParts('embed', candidate, request, scope, check)) {
      const warnings = scope.warnings.length > 0 && { warnings: [...scope.warnings] };
      yield { ...answer, provider: backend.id, ...warnings };
    }
    return undefined;
  }
}

/** Embeddings: one answer with all vectors. */
export const embedOperation: OperationKind<EmbeddingResponse, EmbeddingResponse> = {
  takes: 'create() takes an object with model and input.',
  toRequest(params: Fields) {
    const { request, warnings } = toEmbeddingRequest(params);
    return { request: new EmbedOperationRequest(request), warnings };
  },
  async collect(parts) {
    let whole: EmbeddingResponse | undefined;
    for await (const part of parts) whole ??= part;
    if (whole === undefined) throw new G4FError('the answer is empty.', { code: 'bad-response' });
    return whole;
  },
  usageIn: ({ usage }) => (usage === undefined ? undefined : { ...usage, completion_tokens: 0 }),
};
