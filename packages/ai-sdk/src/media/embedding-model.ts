// The embedding model. Source: https://github.com/vercel/ai/tree/main/packages/provider/src/embedding-model/v3
import type { EmbeddingModelV3, EmbeddingModelV3CallOptions, EmbeddingModelV3Result } from '@ai-sdk/provider';
import type { AsyncClient } from '@g4f/client';
import { withAISDKErrors } from '../call/ai-sdk-error.ts';
import { callOptionsOf, headerWarnings, known, NAME, ownParams, warningsOf } from '../call/call-options.ts';

/** One model. */
export class G4FEmbeddingModel implements EmbeddingModelV3 {
  readonly specificationVersion = 'v3';
  readonly provider = NAME;
  readonly modelId: string;
  /** The client cuts lists that are longer than a service takes. */
  readonly maxEmbeddingsPerCall = Number.POSITIVE_INFINITY;
  readonly supportsParallelCalls = true;
  readonly #client: AsyncClient;

  constructor(modelId: string, client: AsyncClient) {
    this.modelId = modelId;
    this.#client = client;
  }

  /** @throws APICallError; `AbortError` for an abort by the caller */
  async doEmbed(options: EmbeddingModelV3CallOptions): Promise<EmbeddingModelV3Result> {
    const params = { ...ownParams(options), model: this.modelId, input: options.values };
    const asked = this.#client.embeddings.create(
      { ...params, encoding_format: 'float' },
      callOptionsOf(options, this.#client),
    );
    const { data: answer, response } = await withAISDKErrors(asked.withResponse(), options.abortSignal);
    const { provider, model, usage, warnings } = answer;
    return {
      embeddings: answer.data.map(({ embedding }) => embedding),
      ...(usage !== undefined && { usage: { tokens: usage.prompt_tokens } }),
      providerMetadata: {
        [NAME]: known({ provider, model, cost: usage?.cost, cost_basis: usage?.cost_basis }),
      },
      response: { headers: Object.fromEntries(response.headers) },
      warnings: [...headerWarnings(options, this.#client), ...warningsOf(warnings)],
    };
  }
}
