// A part of a payload with its numbers as the service wrote them: parsing rounds integers above 2^53, and an id that a model
// is given, and gives back in a call's arguments, would name something else.
import { parseExactly, writeJson } from '../http/json-text.ts';
import { asList, asObject } from './json.ts';

/**
 * The part as `parseExactly` gives it, for `writeJson`. It is read again only if it holds a number that was rounded.
 *
 * @param payload the parsed payload that the part is in. @param text the text it was parsed from.
 */
export const exactPart = (part: unknown, payload: unknown, text: string | undefined): unknown => {
  if (text === undefined || !hasRounded(part)) return part;
  const exact = parseExactly(text);
  // The payload may be one of a list that was sent as one.
  const whole =
    Array.isArray(exact) && !Array.isArray(payload)
      ? exact.find((item) => writeJson(JSON.parse(writeJson(item))) === writeJson(payload))
      : exact;
  return whole === undefined ? part : counterpart(part, payload, whole);
};

function hasRounded(value: unknown): boolean {
  if (typeof value === 'number')
    return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasRounded);
}

/** What stands in `exact` where `part` stands in `whole`: both are of the same text. The part itself if it is not in it. */
function counterpart(part: unknown, whole: unknown, exact: unknown): unknown {
  if (part === whole) return exact ?? part;
  if (typeof whole !== 'object' || whole === null) return part;
  for (const [name, inside] of Object.entries(whole)) {
    const there = Array.isArray(whole) ? asList(exact)[Number(name)] : asObject(exact)?.[name];
    const found = counterpart(part, inside, there);
    if (found !== part) return found;
  }
  return part;
}
