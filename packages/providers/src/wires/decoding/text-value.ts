// The text in a field that should hold a string, where services send other JSON: numbers, lists, `{type, text}` objects.
import { G4FError } from '@g4f/core';
import { excerpt } from '../../http/failures/excerpt.ts';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { asObject } from './json.ts';

/** How deep lists and objects may hold text in each other. */
const MAX_DEPTH = 8;

/**
 * The text a value stands for: '' if it says nothing (null, an empty list or object), undefined if it cannot be read.
 * Numbers and booleans are text as JSON writes them, lists are joined, objects count by their `text`: a model that writes
 * the digit 1 must not lose it because a proxy parsed its text as JSON. A number that was rounded cannot be read.
 */
export const textOfValue = (value: unknown, depth = 0): string | undefined => {
  if (typeof value === 'string') return value;
  if (value == null) return '';
  if (typeof value === 'number') return isWhole(value) ? String(value) : undefined;
  if (typeof value === 'boolean') return String(value);
  if (depth >= MAX_DEPTH) return undefined;
  if (!Array.isArray(value)) return textOfObject(asObject(value) ?? {}, depth);
  let joined = '';
  for (const item of value) {
    const text = textOfValue(item, depth + 1);
    if (text === undefined) return undefined;
    joined += text;
  }
  return joined;
};

const isWhole = (value: number): boolean =>
  Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);

function textOfObject(object: Readonly<Record<string, unknown>>, depth: number): string | undefined {
  if (object.text !== undefined) return textOfValue(object.text, depth + 1);
  for (const _ in object) return undefined;
  return '';
}

/** @throws G4FError `bad-response` with an excerpt where {@link textOfValue} cannot read the value. */
export const readTextValue = (
  value: unknown,
  asked: Pick<RequestFacts, 'provider' | 'model' | 'key' | 'messages'>,
): string => {
  const text = textOfValue(value);
  if (text === undefined) throw unreadable(value, asked);
  return text;
};

/** The error for an answer that is put together wrongly. @param what it has, such as "a call of no function" */
export const malformedAnswer = (
  what: string,
  asked: Pick<RequestFacts, 'provider' | 'model' | 'key' | 'messages'>,
): G4FError =>
  new G4FError(`${asked.provider}: the answer has ${excerpt(what, asked)}. Choose another provider.`, {
    code: 'bad-response',
    provider: asked.provider,
    model: asked.model,
  });

/** The error for a part of an answer that cannot be read as text. */
export const unreadable = (
  value: unknown,
  asked: Pick<RequestFacts, 'provider' | 'model' | 'key' | 'messages'>,
): G4FError =>
  new G4FError(
    `${asked.provider}: a part of the answer is not text: "${excerpt(JSON.stringify(value) ?? '', asked)}". Choose another provider.`,
    { code: 'bad-response', provider: asked.provider, model: asked.model },
  );
