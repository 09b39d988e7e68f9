// Durations as services write them: plain numbers, `1m2.5s`, `3 seconds`.

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A number without a sign; undefined for anything else. */
export const toNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;

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
