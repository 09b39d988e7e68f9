// withSimulation: failures on purpose, below failover, which teach a client nothing of its providers.

import { G4FError, type Provider } from '@g4f/core';
import { FAULTS } from '@g4f/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { ProviderCall } from '../../src/attempt/wrapped-operations.ts';
import {
  FAULT_NAMES,
  SIMULATED_FAULTS,
  type SimulatedFault,
  type SimulatedFaultName,
} from '../../src/simulation/faults.ts';
import { Simulation } from '../../src/simulation/simulation.ts';
import { withSimulation } from '../../src/simulation/with-simulation.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import { onItsClock, stopClock } from '../clock.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import { collect, failureOf, fakeProvider, saying, wordsOf } from '../fake-provider.ts';

const said: string[] = [];
vi.mock('#platform/announce', () => ({ announce: (line: string) => void said.push(line) }));
beforeEach(() => void said.splice(0));
afterEach(() => vi.restoreAllMocks());

const one = fakeProvider('one', saying('half', 'rest'));
const two = fakeProvider('two', saying('other'));
const hello = { model: 'family', messages: 'x' } as const;
const clientOf = (options: ClientOptions, ...provider: Provider[]) =>
  new AsyncClient({ env: {}, maxRetries: 0, provider, ...options });
const stream = (client: AsyncClient) => client.chat.completions.create({ ...hello, stream: true });
const tableOf = (name: SimulatedFaultName): SimulatedFault => SIMULATED_FAULTS[name];

describe('each fault', () => {
  it.each(Object.keys(SIMULATED_FAULTS) as SimulatedFaultName[])(
    'ends as the table of the kit has it: %s',
    async (fault) => {
      stopClock();
      const row = FAULTS.find(({ name }) => name === fault);
      const expected = row?.expected ?? expect.fail('it has another name in the kit');
      const into: Parameters<typeof wordsOf>[0][number][] = [];
      const client = clientOf({ wrap: withSimulation({ rules: [{ fault }] }) }, one);
      if (expected.end === 'complete') {
        expect(wordsOf(await onItsClock(collect(stream(client))))).toBe('halfrest');
        return;
      }
      const error = await onItsClock(failureOf(collect(stream(client), into)));
      expect(expected.end).toContain(error.code);
      expect(error.phase).toBe(expected.phase);
      expect(error.status).toBe(expected.status);
      if (expected.retryAfterMs !== undefined) expect(error.retryAfterMs).toBe(expected.retryAfterMs[0]);
      expect(wordsOf(into)).toBe(tableOf(fault).when === 'midway' ? 'half' : '');
      expect(await client.health()).toMatchObject([{ requests: 1, failures: 0 }]);
    },
  );

  it('leaves nothing of an answer that comes whole, so that failover is asked', async () => {
    const wrap = withSimulation('truncated@one');
    const answer = await clientOf({ wrap }, one, two).chat.completions.create(hello);
    expect(answer).toMatchObject({ provider: 'two', choices: [{ message: { content: 'other' } }] });
    const vectors = clientOf({ wrap: withSimulation('reset') }, fakeEmbedder('vectors'));
    expect(await failureOf(vectors.embeddings.create({ model: 'vectors', input: 'x' }))).toMatchObject({
      code: 'network',
    });
  });
});

describe('a simulation', () => {
  it('is loud: that it is on, by which seed, each fault, and in the message', async () => {
    const client = clientOf(
      { wrap: withSimulation('status-429@one:family nth=1; reset@two share=0.5; seed=7') },
      one,
    );
    const error = await failureOf(collect(stream(client)));
    expect(error.message).toBe('one: SIMULATED status-429: the service answers 429.');
    expect(said).toEqual([
      'SIMULATION IS ON (withSimulation): answers fail on purpose by status-429@one:family nth=1; reset@two share=0.5; seed=7.',
      'SIMULATED status-429 at one (one-model), no. 1 (withSimulation).',
    ]);
    expect(wordsOf(await collect(stream(client)))).toBe('halfrest');
  });

  it('draws the same requests by the same seed', async () => {
    const drawn = async (seed: number) => {
      const client = clientOf(
        { wrap: withSimulation({ rules: [{ fault: 'reset', share: 0.5 }], seed }) },
        one,
      );
      const ends: boolean[] = [];
      for (let call = 0; call < 24; call++)
        ends.push(
          await collect(stream(client)).then(
            () => true,
            () => false,
          ),
        );
      return ends.join();
    };
    const first = await drawn(3);
    expect(await drawn(3)).toBe(first);
    expect(await drawn(4)).not.toBe(first);
    expect(first).toMatch(/true/);
    expect(first).toMatch(/false/);
  });

  it('draws by any seed as often as `share` says, from the first request on', () => {
    const context = {} as ProviderCall['context'];
    const call: ProviderCall<'chat'> = {
      provider: one,
      operation: 'chat',
      request: { model: 'one-model', messages: [], stream: true },
      context,
    };
    const hits = [0, 0, 0];
    for (let seed = 0; seed < 1000; seed++) {
      const simulation = new Simulation({ rules: [{ fault: 'reset', share: 0.01 }], seed }, 'test');
      hits.forEach((_, at) => {
        if (simulation.ruleFor(call) !== undefined) hits[at] = (hits[at] ?? 0) + 1;
      });
    }
    for (const hit of hits) {
      expect(hit).toBeGreaterThan(0);
      expect(hit).toBeLessThan(25);
    }
  });

  it('asks the next rule where the first one is not due', async () => {
    const client = clientOf({ wrap: withSimulation('reset nth=2; status-429') }, one);
    const codes: unknown[] = [];
    for (let at = 0; at < 3; at++) codes.push((await failureOf(collect(stream(client)))).code);
    expect(codes).toEqual(['rate-limit', 'network', 'rate-limit']);
  });

  it.each([
    'reset; status-429',
    'reset@openai; status-429@openai:gpt-5.4 nth=2',
    'reset@:gpt-*; status-429@:gpt-5.4',
    'reset share=1; status-429 share=0.5',
  ])('refuses a rule that is never reached: %s', (rules) => {
    expect(() => withSimulation(rules)).toThrow(/rules\[1\]: it is never reached, because rules\[0\]/);
  });

  it.each([
    'reset@openai; status-429',
    'reset share=0.5; status-429',
    'reset@:gpt-5.4; status-429@:gpt-*',
    'reset operation=chat; status-429 operation=embed',
  ])('takes rules of which each may be reached: %s', (rules) => {
    expect(() => withSimulation(rules)).not.toThrow();
  });

  it('hides no real failure before a fault in mid-answer', async () => {
    const down = fakeProvider('down', () => {
      throw new G4FError('down: it is down.', { code: 'server', provider: 'down' });
    });
    const client = clientOf({ wrap: withSimulation('reset') }, down);
    expect((await failureOf(collect(stream(client)))).message).toBe('down: it is down.');
    expect(await client.health()).toMatchObject([{ failures: 1 }]);
  });

  it('counts for health and keys only where that is wished', async () => {
    const wrapped = (health: boolean) =>
      clientOf(
        { wrap: withSimulation({ rules: [{ fault: 'status-401' }], health }), apiKey: ['k-one', 'k-two'] },
        one,
      );
    const [apart, counted] = [wrapped(false), wrapped(true)];
    const routeOf = async (client: AsyncClient) =>
      (await failureOf(collect(stream(client)))).attempts?.[0]?.retries;
    expect([await routeOf(apart), await routeOf(counted)]).toEqual([undefined, 1]);
    expect(await apart.health()).toMatchObject([{ failures: 0 }]);
    expect(await counted.health()).toMatchObject([{ failures: 2 }]);
  });

  it('is switched on by G4F_SIMULATE, below what wrap has', async () => {
    const seen: string[] = [];
    const wrap: ClientOptions['wrap'] = [
      (provider) => ({
        ...provider,
        async *chat(request, context) {
          seen.push(provider.id);
          yield* provider.chat?.(request, context) ?? [];
        },
      }),
    ];
    const client = clientOf({ env: { G4F_SIMULATE: 'html@one' }, wrap }, one, two);
    expect(wordsOf(await collect(stream(client)))).toBe('other');
    expect(seen).toEqual(['one', 'two']);
    expect(said[0]).toMatch(/^SIMULATION IS ON \(G4F_SIMULATE\)/);
  });

  it.each<[string, string]>([
    ['resett@one', 'G4F_SIMULATE rules[0]: there is no fault "resett". Did you mean reset?'],
    ['tsunami', `G4F_SIMULATE rules[0]: there is no fault "tsunami". There are ${FAULT_NAMES.join(', ')}.`],
    ['reset share=2', 'G4F_SIMULATE rules[0].share must be a number above 0 and at most 1; it is 2.'],
    ['reset nth=zero', 'G4F_SIMULATE rules[0].nth must be a whole number, 1 or more; it is "zero".'],
    [
      'reset@one often',
      'G4F_SIMULATE must be rules whose settings are written as share=0.3 or nth=2; it is "often".',
    ],
    [
      'reset color=red',
      'G4F_SIMULATE rules[0] has no field "color"; it may have fault, provider, model, operation, share, nth, ms.',
    ],
    [
      'seed=1',
      'G4F_SIMULATE must be one rule or more, such as "reset@openai share=0.3; seed=7"; it is "seed=1".',
    ],
    ['reset; seed=x', 'G4F_SIMULATE seed must be a whole number, 0 or more; it is "x".'],
    ['reset@', 'G4F_SIMULATE rules[0].provider must be a name; it is "".'],
    [
      'stall ms=5',
      'G4F_SIMULATE rules[0].ms must be a whole number of ms from 1 to 600,000, and only for the fault slow; it is 5.',
    ],
  ])('says what is wrong with %j', async (text, message) => {
    const error = await failureOf(collect(stream(clientOf({ env: { G4F_SIMULATE: text } }, one))));
    expect(error).toMatchObject({ code: 'invalid-request', message });
    expect(() => withSimulation(text)).toThrow(message.replaceAll('G4F_SIMULATE', 'withSimulation'));
  });
});
