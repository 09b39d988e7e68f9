// A key as it is read out of a state: others may have written there, or an older version, and a key whose terms are lost opens nothing.
import { asObject, parseJson } from '../json/json.ts';
import type { KeyRecord, Limit, Period, Unit } from './state.ts';
import { stateError } from './state-error.ts';

/** Longer than any that a key's terms can make. */
const MOST_CHARACTERS = 1024 * 1024;

const UNITS: Readonly<Record<Unit, true>> = { requests: true, tokens: true, dollars: true };
const PERIODS: Readonly<Record<Period, true>> = {
  minute: true,
  hour: true,
  day: true,
  month: true,
  total: true,
};

const written = new WeakMap<KeyRecord, string>();

/** @param name of the state @throws StateError for what is none; it tells nothing of it */
export const readKeyRecord = (text: unknown, name: string): KeyRecord => {
  const record = typeof text === 'string' && text.length <= MOST_CHARACTERS ? parseJson(text) : undefined;
  if (typeof text !== 'string' || !isKeyRecord(record))
    throw stateError(name, 'a key in it is damaged. Delete that key, or restore a copy');
  written.set(record, text);
  return record;
};

/** A record as it stands in the state: another program may have written it with other spaces. */
export const writtenText = (record: KeyRecord): string => written.get(record) ?? JSON.stringify(record);

function isKeyRecord(value: unknown): value is KeyRecord {
  const { id, name, hash, ending, createdAt, models, limits, expiresAt, isDisabled } = asObject(value) ?? {};
  return (
    [id, name, hash, ending].every((text) => typeof text === 'string') &&
    isTime(createdAt) &&
    (expiresAt === undefined || isTime(expiresAt)) &&
    typeof isDisabled === 'boolean' &&
    (models === undefined || (Array.isArray(models) && models.every((model) => typeof model === 'string'))) &&
    Array.isArray(limits) &&
    limits.every(isLimit)
  );
}

function isLimit(value: unknown): value is Limit {
  const { unit, per, most } = asObject(value) ?? {};
  return (
    Object.hasOwn(UNITS, String(unit)) && Object.hasOwn(PERIODS, String(per)) && Number.isSafeInteger(most)
  );
}

/** What a date can be made of. */
const isTime = (value: unknown): boolean =>
  typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
