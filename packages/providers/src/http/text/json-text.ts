// JSON text as it crosses the network: a value, or nothing where it is not JSON, and numbers with all their digits.
import { LIMITS } from '@g4f/core';
import { isTooDeep, skip, valuesIn } from './json-scan.ts';

/**
 * The value, or undefined if the text is not JSON, or is deeper or holds more values than we take: what reads it calls
 * itself for what is inside, and a value may take a hundred times the memory of its text.
 */
export const parseJson = (text: string): unknown => {
  if (text.length > LIMITS.values && valuesIn(text) > LIMITS.values) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // Each level takes two characters.
    return text.length > 2 * LIMITS.nesting && isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
};

const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** What no text holds by chance, and nobody outside can know: it tells the digits of a number from a string. */
let mark: string | undefined;

/** A number that may lose digits: sixteen of them, or an exponent. */
const MAY_LOSE = /\d[\d.]{15}|\d[eE]/;
const NUMBER = /-?\d[\d.eE+-]*/y;

/**
 * The value, or undefined as from {@link parseJson}. A number that JavaScript would round (an id above 2^53) becomes a
 * marked string, which {@link writeJson} writes as the number that stood there: for values that are only sent on.
 */
export const parseExactly = (text: string): unknown => {
  const value = parseJson(text);
  return value === undefined || !MAY_LOSE.test(text) ? value : parseJson(withMarks(text));
};

function withMarks(json: string): string {
  let written = '';
  let from = 0;
  for (let at = 0; at < json.length; ) {
    const number = numberAt(json, at);
    if (number !== '' && !keepsItsDigits(number)) {
      written += `${json.slice(from, at)}"${marked(number)}"`;
      from = at + number.length;
    }
    at = number === '' ? skip(json, at) : at + number.length;
  }
  return written + json.slice(from);
}

/** The number that begins here; '' if none does. */
function numberAt(json: string, at: number): string {
  const code = json.charCodeAt(at);
  if (code !== MINUS && (code < ZERO || code > NINE)) return '';
  NUMBER.lastIndex = at;
  return NUMBER.exec(json)?.[0] ?? '';
}

/** Fifteen digits always come back as they were. */
const keepsItsDigits = (number: string): boolean => {
  const value = Number(number);
  if (String(value) === number) return true;
  const [mantissa = ''] = number.split(/[eE]/);
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length <= 15 && Number.isFinite(value) && (value !== 0 || digits === '');
};

const marked = (number: string): string => {
  // Made late: some platforms have no random numbers while a module is loaded.
  mark ??= `number-${crypto.randomUUID()}:`;
  return mark + number;
};

/** The text of what {@link parseExactly} gave, with its numbers as they stood there. */
export const withoutMarks = (text: string): string => (mark === undefined ? text : text.replaceAll(mark, ''));

/** The value as its reader gets it: a number that JavaScript would round is the text of its digits. */
export const parseShown = (text: string): unknown => {
  const exact = parseExactly(text);
  return exact === undefined ? undefined : parseJson(withoutMarks(JSON.stringify(exact)));
};

/**
 * What of a parsed payload holds a number that was rounded → the same as {@link parseExactly} gives it. A number that
 * stands for two different ones is left out.
 *
 * @param text what the payload was parsed from.
 */
export const exactParts = (payload: unknown, text: string): ReadonlyMap<unknown, unknown> => {
  const parts = new Map<unknown, unknown>();
  if (MAY_LOSE.test(text)) pair(payload, parseExactly(text), parts);
  return parts;
};

/** @returns whether they differ. */
function pair(value: unknown, exact: unknown, parts: Map<unknown, unknown>): boolean {
  if (typeof value !== 'object' || value === null || typeof exact !== 'object' || exact === null) {
    if (value === exact || exact === undefined) return false;
    parts.set(value, (parts.get(value) ?? exact) === exact ? exact : value);
    return true;
  }
  let differs = false;
  for (const name of Object.keys(value))
    differs = pair(Reflect.get(value, name), Reflect.get(exact, name), parts) || differs;
  if (differs) parts.set(value, exact);
  return differs;
}

/**
 * The value as JSON text that every service can read: half of a surrogate pair, which is no character, becomes U+FFFD.
 * @throws TypeError for what has no JSON: an object that contains itself, a bigint.
 */
export const writeJson = (value: unknown): string => {
  const text = JSON.stringify(value);
  const exact =
    mark === undefined || !text.includes(mark)
      ? text
      : text.replace(new RegExp(`"${mark}(-?\\d[\\d.eE+-]*)"`, 'g'), '$1');
  if (!exact.includes('\\ud')) return exact;
  // Escapes are read in order, so that a backslash that is itself escaped begins none.
  return exact.replace(/\\(?:u(d[89a-f][\da-f]{2})|.)/g, (written, half) =>
    half === undefined ? written : '\ufffd',
  );
};
