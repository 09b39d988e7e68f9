// The texts of a request that somebody wrote: of whatever operation, without names, ids and media.
import { KNOWN_PARAMETERS } from '../chat/known-parameters.ts';
import { isPlainObject } from '../options/plain-value.ts';
import type { MiddlewareCall, MiddlewareOptions } from '../surface/middleware.ts';

/** Fields that hold words, and what leads to them. */
const WORDS: ReadonlySet<string> = new Set([
  'messages',
  'content',
  'text',
  'input',
  'prompt',
  'suffix',
  'instructions',
  'output',
  'refusal',
  'reasoning',
  'reasoning_details',
  'summary',
  'arguments',
  'function',
  'custom',
  'tool_calls',
  'variables',
  'prediction',
]);

/** Parts of which only those fields hold words, wherever they stand. */
const MEDIA: ReadonlySet<unknown> = new Set([
  'image_url',
  'input_audio',
  'input_image',
  'file',
  'input_file',
]);

/**
 * In their order; those of parameters that are not known by name, and of `extraBody`, come last: they go to services as they are, and
 * `system` or `contents` is what some call a conversation.
 */
export const textsOfCall = ({ operation, request, options }: TextsOf): readonly string[] => {
  const texts: string[] = [];
  gather(request, texts, false);
  if (operation === 'chat')
    for (const [name, held] of Object.entries(request))
      if (!KNOWN_PARAMETERS.has(name) && !WORDS.has(name)) gather(held, texts, true);
  gather(options.extraBody, texts, true);
  return texts;
};

type TextsOf = Pick<MiddlewareCall, 'operation'> & {
  readonly request: object;
  readonly options: Pick<MiddlewareOptions, 'extraBody'>;
};

/** @param isOwn whether fields have names of the caller's, all of which hold words */
function gather(value: unknown, texts: string[], isOwn: boolean): void {
  if (typeof value === 'string') {
    if (value !== '') texts.push(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) gather(item, texts, isOwn);
    return;
  }
  if (!isPlainObject(value)) return;
  const isNamed = isOwn && !MEDIA.has(value.type);
  for (const [field, held] of Object.entries(value))
    if (isNamed || WORDS.has(field)) gather(held, texts, isNamed || field === 'variables');
}
