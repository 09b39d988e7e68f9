// Checks what a service found: whoever acts on it cannot see later that a result was missing.
import { byParts, notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

/**
 * Several texts are judged each by itself, parts are judged together.
 * Throws `bad-response` unless it is the only answer, with one result for each.
 */
export const moderationCheck = byParts<'moderate'>(checkModeration);

function checkModeration(answer: unknown, place: PartPlace<'moderate'>): void {
  if (place.before > 0) throw notThat('a second answer came to one request', place);
  const results = isFields(answer) ? answer.results : undefined;
  if (!Array.isArray(results)) throw notThat('the answer has no list of results', place);
  const { input } = place.request;
  const expected = typeof input[0] === 'string' ? input.length : 1;
  if (results.length !== expected)
    throw notThat(`${expected} results were expected, and ${results.length} came`, place);
  for (const [at, result] of results.entries())
    if (!isFields(result) || typeof result.flagged !== 'boolean' || !isFields(result.categories))
      throw notThat(`the result at ${at} does not say whether it is flagged, and for what`, place);
}
