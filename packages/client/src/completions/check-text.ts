// Checks each chunk of a completion.
import { notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

/** @throws G4FError `bad-response` unless it has choices, each with a text and its place */
export function checkText(chunk: unknown, place: PartPlace<'complete'>): void {
  const choices = isFields(chunk) ? chunk.choices : undefined;
  if (!Array.isArray(choices)) throw notThat('a chunk has no list of choices', place);
  for (const choice of choices)
    if (!isFields(choice) || typeof choice.text !== 'string' || !Number.isSafeInteger(choice.index))
      throw notThat('a choice has no text, or no place', place);
}
