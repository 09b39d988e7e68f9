// How long a service asks us to wait, in all the forms in which services say it.
// Source: RFC 9110 section 10.2.3 (Retry-After); OpenAI and Azure send retry-after-ms.

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/**
 * The wait in ms, or undefined if the service named none.
 *
 * @param headers in lower case.
 * @param words what the service said, such as "try again in 1m2.5s".
 */
export const retryAfterMs = (
  headers: Readonly<Record<string, string>>,
  words: string,
  now = Date.now(),
): number | undefined =>
  toNumber(headers['retry-after-ms']) ?? fromHeader(headers['retry-after'] ?? '', now) ?? fromWords(words);

function fromHeader(value: string, now: number): number | undefined {
  const seconds = toNumber(value);
  if (seconds !== undefined) return Math.ceil(seconds * 1000);
  if (/^\s*\d[\d.]*\s*[a-z]/i.test(value)) return toMs(value);
  // Only what has a time of day: Date.parse takes "-3" for a year.
  const date = /\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const toNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;

const WAIT_IN_WORDS =
  /(?:try again|retry|wait|available)\D{0,24}?((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b\s*)+|(?:\d+(?:\.\d+)?(?:ms|h|m|s))+)/i;

function fromWords(words: string): number | undefined {
  const found = WAIT_IN_WORDS.exec(words)?.[1];
  return found === undefined ? undefined : toMs(found);
}

/** `1m2.5s`, `3 seconds`, `350ms` in ms; undefined if there is no such thing in it. */
function toMs(text: string): number | undefined {
  let total: number | undefined;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|milli|s|m|h)/gi)) {
    const name = unit.toLowerCase() === 'milli' ? 'ms' : unit.toLowerCase();
    total = (total ?? 0) + Number(amount) * (UNIT_MS.get(name) ?? 0);
  }
  return total === undefined ? undefined : Math.ceil(total);
}
