// Periods of UTC by a clock: which one it is, and how long it lasts.
import type { Period } from './state.ts';

const LENGTHS: Readonly<Record<Exclude<Period, 'month' | 'total'>, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** The number of the period at this time; months count from January 1970. */
export const periodAt = (per: Period, now: number): number => {
  if (per === 'total') return 0;
  if (per !== 'month') return Math.floor(now / LENGTHS[per]);
  const date = new Date(now);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
};

/** In how many ms the period at this time is over; undefined if it never is. */
export const resetsIn = (per: Period, now: number): number | undefined => {
  if (per === 'total') return undefined;
  if (per !== 'month') return LENGTHS[per] - (now % LENGTHS[per]);
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - now;
};

/** The day of UTC, as `2026-11-29`. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Whether a text is a day that there is, as `2026-11-29`. */
export const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && dayOf(time) === text;
};
