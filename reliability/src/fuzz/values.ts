// Puts another value into a payload: the JSON stays well-formed, and says what no service would say.
import { shareOf } from './place.ts';

/**
 * The event, or line, with one of its values replaced, whichever stands at that share of them; as it was where it holds no JSON.
 *
 * @param json the new value; `undefined` takes the field out. Put in as text, because not every JSON number is one of ours.
 */
export const withValue = (event: string, share: number, json: string): string => {
  const found = /[{[].*[}\]]/.exec(event);
  const value = found === null ? undefined : parsed(found[0]);
  if (found === null || value === undefined) return event;
  const at = shareOf(share, countOf(value));
  let number = 0;
  const mark = `value-${event.length}`;
  const changed = JSON.stringify(value, (_, inner: unknown) => {
    // The payload itself is the first.
    const chosen = number === at;
    number += 1;
    if (!chosen) return inner;
    return json === 'undefined' ? undefined : mark;
  });
  return event.replace(found[0], () => (changed ?? '').replace(`"${mark}"`, json));
};

/** JSON.stringify visits every value once, and none inside one that it leaves out. */
function countOf(value: unknown): number {
  let count = 0;
  JSON.stringify(value, (_, inner: unknown) => {
    count += 1;
    return inner;
  });
  return count;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
