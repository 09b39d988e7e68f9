// Checks what a service says of a response that it keeps.
import { byParts, notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

/** Throws `bad-response` unless it is the only answer, and what was asked for. */
export const storedCheck = byParts<'storedResponse'>(checkStored);

function checkStored(answer: unknown, place: PartPlace<'storedResponse'>): void {
  if (place.before > 0) throw notThat('a second answer came to one request', place);
  const { task } = place.request;
  const { id, output, deleted, data } = isFields(answer) ? answer : {};
  if (task === 'delete') {
    if (deleted !== true) throw notThat('the answer does not say that the response is deleted', place);
  } else if (task === 'input-items') {
    if (!Array.isArray(data) || !data.every(isFields))
      throw notThat('the answer has no list of items', place);
  } else if (typeof id !== 'string' || !Array.isArray(output) || !output.every(isFields))
    throw notThat('the answer is no response', place);
}
