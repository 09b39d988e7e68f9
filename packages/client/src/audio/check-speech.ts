// Checks the parts of speech, which come from code that may be anybody's.
import { byParts, notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

/** Throws `bad-response` for what holds no sound. */
export const speechCheck = byParts<'speech'>(checkSpeech);

function checkSpeech(part: unknown, place: PartPlace<'speech'>): void {
  if (!isFields(part) || !(part.audio instanceof Uint8Array) || part.audio.length === 0)
    throw notThat('a part of the answer holds no sound', place);
}
