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
  'summary',
  'arguments',
  'function',
  'custom',
  'tool_calls',
  'variables',
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
    if (value !== '' && !value.startsWith('data:')) texts.push(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) gather(item, texts, isOwn);
    return;
  }
  if (!isPlainObject(value)) return;
  for (const [field, held] of Object.entries(value))
    if (isOwn || WORDS.has(field)) gather(held, texts, isOwn || field === 'variables');
}
