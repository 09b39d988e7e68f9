// The texts of a request that somebody wrote: of whatever operation, without names, ids and media.
import { isPlainObject } from '../options/plain-value.ts';

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
]);

/** Parts of which only those fields hold words, wherever they stand. */
const MEDIA: ReadonlySet<unknown> = new Set([
  'image_url',
  'input_audio',
  'input_image',
  'file',
  'input_file',
]);

/** In their order. */
export const textsOfRequest = (request: object): readonly string[] => {
  const texts: string[] = [];
  gather(request, texts, false);
  return texts;
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
