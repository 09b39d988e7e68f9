// What a program itself says is private: texts as they are, and patterns that take linear time.

import { quote } from '../errors/quote.ts';
import { wrong } from '../options/check-option.ts';
import { whyNotLinear } from './linear-pattern.ts';
import type { Find, Place } from './place.ts';

/** @param place in the list of its label, for errors. @throws G4FError `invalid-request` for what is no text and no pattern that surely takes linear time. */
export const findOwn = (label: string, given: unknown, place = ''): Find => {
  if (typeof given === 'string' && given !== '') return (text) => textPlaces(text, label, given);
  const field = `withRedaction own.${label}${place}`;
  if (!(given instanceof RegExp))
    throw wrong(
      field,
      `a text${place ? ' or' : ','} a regular expression${place ? '' : ', or a list of such'}`,
      given,
    );
  const why = whyNotLinear(given);
  if (why !== undefined)
    throw wrong(field, `a regular expression that surely takes linear time: ${why}`, quote(given.source));
  const pattern = new RegExp(given.source, given.flags.includes('g') ? given.flags : `${given.flags}g`);
  return (text) => patternPlaces(text, label, pattern);
};

function textPlaces(text: string, label: string, own: string): readonly Place[] {
  const places: Place[] = [];
  for (let start = text.indexOf(own); start !== -1; start = text.indexOf(own, start + own.length))
    places.push({ label, start, end: start + own.length });
  return places;
}

function patternPlaces(text: string, label: string, pattern: RegExp): readonly Place[] {
  return [...text.matchAll(pattern)]
    .filter(([found]) => found !== '')
    .map(({ 0: { length }, index }) => ({ label, start: index, end: index + length }));
}
