// How long a service asks us to wait, in all the forms in which services say it.
// Source: RFC 9110 section 10.2.3 (Retry-After); OpenAI and Azure send retry-after-ms.

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

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
): number | undefined => {
  const precise = toNumber(headers['retry-after-ms']);
  if (precise !== undefined) return precise;
  const value = headers['retry-after'];
  const seconds = toNumber(value);
  if (seconds !== undefined) return Math.ceil(seconds * 1000);
  const date = Date.parse(value ?? '');
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  return fromWords(words);
};

const toNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;

function fromWords(words: string): number | undefined {
  const found =
    /(?:try again|retry|wait|available)\D{0,24}?((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b\s*)+|(?:\d+(?:\.\d+)?(?:ms|h|m|s))+)/i.exec(
      words,
    );
  if (found?.[1] === undefined) return undefined;
  let total = 0;
  for (const [, amount, unit] of found[1].matchAll(/(\d+(?:\.\d+)?)\s*(ms|milli|s|m|h)/gi)) {
    const name = unit?.toLowerCase().startsWith('mil') ? 'ms' : unit?.toLowerCase();
    total += Number(amount) * (UNIT_MS[name ?? ''] ?? 0);
  }
  return Math.ceil(total);
}
