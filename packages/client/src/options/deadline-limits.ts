// How long each phase of a call may take.

import type { Timeouts } from '../surface/options.ts';
import { noField, wrong } from './check-option.ts';
import { isPlainObject } from './plain-value.ts';

/** Deadlines in ms; `Infinity` for none. */
export type Limits = Readonly<Record<keyof Timeouts, number>>;

const DEFAULT_LIMITS: Limits = {
  connect: 10_000,
  headers: 60_000,
  firstContent: 120_000,
  idle: 60_000,
  total: Number.POSITIVE_INFINITY,
};

/** The deadlines of a call: its own over the client's over the defaults. @throws G4FError `invalid-request` */
export const limitsOf = (client: unknown, call: unknown): Limits =>
  // Most calls have none of their own, and every open stream would hold a copy.
  client == null && call == null
    ? DEFAULT_LIMITS
    : { ...DEFAULT_LIMITS, ...checkTimeout(client), ...checkTimeout(call) };

function checkTimeout(value: unknown): Partial<Limits> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'number') return { total: checkMs('timeout', value) };
  if (!isPlainObject(value)) throw wrong('timeout', 'a number of ms or an object of them', value);
  const limits: Record<string, number> = {};
  for (const [name, ms] of Object.entries(value)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw noField('timeout', name, Object.keys(DEFAULT_LIMITS));
    if (ms !== undefined) limits[name] = checkMs(`timeout.${name}`, ms);
  }
  return limits;
}

function checkMs(option: string, value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value) || value < 0) {
    throw wrong(option, 'a number of ms, 0 or more (0 for none)', value);
  }
  return value === 0 ? Number.POSITIVE_INFINITY : value;
}
