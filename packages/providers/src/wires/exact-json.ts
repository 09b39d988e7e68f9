// JSON whose integers above 2^53 keep their digits: as bigints between the text that came and the text that is sent.
// `JSON.parse` rounds them: an id that a model is given, and gives back in a call's arguments, would name something else.
import { parseJson } from '../http/json-text.ts';
import { asList, asObject } from './json.ts';

/** Stands before the digits while they are in a string. Random, so that no text that comes over the network holds it. */
const MARK = crypto.randomUUID();
/** Strings, in which digits are text, and numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');

/** As `parseJson`, with every integer that a number cannot hold as a bigint. */
export const parseExact = (text: string): unknown => {
  if (!/\d{16}/.test(text)) return parseJson(text);
  let hasMarks = false;
  const marked = text.replace(TOKENS, (token) => {
    if (!/^-?\d{16,}$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    hasMarks = true;
    return `"${MARK}${token}"`;
  });
  // What is not JSON must not become JSON by the marks: `{1234567890123456789: 0}`.
  if (!hasMarks || parseJson(text) === undefined) return parseJson(text);
  return JSON.parse(marked, (_name, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  );
};

/** As `JSON.stringify`, with bigints as their digits. */
export const writeExact = (value: unknown): string => {
  let hasBigints = false;
  const text = JSON.stringify(value, (_name, one: unknown) => {
    if (typeof one !== 'bigint') return one;
    hasBigints = true;
    return `${MARK}${one}`;
  });
  return hasBigints ? text.replace(MARKED, '$1') : text;
};

/**
 * A part of a payload as {@link parseExact} gives it. It is read again only if it holds a number that may have been rounded.
 *
 * @param payload the parsed payload that the part is in. @param text the text it was parsed from.
 */
export const exactPart = (part: unknown, payload: unknown, text: string | undefined): unknown => {
  if (text === undefined || !hasRounded(part)) return part;
  const exact = parseExact(text);
  // The payload may be one of a list that was sent as one.
  const whole =
    Array.isArray(exact) && !Array.isArray(payload) ? exact.find((item) => isRounded(item, payload)) : exact;
  return whole === undefined ? part : counterpart(part, payload, whole);
};

/** Whether the one is the other but for digits. */
const isRounded = (exact: unknown, rounded: unknown): boolean =>
  JSON.stringify(exact, (_name, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)) ===
  JSON.stringify(rounded);

function hasRounded(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasRounded);
}

/** What stands in `exact` where `part` stands in `whole`: both are of the same text. The part itself if it is not in it. */
function counterpart(part: unknown, whole: unknown, exact: unknown): unknown {
  if (part === whole) return exact;
  if (typeof whole !== 'object' || whole === null) return part;
  for (const [name, inside] of Object.entries(whole)) {
    const there = Array.isArray(whole) ? asList(exact)[Number(name)] : asObject(exact)?.[name];
    const found = counterpart(part, inside, there);
    if (found !== part) return found;
  }
  return part;
}
