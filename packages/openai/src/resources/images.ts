// `images` of a client.
import type {
  ImageEditParams as G4FEditParams,
  ImageVariationParams as G4FVariationParams,
  ImageGenerateParams,
  ImageStreamEvent,
  ImagesResponse,
} from '@g4f/client';
import type { APIPromise } from '../calls/api-promise.ts';
import type { Calls } from '../calls/calls.ts';
import type { RequestOptions } from '../options/client-options.ts';
import type { Stream } from '../streams/stream.ts';
import { toUploadable, type Uploadable } from '../uploads/to-file.ts';
import type { WithFiles } from '../uploads/with-files.ts';

type Streamed<P> = P & { readonly stream: true };
type Whole<P> = P & { readonly stream?: false | null };
type Either = APIPromise<Stream<ImageStreamEvent>> | APIPromise<ImagesResponse>;

/** The parameters of `images.edit`. */
export type ImageEditParams = WithFiles<
  G4FEditParams,
  { readonly image: Uploadable | readonly Uploadable[]; readonly mask?: Uploadable | null }
>;

/** The parameters of `images.createVariation`. */
export type ImageVariationParams = WithFiles<G4FVariationParams, { readonly image: Uploadable }>;

/** `images`. Source: https://platform.openai.com/docs/api-reference/images */
export class Images {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Images made of a prompt, or their events with `stream: true`. */
  generate(
    params: Streamed<ImageGenerateParams>,
    options?: RequestOptions,
  ): APIPromise<Stream<ImageStreamEvent>>;
  generate(params: Whole<ImageGenerateParams>, options?: RequestOptions): APIPromise<ImagesResponse>;
  generate(given: ImageGenerateParams, request?: RequestOptions): Either {
    const { generate } = this.#calls.client.images;
    const { stream, ...params } = this.#calls.params(given);
    return stream === true
      ? this.#calls.stream((options) => generate({ ...params, stream }, options).withResponse(), request)
      : this.#calls.answer((options) => generate(params, options).withResponse(), request);
  }

  /** Images changed as a prompt says, or their events with `stream: true`. */
  edit(params: Streamed<ImageEditParams>, options?: RequestOptions): APIPromise<Stream<ImageStreamEvent>>;
  edit(params: Whole<ImageEditParams>, options?: RequestOptions): APIPromise<ImagesResponse>;
  edit(given: ImageEditParams, request?: RequestOptions): Either {
    const { edit } = this.#calls.client.images;
    const { stream, image, mask, ...params } = this.#calls.params(given);
    const files = async () => ({
      image: isList(image)
        ? await Promise.all(image.map((one, at) => toUploadable(one, `image[${at}]`)))
        : await toUploadable(image, 'image'),
      ...(mask != null && { mask: await toUploadable(mask, 'mask') }),
    });
    return stream === true
      ? this.#calls.stream(
          async (options) => edit({ ...params, ...(await files()), stream }, options).withResponse(),
          request,
        )
      : this.#calls.answer(
          async (options) => edit({ ...params, ...(await files()) }, options).withResponse(),
          request,
        );
  }

  /** Images like another one, where a service has that. */
  createVariation(given: ImageVariationParams, request?: RequestOptions): APIPromise<ImagesResponse> {
    const { createVariation } = this.#calls.client.images;
    const { image, ...params } = this.#calls.params(given);
    return this.#calls.answer(async (options) => {
      const file = await toUploadable(image, 'image');
      return createVariation({ ...params, image: file }, options).withResponse();
    }, request);
  }
}

const isList = (image: Uploadable | readonly Uploadable[]): image is readonly Uploadable[] =>
  Array.isArray(image);
