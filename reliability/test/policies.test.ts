// The simulation behind the choice of a policy: its clock, its trace, and that its figures are the same twice.
import { describe, expect, it } from 'vitest';
import { asTable, withTables } from '../src/policies/page.ts';
import { POLICIES, type Policy, simulate } from '../src/policies/simulate.ts';
import { makeTrace, SHAPE } from '../src/policies/trace.ts';
import { VirtualClock } from '../src/policies/virtual-clock.ts';

const named = (name: string): Policy => {
  const policy = POLICIES.find((one) => one.name === name);
  if (policy === undefined) throw new Error(`no policy ${name}`);
  return policy;
};
const run = { requests: 600, seed: 3, gateways: 2 };

describe('the virtual clock', () => {
  it('runs timers by their time, those of one time by their age, and none that was cleared', async () => {
    const clock = new VirtualClock();
    const real = performance.now;
    const seen: string[] = [];
    clock.install(() => 0.5);
    try {
      for (const ms of [30, 10, 20, 10]) setTimeout(() => seen.push(`${ms} at ${performance.now()}`), ms);
      clearTimeout(setTimeout(() => seen.push('cleared'), 5));
      setTimeout(async () => {
        await undefined;
        setTimeout(() => seen.push('later'), 1);
      }, 15);
      await clock.runUntil(() => false);
    } finally {
      clock.uninstall();
    }
    expect(seen).toEqual(['10 at 10', '10 at 10', 'later', '20 at 20', '30 at 30']);
    expect(performance.now).toBe(real);
  });
});

describe('the trace', () => {
  it('comes in bursts, at its rate, and is the same for the same seed', () => {
    const trace = makeTrace(20_000, 1);
    expect(trace).toEqual(makeTrace(20_000, 1));
    expect(trace).not.toEqual(makeTrace(20_000, 2));
    const lasts = trace.at(-1)?.at ?? 0;
    expect(20_000 / (lasts / 1000)).toBeGreaterThan(SHAPE.rate * 0.8);
    expect(20_000 / (lasts / 1000)).toBeLessThan(SHAPE.rate * 1.25);
    const begins = trace.filter(({ turn }) => turn === 0).map(({ at }) => at);
    const gaps = begins.slice(1).map((at, before) => at - (begins[before] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(deviation / mean).toBeGreaterThan(1.7);
    expect(trace.map(({ at }) => at)).toEqual(trace.map(({ at }) => at).sort((a, b) => a - b));
  });
});

describe('a simulation', () => {
  it('has the same figures twice', async () => {
    const policy = named('lowest-latency, sticky, hedged after 2 s');
    expect(await simulate(policy, run)).toEqual(await simulate(policy, run));
  });

  it('goes by the routing and the hedge of the client', async () => {
    const order = await simulate(named('order'), run);
    const hedged = await simulate(named('order, hedged after 2 s'), run);
    const turns = await simulate(named('round-robin'), run);
    expect(order.shares.first).toBeGreaterThan(0.8);
    expect(turns.shares.first).toBeLessThan(0.4);
    expect(hedged.extra).toBeGreaterThan(order.extra);
  });
});

it('is written in its place alone', () => {
  const page =
    'a\n<!-- simulated: from here on this page is written by npm run bench:policies -- --write -->\nold\n<!-- /simulated -->\nb\n';
  const figures = {
    name: 'order',
    p50: 1,
    p95: 2,
    p99: 3000,
    failed: 4,
    extra: 5,
    shares: { b: 0.25, a: 0.75 },
  };
  const table = asTable({ run, figures: [figures] });
  expect(table).toContain('| order | 1 | 2 | 3,000 | 4 | 5 | a 75 %, b 25 % |');
  const written = withTables(page, [{ run, figures: [figures] }]);
  expect(written).toContain(table);
  expect(written).not.toContain('old');
  expect([written.startsWith('a\n'), written.endsWith('\nb\n')]).toEqual([true, true]);
  expect(() => withTables('none', [])).toThrow(/no place/);
});
