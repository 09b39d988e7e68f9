// Durations: as a person reads them in a message, and as services write them (`1m2.5s`, `3 seconds`), with waits and moments.

/** `350 ms`, `8 s`, `7 min 12 s`, `2 h 5 min`: at most two units, rounded up. @param ms 0 or more. */
export const readableDuration = (ms: number): string => {
  if (ms < 1000) return `${Math.ceil(ms)} ms`;
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return twoUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.ceil(seconds / 60);
  return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
};

const twoUnits = (many: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${many} ${unit}` : `${many} ${unit} ${rest} ${restUnit}`;

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A number without a sign; undefined for anything else. */
export const toNumber = (text: string): number | undefined =>
  /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;

/** No duration is written in more characters. */
const LONGEST = 100;

/** `1m2.5s`, `3 seconds`, `350ms` in ms; undefined if there is no such thing in it. */
export function toMs(text: string): number | undefined {
  let total: number | undefined;
  for (const [, amount, unit = ''] of text
    .slice(0, LONGEST)
    .matchAll(/(\d+(?:\.\d+)?)\s*(ms|milli|s|m|h|d)/gi)) {
    const name = unit.toLowerCase() === 'milli' ? 'ms' : unit.toLowerCase();
    total = (total ?? 0) + Number(amount) * (UNIT_MS.get(name) ?? 0);
  }
  return total === undefined ? undefined : Math.ceil(total);
}

/** From it on a number is a moment, in seconds since 1970. */
const EPOCH_S = 1e9;
/** From it on, in ms since 1970. */
const EPOCH_MS = 1e12;

/** How long to wait, in ms, by a header's value: seconds, a duration, a date, or a moment counted from 1970. */
export function msUntil(value: string, now: number): number | undefined {
  const number = toNumber(value);
  if (number !== undefined) {
    const ms = number >= EPOCH_MS ? number : number * 1000;
    return Math.ceil(number >= EPOCH_S ? Math.max(0, ms - now) : ms);
  }
  if (/^\s*\d[\d.]*\s*[a-z]/i.test(value)) return toMs(value);
  // Only what has a time of day: Date.parse takes "-3" for a year.
  return /\d:\d\d/.test(value) ? msUntilDate(value, now) : undefined;
}

/** How long until then, in ms; 0 for a date that has passed. */
export function msUntilDate(text: string, now: number): number | undefined {
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Between the values of a header that came more than once, as a service and a proxy before it send it. Not after a day. */
const BETWEEN = /(?<!mon|tue|wed|thu|fri|sat|sun|day),/i;

/** Of the values of a header that are waits, in ms. */
export function longestWait(
  header: string,
  waitIn: (value: string) => number | undefined,
): number | undefined {
  const waits = header.split(BETWEEN).flatMap((value) => waitIn(value) ?? []);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** The longest wait that is believed, in ms: a day. What is longer is a mistake, and would overflow a timer. */
export const LONGEST_WAIT_MS = 86_400_000;
