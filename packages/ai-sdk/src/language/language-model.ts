// The language model: chats of a client.
// Source: https://github.com/vercel/ai/tree/main/packages/provider/src/language-model/v3
import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3GenerateResult,
  LanguageModelV3StreamPart,
  LanguageModelV3StreamResult,
} from '@ai-sdk/provider';
import type { AsyncClient } from '@g4f/client';
import { toAISDKError, withAISDKErrors } from '../call/ai-sdk-error.ts';
import { callOptionsOf, headerWarnings, NAME } from '../call/call-options.ts';
import { streamParts } from './stream-parts.ts';
import { toResult } from './to-content.ts';
import { toParams } from './to-params.ts';

/** One model. */
export class G4FLanguageModel implements LanguageModelV3 {
  readonly specificationVersion = 'v3';
  readonly provider = NAME;
  readonly modelId: string;
  /** None: the AI SDK loads what stands at an address, so that any provider can be sent it. */
  readonly supportedUrls = {};
  readonly #client: AsyncClient;

  constructor(modelId: string, client: AsyncClient) {
    this.modelId = modelId;
    this.#client = client;
  }

  /** @throws APICallError; `AbortError` for an abort by the caller */
  async doGenerate(options: LanguageModelV3CallOptions): Promise<LanguageModelV3GenerateResult> {
    const { params, warnings } = toParams(this.modelId, options);
    warnings.push(...headerWarnings(options, this.#client));
    const { create } = this.#client.chat.completions;
    const answer = await withAISDKErrors(
      create({ ...params, stream: false }, callOptionsOf(options, this.#client)),
      options.abortSignal,
    );
    return toResult(answer, warnings);
  }

  /** Resolves when the first content is there: until then another provider is asked. @throws as `doGenerate` */
  async doStream(options: LanguageModelV3CallOptions): Promise<LanguageModelV3StreamResult> {
    const { abortSignal, includeRawChunks: raw = false } = options;
    const { params, warnings } = toParams(this.modelId, options);
    warnings.push(...headerWarnings(options, this.#client));
    const stream = this.#client.chat.completions.stream(params, callOptionsOf(options, this.#client));
    const { response } = await withAISDKErrors(stream.withResponse(), abortSignal);
    return {
      stream: readableOf(streamParts(stream, { warnings, raw }), () => stream.abort(), abortSignal),
      response: { headers: Object.fromEntries(response.headers) },
    };
  }
}

/** A failure after the first content is a part of the stream, as the AI SDK has it; an abort is an error of the stream. */
function readableOf(
  parts: AsyncGenerator<LanguageModelV3StreamPart, undefined>,
  abort: () => void,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV3StreamPart> {
  return new ReadableStream<LanguageModelV3StreamPart>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        } catch (thrown) {
          const error = toAISDKError(thrown, signal);
          if (signal?.aborted === true) throw error;
          controller.enqueue({ type: 'error', error });
          controller.close();
        }
      },
      cancel: abort,
    },
    { highWaterMark: 0 },
  );
}
