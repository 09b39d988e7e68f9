// Numbers that a schema gives: how many characters or elements, and the limits of a value.
import { numberBetween } from './number-range.ts';
import { cannotHold, type Keywords, type Place } from './schema.ts';

/** Beyond this the runtime would build a rule for every single one. */
const MOST_COUNTED = 1000;

/** The count under this keyword, if there is one. @throws G4FError `invalid-request` for none, or too large a one. */
export const countOf = ({ path }: Place, schema: Keywords, keyword: string): number | undefined => {
  const count = schema[keyword];
  if (count === undefined) return undefined;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0)
    throw cannotHold(path, keyword, `${JSON.stringify(count)} is no count`);
  if (count > MOST_COUNTED) throw cannotHold(path, keyword, `it can count to ${MOST_COUNTED}`);
  return count;
};

/** Numbers within the schema's limits. @throws G4FError `invalid-request` for limits that cannot be held. */
export const numberRule = (place: Place, schema: Keywords, whole: boolean): string => {
  const limit = (keyword: string): number | undefined => limitOf(place, schema, keyword, whole);
  const least = narrower(limit('minimum'), limit('exclusiveMinimum'), 1);
  const most = narrower(limit('maximum'), limit('exclusiveMaximum'), -1);
  if (least.value === undefined && most.value === undefined) return whole ? 'integer' : 'number';
  const range = {
    least: least.value ?? Number.NEGATIVE_INFINITY,
    most: most.value ?? Number.POSITIVE_INFINITY,
    aboveLeast: least.open,
    belowMost: most.open,
  };
  const rule = numberBetween(range, !whole);
  if (rule !== undefined) return rule;
  const keyword = ['minimum', 'exclusiveMinimum', 'maximum'].find((name) => schema[name] !== undefined);
  throw cannotHold(
    place.path,
    keyword ?? 'exclusiveMaximum',
    'no number of at most 15 digits is within the limits',
  );
};

function limitOf({ path }: Place, schema: Keywords, keyword: string, whole: boolean): number | undefined {
  const value = schema[keyword];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw cannotHold(path, keyword, `${JSON.stringify(value)} is no number`);
  if (Number.isInteger(value)) return value;
  if (!whole) throw cannotHold(path, keyword, `${value} is no whole number, and a grammar counts digits`);
  // Whole numbers above 1.5 are those from 2 on, and those below it end with 1.
  return /min/i.test(keyword)
    ? Math.floor(value) + (keyword === 'minimum' ? 1 : 0)
    : Math.ceil(value) - (keyword === 'maximum' ? 1 : 0);
}

/** The narrower of the two limits, and whether it is itself outside. @param sign 1 for lower limits, -1 for upper ones. */
function narrower(
  closed: number | undefined,
  open: number | undefined,
  sign: 1 | -1,
): { readonly value: number | undefined; readonly open: boolean } {
  if (open === undefined || (closed !== undefined && sign * closed > sign * open))
    return { value: closed, open: false };
  return { value: open, open: true };
}
