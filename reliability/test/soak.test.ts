// The soak in short: random faults and random readers. And the soak itself: what goes wrong is counted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultServer, startFaultServer } from '../src/fault-server.ts';
import { behavioursOf } from '../src/faults/behaviours.ts';
import type { Plan } from '../src/soak/plan.ts';
import { soak } from '../src/soak/soak.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.stop());

const run = (requests: number, change?: (plan: Plan) => Plan) =>
  soak({ requests, concurrency: 20, seed: 4, ...(change !== undefined && { change }) }, server);

it('of 800 requests none hangs, none is wrong, nothing is left over', async () => {
  const { delivered, failed, left, hung, wrong, examples, leaked } = await run(800);
  expect({ hung, wrong, examples, leaked }).toEqual({ hung: 0, wrong: 0, examples: [], leaked: [] });
  expect(delivered + failed + left).toBe(800);
  for (const count of [delivered, failed, left]) expect(count).toBeGreaterThan(80);
});

describe('what goes wrong is counted', () => {
  const always = (name: string, more: Partial<Plan> = {}) => {
    const behaviour = behavioursOf('openai-chat').find((row) => row.name === name);
    if (behaviour === undefined) throw new Error(`there is no row ${name}`);
    const spoken = { wire: 'openai-chat', provider: 'openai' } as const;
    return (): Plan => ({
      spoken,
      behaviour,
      stream: true,
      expected: behaviour.expected,
      temper: { kind: 'reads' },
      ...more,
    });
  };

  it('an answer that is not the one expected, with an example', async () => {
    const { wrong, examples } = await run(8, always('none', { expected: { end: 'complete', text: 'Else' } }));
    expect(wrong).toBe(8);
    expect(examples).toHaveLength(5);
    expect(examples[0]).toMatch(
      /^request \d: none on openai-chat, streamed, its reader reads: text "Grüezi!/,
    );
  });

  it('a failure where an answer was expected, and an answer where a failure was', async () => {
    const whole = { end: 'complete', text: '' } as const;
    expect((await run(3, always('status-500', { expected: whole }))).wrong).toBe(3);
    expect((await run(3, always('none', { expected: { end: ['server'], text: '' } }))).wrong).toBe(3);
  });
});
