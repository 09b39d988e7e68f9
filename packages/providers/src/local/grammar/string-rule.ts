// Strings of a schema: their length, and the formats whose every text a grammar can spell.

import { countOf } from './count.ts';
import { anyOf, MOST_DIGITS, repeat } from './gbnf.ts';
import { cannotHold, type Keywords, type Place } from './schema.ts';

const QUOTE = '"\\""';
const YEAR = '[0-9]{4}';
// The 29th of February is left out: which years have one is nothing for a grammar.
const DAY = anyOf([
  `("0" [13578] | "10" | "12") "-" ("0" [1-9] | [12] [0-9] | "3" [01])`,
  `("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30")`,
  `"02-" ("0" [1-9] | "1" [0-9] | "2" [0-8])`,
]);
const DATE = `${YEAR} "-" ${DAY}`;
const TIME = `([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,${MOST_DIGITS}})? "Z"`;
const HEX = '[0-9a-f]';

/** Source: https://json-schema.org/draft/2020-12/json-schema-validation#name-defined-formats */
const FORMATS: ReadonlyMap<unknown, string> = new Map([
  ['date', DATE],
  ['time', TIME],
  ['date-time', `${DATE} "T" ${TIME}`],
  ['uuid', `${HEX}{8} "-" ${HEX}{4} "-" ${HEX}{4} "-" ${HEX}{4} "-" ${HEX}{12}`],
]);

/** @throws G4FError `invalid-request` naming the keyword that cannot be held. */
export const stringRule = (place: Place, schema: Keywords): string => {
  const least = countOf(place, schema, 'minLength') ?? 0;
  const most = countOf(place, schema, 'maxLength');
  const { format } = schema;
  if (format === undefined) {
    if (most !== undefined && most < least)
      throw cannotHold(place.path, 'maxLength', 'it is below minLength');
    return least === 0 && most === undefined ? 'string' : `${QUOTE} ${repeat('char', least, most)} ${QUOTE}`;
  }
  const spelled = FORMATS.get(format);
  if (spelled === undefined) {
    throw cannotHold(
      place.path,
      'format',
      `${JSON.stringify(format)}; it can hold ${[...FORMATS.keys()].join(', ')}`,
    );
  }
  if (least > 0 || most !== undefined)
    throw cannotHold(place.path, most === undefined ? 'minLength' : 'maxLength', 'beside "format"');
  return `${QUOTE} ${spelled} ${QUOTE}`;
};
