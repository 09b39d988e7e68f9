// Numbers of credit cards (13 to 19 digits whose last one fits, after Luhn) and of telephones (with a +, a 0 or American groups).
import type { Place } from './place.ts';

interface Digits {
  readonly start: number;
  readonly end: number;
}

/** Runs of digits, each as long as it can be. */
type Groups = readonly Digits[];

const BETWEEN_IN_CARD = /^[ \u00a0\u202f\-\u2010-\u2015]$/;
const BETWEEN_IN_PHONE = /^(?:\)?[ \u00a0\u202f./\-\u2010-\u2015]?\(?| [-\u2010-\u2015] )$/;

const groupsOf = (text: string): Groups =>
  [...text.matchAll(/\d+/g)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));

/** The cards in a text. */
export const findCards = (text: string): readonly Place[] =>
  placesOf(text, 'CARD', (groups, at) => {
    const { digitsUpTo } = reader(text, groups, at, BETWEEN_IN_CARD, 19);
    return digitsUpTo.findLastIndex((digits) => /^[2-6]\d{12,18}$/.test(digits) && fitsLuhn(digits));
  });

/** The telephone numbers in a text. */
export const findPhones = (text: string): readonly Place[] =>
  placesOf(text, 'PHONE', (groups, at) => {
    const start = groups[at]?.start ?? 0;
    const before = text.slice(Math.max(0, start - 2), start);
    const { digitsUpTo, lengths } = reader(text, groups, at, BETWEEN_IN_PHONE, 15);
    if (/\+\(?$/.test(before)) return digitsUpTo.findLastIndex(({ length }) => length >= 8);
    if (/[\w.,/:\-+]\(?$/.test(before)) return -1;
    const american = /^(?:1,)?3,3,4(?:,|$)/.exec(lengths.join(','));
    const digits = digitsUpTo.at(-1) ?? '';
    if (american !== null && /^1?[2-9]/.test(digits)) return lengths[0] === 1 ? 3 : 2;
    return isDate(text.slice(start, start + 10)) ? -1 : trunkEnd(digitsUpTo, lengths[0] ?? 0);
  });

/** With the 0 before it that calls of the same country have, or the 00 of those abroad. */
const trunkEnd = (digitsUpTo: readonly string[], first: number): number =>
  first < 2
    ? -1
    : digitsUpTo.findLastIndex((digits, at) => /^0\d{8,14}$/.test(digits) && (at > 0 || digits.length >= 10));

const isDate = (text: string): boolean => /^\d\d?[./-]\d\d?[./-]\d{4}/.test(text);

/** What the groups from this one on come to, each with those before it, up to so many digits. */
function reader(text: string, groups: Groups, from: number, between: RegExp, most: number) {
  const digitsUpTo: string[] = [];
  const lengths: number[] = [];
  let digits = '';
  for (let at = from; at < groups.length; at++) {
    const { start, end } = groups[at] ?? { start: 0, end: 0 };
    if (
      at > from &&
      !between.test(text.slice(groups[at - 1]?.end, Math.min(start, (groups[at - 1]?.end ?? 0) + 4)))
    )
      break;
    if (digits.length + end - start > most) break;
    digits += text.slice(start, end);
    digitsUpTo.push(digits);
    lengths.push(end - start);
  }
  return { digitsUpTo, lengths };
}

/** @param lastOf how many groups after this one belong to the number that begins with it; -1 if none does */
function placesOf(
  text: string,
  label: string,
  lastOf: (groups: Groups, at: number) => number,
): readonly Place[] {
  const places: Place[] = [];
  const groups = groupsOf(text);
  for (let at = 0; at < groups.length; at++) {
    const more = lastOf(groups, at);
    const [first, last] = [groups[at], groups[at + more]];
    if (more < 0 || first === undefined || last === undefined) continue;
    const lead =
      label === 'PHONE'
        ? (/(?:\+\(?|\()$/.exec(text.slice(Math.max(0, first.start - 2), first.start))?.[0] ?? '')
        : '';
    places.push({ label, start: first.start - lead.length, end: last.end });
    at += more;
  }
  return places;
}

/** https://en.wikipedia.org/wiki/Luhn_algorithm */
function fitsLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
