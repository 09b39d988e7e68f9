// Checks the vectors of an answer: whoever stores them cannot see later that one was missing or of another kind.
import type { G4FError } from '@g4f/core';
import { withoutEnd } from '@g4f/core/internal';
import { byParts, notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

/**
 * Throws `bad-response` unless it is the only answer, with one vector for each input, in order, all in the same form
 *   and of one length.
 */
export const vectorCheck = byParts<'embed'>(checkVectors);

function checkVectors(answer: unknown, place: PartPlace<'embed'>): void {
  const { input, encoding_format = 'float' } = place.request;
  const wrong = (what: string): G4FError => notThat(what, place);
  if (place.before > 0) throw wrong('a second answer came to one request');
  const data = isFields(answer) ? answer.data : undefined;
  if (!Array.isArray(data)) throw wrong('the answer has no list of vectors');
  if (data.length !== input.length)
    throw wrong(`${input.length} vectors were asked for, and ${data.length} came`);
  let size: number | undefined;
  for (const [at, vector] of data.entries()) {
    const { index, embedding } = isFields(vector) ? vector : {};
    if (index !== at) throw wrong(`the vector at ${at} has the index ${String(index)}`);
    const length = encoding_format === 'base64' ? numbersInText(embedding) : numbersInList(embedding);
    if (!length) throw wrong(`the vector at ${at} is not in the form ${encoding_format}`);
    size ??= length;
    if (length !== size) throw wrong(`vectors of ${size} and of ${length} numbers came in one answer`);
  }
}

/** How many numbers a list has; undefined if it is none, or holds something else. */
const numbersInList = (value: unknown): number | undefined =>
  Array.isArray(value) && value.every(Number.isFinite) ? value.length : undefined;

/** The same of base64, which writes each number as 4 bytes. */
const numbersInText = (value: unknown): number | undefined =>
  typeof value === 'string' ? Math.floor((withoutEnd(value, '=').length * 3) / 16) : undefined;
