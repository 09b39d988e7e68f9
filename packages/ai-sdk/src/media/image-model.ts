// The image model. Source: https://github.com/vercel/ai/tree/main/packages/provider/src/image-model/v3
import type {
  ImageModelV3,
  ImageModelV3CallOptions,
  ImageModelV3File,
  SharedV3Warning,
} from '@ai-sdk/provider';
import type {
  AsyncClient,
  ImageGenerateParams,
  ImagesResponse,
  NamedUpload,
  WithResponse,
} from '@g4f/client';
import { withAISDKErrors } from '../call/ai-sdk-error.ts';
import {
  callOptionsOf,
  headerWarnings,
  known,
  NAME,
  ownParams,
  unsupported,
  warningsOf,
} from '../call/call-options.ts';

type ImageResult = Awaited<ReturnType<ImageModelV3['doGenerate']>>;

/** One model. */
export class G4FImageModel implements ImageModelV3 {
  readonly specificationVersion = 'v3';
  readonly provider = NAME;
  readonly modelId: string;
  /** Each image is a call of its own: how many a service makes in one is not known for all. */
  readonly maxImagesPerCall = 1;
  readonly #client: AsyncClient;

  constructor(modelId: string, client: AsyncClient) {
    this.modelId = modelId;
    this.#client = client;
  }

  /** Makes images, or changes the files that are given. @throws APICallError; `AbortError` */
  async doGenerate(options: ImageModelV3CallOptions): Promise<ImageResult> {
    const warnings: SharedV3Warning[] =
      options.aspectRatio === undefined
        ? []
        : [unsupported('aspectRatio', 'say the size, or the service’s own field in providerOptions.g4f')];
    const asked = await withAISDKErrors(this.#ask(options), options.abortSignal);
    return toResult(asked, this.modelId, [...warnings, ...headerWarnings(options, this.#client)]);
  }

  #ask(options: ImageModelV3CallOptions): Promise<WithResponse<ImagesResponse>> {
    const { prompt = '', n, size, seed, files = [], mask } = options;
    const params: ImageGenerateParams = {
      response_format: 'b64_json',
      ...(size !== undefined && { size }),
      ...(seed !== undefined && { seed }),
      ...ownParams(options),
      model: this.modelId,
      prompt,
      n,
    };
    const { generate, edit } = this.#client.images;
    const call = callOptionsOf(options, this.#client);
    if (files.length === 0) return generate({ ...params, stream: false }, call).withResponse();
    const image = files.map(toUpload);
    const changed = { ...params, image, ...(mask !== undefined && { mask: toUpload(mask) }) };
    return edit({ ...changed, stream: false }, call).withResponse();
  }
}

/** A file as an upload; base64 as a data URL. */
function toUpload(file: ImageModelV3File): NamedUpload | URL {
  if (file.type === 'url') return new URL(file.url);
  const { data, mediaType } = file;
  return typeof data === 'string' ? { data: `data:${mediaType};base64,${data}` } : { data, type: mediaType };
}

function toResult(
  { data: answer, response }: WithResponse<ImagesResponse>,
  modelId: string,
  warnings: readonly SharedV3Warning[],
): ImageResult {
  const { data, created, provider, usage } = answer;
  const facts = data.map(({ revised_prompt }) => known({ provider, revised_prompt }));
  return {
    images: data.flatMap(({ b64_json: base64 }) => (base64 === undefined ? [] : [base64])),
    warnings: [...warnings, ...warningsOf(answer.warnings)],
    providerMetadata: { [NAME]: { images: facts } },
    response: { timestamp: new Date(created * 1000), modelId, headers: Object.fromEntries(response.headers) },
    usage: {
      inputTokens: usage?.input_tokens,
      outputTokens: usage?.output_tokens,
      totalTokens: usage?.total_tokens,
    },
  };
}
