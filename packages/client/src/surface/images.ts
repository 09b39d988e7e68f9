// The surface of `images`, which both clients share.
import type { ImageResponseFormat, ImageStreamEvent, ImagesResponse } from '@g4f/core';
import type { Mode, Promised } from './mode.ts';
import type { CallOptions, ModelName, ParamOptions } from './options.ts';
import type { AsyncAnswerStream, SyncPartStream } from './part-stream.ts';
import type { Uploadable } from './uploadable.ts';

/** What a service knows besides (`seed`, `negative_prompt`, `steps`) is sent as it is. */
interface ServiceParameters {
  readonly [parameter: string]: unknown;
}

/** The parameters that all methods of `images` have. */
interface ImageParams extends Omit<ParamOptions, 'fallback' | 'retired'>, ServiceParameters {
  /** A family (`flux-schnell`), a provider's own id, `provider:id`, or `provider/id`. */
  readonly model: ModelName;
  /** How many images; 1 unless given. */
  readonly n?: number | null;
  /** In pixels (`1024x1024`), or `auto`. Services that take ratios get the ratio. */
  readonly size?: string | null;
  /** `b64_json`: the bytes, downloaded where the service gives addresses alone. `url`: the address, where the service gives one. */
  readonly response_format?: ImageResponseFormat | null;
  readonly user?: string | null;
}

/** The parameters of what is drawn by a prompt. */
interface PromptParams extends ImageParams {
  readonly prompt: string;
  readonly quality?: string | null;
  readonly background?: string | null;
  readonly output_format?: string | null;
  /** In percent, for jpeg and webp. */
  readonly output_compression?: number | null;
  /** Whether the images come as events: partial ones where the service has them, and each when it is done. */
  readonly stream?: boolean | null;
  /** How many partial images of each are wanted. */
  readonly partial_images?: number | null;
}

/**
 * The parameters of `images.generate`, in OpenAI's spelling.
 * Source: https://platform.openai.com/docs/api-reference/images/create
 */
export interface ImageGenerateParams extends PromptParams {
  readonly style?: string | null;
  readonly moderation?: string | null;
}

/**
 * The parameters of `images.edit`, in OpenAI's spelling.
 * Source: https://platform.openai.com/docs/api-reference/images/createEdit
 */
export interface ImageEditParams extends PromptParams {
  /** One image, or several. */
  readonly image: Uploadable | readonly Uploadable[];
  /** A PNG: where it is transparent, the first image is to be changed. */
  readonly mask?: Uploadable | null;
  readonly input_fidelity?: string | null;
}

/**
 * The parameters of `images.createVariation`, in OpenAI's spelling.
 * Source: https://platform.openai.com/docs/api-reference/images/createVariation
 */
export interface ImageVariationParams extends ImageParams {
  readonly image: Uploadable;
}

/** The events of one request for images as they come. */
export type ImageStream<M extends Mode> = M extends 'async'
  ? AsyncAnswerStream<ImageStreamEvent>
  : SyncPartStream<ImageStreamEvent>;

/** A method that draws by a prompt: all images at once, or their events. */
interface DrawImages<M extends Mode, Params> {
  (params: Params & { readonly stream: true }, options?: CallOptions): ImageStream<M>;
  (params: Params & { readonly stream?: false | null }, options?: CallOptions): Promised<M, ImagesResponse>;
  (params: Params, options?: CallOptions): ImageStream<M> | Promised<M, ImagesResponse>;
}

/** What a client does with images. No other model ever answers. */
export interface Images<M extends Mode> {
  /** Images made of a prompt. */
  readonly generate: DrawImages<M, ImageGenerateParams>;
  /** Images changed as a prompt says. */
  readonly edit: DrawImages<M, ImageEditParams>;
  /** Images like another one, where a service has that. */
  readonly createVariation: (
    params: ImageVariationParams,
    options?: CallOptions,
  ) => Promised<M, ImagesResponse>;
}
