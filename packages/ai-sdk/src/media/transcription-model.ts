// The transcription model. Source: https://github.com/vercel/ai/tree/main/packages/provider/src/transcription-model/v3
import type { TranscriptionModelV3, TranscriptionModelV3CallOptions } from '@ai-sdk/provider';
import type { AsyncClient, TranscriptionParams } from '@g4f/client';
import type { Transcription } from '@g4f/core';
import { withAISDKErrors } from '../call/ai-sdk-error.ts';
import { callOptionsOf, headerWarnings, known, NAME, ownParams, warningsOf } from '../call/call-options.ts';

type TranscriptionResult = Awaited<ReturnType<TranscriptionModelV3['doGenerate']>>;

/** One model. */
export class G4FTranscriptionModel implements TranscriptionModelV3 {
  readonly specificationVersion = 'v3';
  readonly provider = NAME;
  readonly modelId: string;
  readonly #client: AsyncClient;

  constructor(modelId: string, client: AsyncClient) {
    this.modelId = modelId;
    this.#client = client;
  }

  /**
   * What is said. Segments come where the service tells them: `providerOptions: { g4f: { response_format: 'verbose_json' } }`.
   * @throws APICallError; `AbortError` for an abort by the caller
   */
  async doGenerate(options: TranscriptionModelV3CallOptions): Promise<TranscriptionResult> {
    const { audio, mediaType, abortSignal } = options;
    const file =
      typeof audio === 'string'
        ? { data: `data:${mediaType};base64,${audio}` }
        : { data: audio, type: mediaType };
    const params: TranscriptionParams & { readonly stream: false } = {
      ...ownParams(options),
      model: this.modelId,
      file,
      stream: false,
    };
    const { create } = this.#client.audio.transcriptions;
    const answer = await withAISDKErrors(create(params, callOptionsOf(options, this.#client)), abortSignal);
    const result = toResult(typeof answer === 'string' ? { text: answer } : answer, this.modelId);
    return { ...result, warnings: [...headerWarnings(options, this.#client), ...result.warnings] };
  }
}

function toResult(
  { text, segments = [], language, duration, provider, warnings }: Transcription,
  modelId: string,
): TranscriptionResult {
  return {
    text,
    segments: segments.map(({ text: said, start, end }) => ({
      text: said,
      startSecond: start,
      endSecond: end,
    })),
    language,
    durationInSeconds: duration,
    warnings: warningsOf(warnings),
    response: { timestamp: new Date(), modelId },
    providerMetadata: { [NAME]: known({ provider }) },
  };
}
