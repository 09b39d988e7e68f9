// What a virtual key allows: as an operator writes it, and as it is kept.
import { refuse } from '../failure/refusal.ts';
import { asList, asObject, givenBoolean, type Json, mustBe, readFilled } from '../json/json.ts';
import { isDay } from '../state/periods.ts';
import type { KeyRecord, Limit, Period, Unit } from '../state/state.ts';
import { fromWhole, toWhole } from './amounts.ts';

/** What an operator may say of a key. */
export type KeyTerms = Pick<KeyRecord, 'name' | 'models' | 'limits' | 'expiresAt' | 'isDisabled'>;

const FIELDS: ReadonlySet<string> = new Set(['name', 'models', 'limits', 'expires', 'disabled']);
const UNITS: readonly Unit[] = ['requests', 'tokens', 'dollars'];
const PERIODS: readonly Period[] = ['minute', 'hour', 'day', 'month', 'total'];
/** Of a list. */
const MOST = 100;

/** The terms of a new key. @throws Refusal 400 that names the field */
export const readTerms = (given: Json): KeyTerms => {
  const terms = changeTerms({ name: readName(given.name), limits: [], isDisabled: false }, given);
  if (terms.expiresAt !== undefined && terms.expiresAt <= Date.now())
    throw mustBe('expires', 'a time to come: a key that has expired is of no use');
  return terms;
};

/** Terms with changes: what is `null` is taken away. @throws Refusal 400 that names the field */
export const changeTerms = (terms: KeyTerms, given: Json): KeyTerms => {
  for (const field of Object.keys(given))
    if (!FIELDS.has(field)) throw mustBe(field, `left out: a key has ${[...FIELDS].join(', ')}`);
  const { name, models, limits, expires, disabled } = given;
  const { models: oldModels, expiresAt: oldExpiry, ...others } = terms;
  const allowed = models === undefined ? oldModels : readModels(models);
  const expiresAt = expires === undefined ? oldExpiry : readExpiry(expires);
  return {
    ...others,
    ...(name !== undefined && { name: readName(name) }),
    ...(allowed !== undefined && { models: allowed }),
    ...(limits !== undefined && { limits: readLimits(limits) }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(disabled !== undefined && { isDisabled: givenBoolean(disabled, 'disabled') ?? false }),
  };
};

const readName = (value: unknown): string => {
  const name = readFilled(value, 'name').trim();
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name))
    throw mustBe('name', 'a text of at most 100 characters, on one line');
  return name;
};

function readModels(value: unknown): readonly string[] | undefined {
  if (value === null) return undefined;
  const models = readList(value, 'models');
  return models.map((model, at) => {
    if (typeof model === 'string' && model !== '' && model.length <= 200) return model;
    throw mustBe(`models[${at}]`, 'a name of a model, in which * may stand for any characters');
  });
}

function readLimits(value: unknown): readonly Limit[] {
  const limits = value === null ? [] : readList(value, 'limits').map(readLimit);
  const names = limits.map(({ unit, per }) => `${unit} per ${per}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw refuse(400, 'invalid-request', `limits has ${twice} twice: give it once.`, { param: 'limits' });
  return limits;
}

function readLimit(value: unknown, at: number): Limit {
  const field = `limits[${at}]`;
  const { per, ...amounts } = asObject(value) ?? {};
  const period = PERIODS.find((one) => one === per);
  if (period === undefined) throw mustBe(`${field}.per`, `one of ${PERIODS.join(', ')}`);
  const [name, ...others] = Object.keys(amounts);
  const unit = UNITS.find((one) => one === name);
  if (unit === undefined || others.length > 0)
    throw mustBe(field, `an amount of one of ${UNITS.join(', ')}, such as { "tokens": 1000, "per": "day" }`);
  const amount = amounts[unit];
  const isWhole = unit === 'dollars' || Number.isInteger(amount);
  const most = typeof amount === 'number' && isWhole ? toWhole(unit, amount) : Number.NaN;
  if (!(most > 0 && Number.isSafeInteger(most)))
    throw mustBe(`${field}.${unit}`, unit === 'dollars' ? 'a number above 0' : 'a whole number above 0');
  return { unit, per: period, most };
}

function readList(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value) && value.length <= MOST) return asList(value);
  throw mustBe(field, `a list of at most ${MOST}, or null for none`);
}

/** A day of UTC, or a time with its zone. */
const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

function readExpiry(value: unknown): number | undefined {
  if (value === null) return undefined;
  const time =
    typeof value === 'string' && TIME.test(value) && isDay(value.slice(0, 10))
      ? Date.parse(value)
      : Number.NaN;
  if (Number.isNaN(time))
    throw mustBe(
      'expires',
      'a time such as 2027-01-31T12:00:00Z, with its zone, a day such as 2027-01-31, or null for never',
    );
  return time;
}

/** A limit as it is written. */
export const shownLimit = ({ unit, per, most }: Limit): Readonly<Record<string, string | number>> => ({
  [unit]: fromWhole(unit, most),
  per,
});

/** A key as operators see it. The key itself and its digest are not in it. */
export const shownKey = (record: KeyRecord) => ({
  object: 'key',
  id: record.id,
  name: record.name,
  ending: record.ending,
  models: record.models ?? null,
  limits: record.limits.map(shownLimit),
  created: new Date(record.createdAt).toISOString(),
  expires: record.expiresAt === undefined ? null : new Date(record.expiresAt).toISOString(),
  disabled: record.isDisabled,
});

/** A key as operators see it. */
export type ShownKey = ReturnType<typeof shownKey>;
