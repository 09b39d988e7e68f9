// The soak in short: random faults and random readers, with both clients. And the soak itself: what goes wrong is counted.
import { AsyncClient } from '@g4f/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { OPTIONS } from '../src/faces.ts';
import { type FaultServer, startFaultServer } from '../src/fault-server.ts';
import { behavioursOf } from '../src/faults/behaviours.ts';
import type { Plan } from '../src/soak/plan.ts';
import { type SoakOptions, soak } from '../src/soak/soak.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer(inject('serverThread'));
});
afterAll(() => server.stop());

/** The test runner sets timers of its own; those of the clients are counted in the tests of @g4f/client. */
const foreign = ['Timeout', 'Immediate'];
const run = (requests: number, more: Partial<SoakOptions> = {}) =>
  soak({ requests, concurrency: 50, seed: 4, foreign, ...more }, server);

/** All requests are on this row. */
const always = (name: string, more: Partial<Plan> = {}): Pick<SoakOptions, 'change'> => {
  const behaviour = behavioursOf('openai-chat').find((row) => row.name === name);
  if (behaviour === undefined) throw new Error(`there is no row ${name}`);
  const spoken = { wire: 'openai-chat', provider: 'openai' } as const;
  const plan = {
    spoken,
    behaviour,
    stream: true,
    expected: behaviour.expected,
    temper: { kind: 'reads' },
  } as const;
  return { change: () => ({ ...plan, ...more }) };
};
it('of 1,000 requests none hangs, none is wrong, nothing is left over', async () => {
  const { counts, examples, leaked } = await run(1000, { sync: 100, hangsMs: 120_000, restMs: 120_000 });
  expect({ examples, leaked }).toEqual({ examples: [], leaked: [] });
  const none = { hung: 0, wrong: 0 };
  expect(counts).toMatchObject({ AsyncClient: none, Client: none });
  for (const [of, { delivered, failed, left }] of [
    [900, counts.AsyncClient] as const,
    [100, counts.Client] as const,
  ]) {
    expect(delivered + failed + left).toBe(of);
    for (const count of [delivered, failed, left]) expect(count).toBeGreaterThan(of / 10);
  }
});

describe('what goes wrong is counted', () => {
  const whole = { end: 'complete', text: '' } as const;
  const other = { end: 'complete', text: 'Else' } as const;

  it('an answer that is not the one expected, with an example', async () => {
    const { counts, examples } = await run(8, { sync: 4, ...always('none', { expected: other }) });
    expect(counts).toMatchObject({ AsyncClient: { wrong: 4 }, Client: { wrong: 4 } });
    expect(examples).toHaveLength(5);
    expect(examples[0]).toMatch(
      /^request 0 of seed 4, AsyncClient: none on openai-chat, streamed, its reader reads: text "Grüezi!/,
    );
  });

  it('a failure where an answer was expected, and an answer where a failure was', async () => {
    const failed = await run(4, { sync: 2, ...always('status-500', { expected: whole }) });
    expect(failed.counts).toMatchObject({ AsyncClient: { wrong: 2 }, Client: { wrong: 2 } });
    const answered = await run(4, {
      sync: 2,
      ...always('none', { expected: { end: ['server'], text: '' } }),
    });
    expect(answered.counts).toMatchObject({ AsyncClient: { wrong: 2 }, Client: { wrong: 2 } });
  });

  it('what a reader had heard before they left, if the answer does not begin so', async () => {
    const breaks = { expected: other, temper: { kind: 'breaks', chunks: 3 } } as const;
    const { counts } = await run(4, { sync: 2, ...always('none', breaks) });
    expect(counts).toMatchObject({ AsyncClient: { wrong: 2, left: 0 }, Client: { wrong: 2, left: 0 } });
  });

  it('a request that does not settle, and what it keeps', async () => {
    const patient = { expected: { end: ['timeout'], text: '' } } as const;
    const { counts, examples, leaked } = await run(3, {
      sync: 1,
      // By then the service has the request, also on a busy machine.
      hangsMs: 1500,
      restMs: 0,
      ...always('no-headers', patient),
    });
    expect(counts).toMatchObject({ AsyncClient: { hung: 2 }, Client: { hung: 1 } });
    expect(examples[0]).toMatch(/no-headers on openai-chat, streamed, its reader reads: it hung$/);
    expect(leaked).toContain('1 listeners at the shared signal');
    expect(leaked).toContain('2 answers are still open at the service');
  });
});

it('a stream that nobody left is counted', async () => {
  const other = await startFaultServer(inject('serverThread'));
  const stream = new AsyncClient(OPTIONS).chat.completions.create(
    { model: 'm', messages: 'hi', stream: true },
    { provider: 'openai', apiKey: 'sk-test', baseURL: `${other.url}/endless-slow` },
  );
  await stream.next();
  const { leaked } = await soak({ requests: 1, concurrency: 1, seed: 4, restMs: 0 }, other);
  // The service may not have ended the answer of the soak's own request yet, which counts as well.
  expect(leaked).toEqual(expect.arrayContaining([expect.stringMatching(/answers are still open/)]));
  stream.abort();
  await other.stop();
});
