// Keys: what looks like one, what stands where a key stands, and private keys in PEM.
import { KEY_ASSIGNED, KEY_FIELD, KEY_SHAPES } from '@g4f/core/internal';
import type { Place } from './place.ts';

/** The user and password of an address. */
const USER = /(:\/\/)[^\s/?#"'<>@:]{1,100}:[^\s/?#"'<>@]{1,200}(?=@)/g;
/** `password: …` in plain words. */
const TOLD = new RegExp(`(\\b${KEY_FIELD}\\s{0,2}:\\s{0,2})[^\\s"',;]{8,200}`, 'gi');
/** How much of a password is looked for after its first word. */
const LONGEST_PASSWORD = 200;
const IS_FIELD = new RegExp(`${KEY_FIELD}$`, 'i');

/** Whether a field of this name holds keys. */
export const isKeyField = (name: string): boolean => IS_FIELD.test(name.slice(-40));

/** The keys in a text. */
export const findKeys = (text: string): readonly Place[] => [
  ...[...KEY_SHAPES, USER].flatMap((shape) => placesOf(text, shape, () => true)),
  ...placesOf(text, KEY_ASSIGNED, isAssignedKey).map((place) => upToQuote(text, place)),
  ...placesOf(text, TOLD, (_kept, value) => isWritten(value)),
  ...findPrivateKeys(text),
];

/** What is found without its first group, which says what it is. */
function placesOf(text: string, shape: RegExp, fits: (kept: string, value: string) => boolean): Place[] {
  return [...text.matchAll(shape)].flatMap(({ 0: found, 1: kept = '', index }) =>
    fits(kept, found.slice(kept.length))
      ? [{ label: 'KEY', start: index + kept.length, end: index + found.length }]
      : [],
  );
}

/** A password in quotes may have spaces in it. */
function upToQuote(text: string, place: Place): Place {
  const quote = text.charAt(place.start - 1);
  const end = /["']/.test(quote) ? text.slice(place.end, place.end + LONGEST_PASSWORD).indexOf(quote) : -1;
  return end === -1 ? place : { ...place, end: place.end + end };
}

/** Programs are full of `token = readToken()`: such a value is no key. One in quotes, or of a line `KEY=value`, is. */
const isAssignedKey = (kept: string, value: string): boolean =>
  /["']$/.test(kept) || isWritten(value) || (kept.endsWith('=') && /^[\w+/=-]+$/.test(value));

/** Whether it is a value as such, and no expression that gives one. */
const isWritten = (value: string): boolean => /\d/.test(value) && !/^[$<{[]|[([]/.test(value);

function findPrivateKeys(text: string): Place[] {
  const places: Place[] = [];
  for (let at = text.indexOf('-----BEGIN '); at !== -1; at = text.indexOf('-----BEGIN ', at + 1)) {
    const head = /^-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/.exec(text.slice(at, at + 70))?.[0];
    if (head === undefined) continue;
    const tail = text.indexOf('-----END ', at);
    const start = at + head.length;
    const end = tail === -1 ? text.length : tail;
    places.push({ label: 'KEY', start, end });
    at = end - 1;
  }
  return places.filter(({ start, end }) => end > start);
}
