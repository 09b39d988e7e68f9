// What many measurements come to.

/** Smallest, largest, mean and percentiles. */
export interface Spread {
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
}

/** The spread, percentiles by the nearest rank: each is a value that was measured. Undefined where nothing was. */
export const spreadOf = (values: readonly number[]): Spread | undefined => {
  const sorted = [...values].sort((one, other) => one - other);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return undefined;
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? min;
  const sum = sorted.reduce((before, value) => before + value, 0);
  return { min, p50: at(0.5), p90: at(0.9), p99: at(0.99), max, mean: sum / sorted.length };
};

/** How many values are in each of so many steps of the same width, from the smallest to the largest. */
export const histogramOf = (
  values: readonly number[],
  steps: number,
): readonly { readonly from: number; readonly to: number; readonly count: number }[] => {
  const spread = spreadOf(values);
  if (spread === undefined) return [];
  const { min, max } = spread;
  if (min === max) return [{ from: min, to: max, count: values.length }];
  const width = (max - min) / steps;
  const counts = Array.from({ length: steps }, () => 0);
  for (const value of values) {
    const step = Math.min(steps - 1, Math.floor((value - min) / width));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts.map((count, at) => ({ from: min + at * width, to: min + (at + 1) * width, count }));
};
