// What is known of how long a provider takes: percentiles, and an estimate that jumps up and sinks slowly.
import { expect, it } from 'vitest';
import { createLatency } from '../../src/memory/latency.ts';

const latencyAt = () => {
  const clock = { now: 0 };
  return { clock, latency: createLatency(() => clock.now) };
};

it('knows nothing before the first answer', () => {
  const { latency } = latencyAt();
  expect(latency.percentile(0.5)).toBeUndefined();
  expect(latency.estimate()).toBe(0);
});

it('tells percentiles of the last hundred, in whatever order they came', () => {
  const { latency } = latencyAt();
  for (let ms = 200; ms > 0; ms--) latency.add(ms);
  expect(latency.percentile(0.5)).toBe(50);
  expect(latency.percentile(0.95)).toBe(95);
  expect(latency.percentile(1)).toBe(100);
});

it('a peak counts at once, and is forgotten as time passes', () => {
  const { clock, latency } = latencyAt();
  latency.add(100);
  latency.add(1000);
  expect(latency.estimate()).toBe(1000);
  clock.now = 10_000;
  latency.add(100);
  expect(latency.estimate()).toBeCloseTo(100 + 900 / Math.E, 5);
  clock.now = 200_000;
  latency.add(100);
  expect(latency.estimate()).toBeCloseTo(100, 3);
});
