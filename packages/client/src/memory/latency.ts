// How long a provider takes to its first content: percentiles of the last answers, and an estimate that fears peaks.

/** Times to the first content, in ms. */
export interface Latency {
  add(ms: number): void;
  /** Of the last 100, by nearest rank; undefined before the first. @param of from 0 to 1. */
  percentile(of: number): number | undefined;
  /**
   * Peak-EWMA: a slow answer counts at once, and is forgotten as time passes. 0 before the first answer, so that a provider
   * nobody has tried is tried. Source: https://linkerd.io/2016/03/16/beyond-round-robin-load-balancing-for-latency/
   */
  estimate(): number;
}

const KEPT = 100;
/** After so long a peak has lost two thirds of its weight, in ms. */
const DECAY_MS = 10_000;

/** @param now a clock in ms that never goes back. */
export const createLatency = (now: () => number): Latency => {
  const last: number[] = [];
  let count = 0;
  let average = 0;
  let at = now();
  return {
    add(ms) {
      const time = now();
      const weight = count === 0 ? 0 : Math.exp((at - time) / DECAY_MS);
      last[count % KEPT] = ms;
      count += 1;
      average = ms > average ? ms : average * weight + ms * (1 - weight);
      at = time;
    },
    percentile(of) {
      const sorted = [...last].sort((a, b) => a - b);
      return sorted[Math.max(0, Math.ceil(sorted.length * of) - 1)];
    },
    estimate: () => average,
  };
};
