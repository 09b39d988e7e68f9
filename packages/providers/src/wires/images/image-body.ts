// What of a request for images goes to a service with parameters of its own, and what cannot.
import { G4FError, type ImageRequest, type ImageTask } from '@g4f/core';
import type { EndpointContext } from '../endpoint.ts';

/** What the endpoints write themselves. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...['model', 'task', 'prompt', 'image', 'mask', 'n', 'size', 'response_format', 'stream', 'partial_images'],
]);
/** OpenAI's, which other services do not know. */
const OPENAI = [
  'quality',
  'background',
  'output_format',
  'output_compression',
  'style',
  'user',
  'moderation',
  'input_fidelity',
];

/** What a service can do with images. */
export interface ImageSkills {
  /** How many images it edits at once; 0 or none if it cannot edit. */
  readonly edits?: number;
  readonly masks?: boolean;
  /** Those of OpenAI's parameters that it has by the same name. */
  readonly takes?: readonly string[];
}

/**
 * The parameters that a service has by the same name, and those that are its own. What else was given is left out, with a warning.
 * @throws G4FError `invalid-request` for a task that it cannot do
 */
export function ownParameters(
  request: ImageRequest,
  { provider, warn }: EndpointContext,
  { edits = 0, masks = false, takes = [] }: ImageSkills,
): Record<string, unknown> {
  const given = request.image?.length ?? 0;
  if (request.task === 'variation' || (request.task === 'edit' && edits === 0))
    throw cannot(provider, `it cannot make ${TASKS[request.task]} of an image`);
  if (given > edits) throw cannot(provider, `it takes at most ${edits} image${edits === 1 ? '' : 's'}`);
  if (request.mask !== undefined && !masks) throw cannot(provider, 'it takes no mask');
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(request)) {
    if (WRITTEN.has(name) || value === undefined) continue;
    if (!OPENAI.includes(name) || takes.includes(name)) own[name] = value;
    else warn(`${name} is left out: ${provider} has no such parameter`);
  }
  return own;
}

const TASKS: Readonly<Record<ImageTask, string>> = {
  generate: 'images',
  edit: 'edits',
  variation: 'variations',
};

const cannot = (provider: string, why: string): G4FError =>
  new G4FError(`${provider}: ${why}. Choose another provider.`, {
    code: 'invalid-request',
    scope: 'provider',
    provider,
  });

/** Width and height in pixels; undefined for `auto`, nothing, and what is no size. */
export const pixelsOf = ({
  size,
}: ImageRequest): { readonly width: number; readonly height: number } | undefined => {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(size ?? '') ?? [];
  return width === undefined || Number(width) * Number(height) === 0
    ? undefined
    : { width: Number(width), height: Number(height) };
};

/** The size as a ratio, such as `16:9`, for services that choose the pixels; left out with a warning if they have no such one. */
export function aspectRatioOf(
  request: ImageRequest,
  { provider, warn }: Pick<EndpointContext, 'provider' | 'warn'>,
  ratios: readonly string[],
): { readonly ratio?: string } {
  const { size } = request;
  if (size === undefined || size === 'auto') return {};
  const pixels = pixelsOf(request);
  const same = ratios.find((ratio) => {
    const [width = 0, height = 0] = ratio.split(':').map(Number);
    return pixels !== undefined && width * pixels.height === height * pixels.width;
  });
  if (same === undefined)
    warn(`size ${JSON.stringify(size)} is left out: ${provider} takes only ratios (${ratios.join(', ')})`);
  return same === undefined ? {} : { ratio: same };
}

/** As many as OpenAI makes for one request. */
export const MOST_IMAGES = 10;

/**
 * What one request gives, as often as images are wanted, for services that make one image at a time; a seed counts up.
 *
 * @param make gives its image up when its signal is aborted.
 */
export async function forEachImage<T>(
  { n = 1, seed }: ImageRequest,
  { forEach }: EndpointContext,
  make: (seed: { readonly seed?: number }, signal: AbortSignal) => Promise<T>,
): Promise<readonly [T, ...T[]]> {
  if (n > MOST_IMAGES)
    throw new G4FError(`n: at most ${MOST_IMAGES} images are made at once here. Ask for fewer.`, {
      code: 'invalid-request',
    });
  const seeds = Array.from({ length: n }, (_, at) => (typeof seed === 'number' ? { seed: seed + at } : {}));
  const [first, ...rest] = await forEach(seeds, make);
  if (first === undefined)
    throw new G4FError('n: at least one image is made. Ask for one.', { code: 'invalid-request' });
  return [first, ...rest];
}
