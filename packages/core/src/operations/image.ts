// Images, in OpenAI's shapes. Sources: https://platform.openai.com/docs/api-reference/images
// and, for the events of a stream, https://platform.openai.com/docs/api-reference/images-streaming
import type { Upload } from './upload.ts';

/** What is asked for: an image made of a text, images changed as a text says, or an image like another one. */
export type ImageTask = 'generate' | 'edit' | 'variation';

/** How an image is given: at an address that the service keeps for a while, or as its bytes in base64. */
export type ImageResponseFormat = 'url' | 'b64_json';

/** One request for images as a provider receives it: `model` is the provider's own id, a list of images is not empty. */
export interface ImageRequest {
  readonly model: string;
  readonly task: ImageTask;
  /** Absent for a variation alone. */
  readonly prompt?: string;
  /** The images to be changed. */
  readonly image?: readonly Upload[];
  /** Where it is transparent, the first image is to be changed. */
  readonly mask?: Upload;
  /** How many images are wanted; 1 unless given. */
  readonly n?: number;
  /** Width and height in pixels (`1024x1024`), or `auto`. */
  readonly size?: string;
  readonly quality?: string;
  readonly background?: string;
  readonly output_format?: string;
  /** In percent, for jpeg and webp. */
  readonly output_compression?: number;
  readonly response_format?: ImageResponseFormat;
  readonly style?: string;
  readonly user?: string;
  /** Whether events are wanted: partial images as far as the service has them, and each image when it is done. */
  readonly stream?: boolean;
  /** How many partial images of each are wanted. */
  readonly partial_images?: number;
  /** A parameter that is not known by name goes to the service as it is. */
  readonly [parameter: string]: unknown;
}

/** An image: its address, or its bytes in base64. */
export interface GeneratedImage {
  readonly url?: string;
  readonly b64_json?: string;
  /** The prompt as the service changed it. */
  readonly revised_prompt?: string;
}

/** Token counts of images. */
export interface ImageUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly total_tokens: number;
  readonly input_tokens_details?: { readonly image_tokens: number; readonly text_tokens: number };
  readonly output_tokens_details?: { readonly image_tokens: number; readonly text_tokens: number };
}

/** What is known of images besides themselves. */
interface ImageFacts {
  readonly background?: string;
  readonly output_format?: string;
  readonly quality?: string;
  readonly size?: string;
  readonly usage?: ImageUsage;
  /** Who answered; stamped by the client. */
  readonly provider?: string;
  /** What could not be done of what was asked; stamped by the client. */
  readonly warnings?: readonly string[];
}

/** All images of one request. */
export interface ImagesResponse extends ImageFacts {
  /** In seconds since 1970. */
  readonly created: number;
  readonly data: readonly GeneratedImage[];
  /** The service's id of the request, null if it names none; and its headers, without cookies and keys. Set by clients, not enumerable. */
  readonly _request_id?: string | null;
  readonly _headers?: Readonly<Record<string, string>>;
}

/** An image on the way. */
export interface ImagePartialEvent extends ImageFacts {
  readonly type: 'image_generation.partial_image' | 'image_edit.partial_image';
  readonly b64_json: string;
  /** From 0. */
  readonly partial_image_index: number;
  /** In seconds since 1970. */
  readonly created_at: number;
}

/** An image that is done. */
export interface ImageCompletedEvent extends ImageFacts {
  readonly type: 'image_generation.completed' | 'image_edit.completed';
  readonly b64_json: string;
  /** In seconds since 1970. */
  readonly created_at: number;
}

/** What comes of images with `stream: true`. */
export type ImageStreamEvent = ImagePartialEvent | ImageCompletedEvent;

/** A part of an answer: all images, or one event. */
export type ImageOutput = ImagesResponse | ImageStreamEvent;
