// The cache of the synchronous client: plain data, because functions cannot cross to its worker.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { withBudget } from '../../src/middleware/with-budget.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import { withRedaction } from '../../src/redaction/with-redaction.ts';
import { withSimulation } from '../../src/simulation/with-simulation.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import { type Service, startService } from './service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const options = (): ClientOptions => ({ baseURL: service.url, apiKey: 'k', env: {}, maxRetries: 0 });
const hello = { model: 'm', messages: 'hello' } as const;

describe('the option cache', () => {
  it.each([true, { ttl: 60_000, maxEntries: 3 }])('keeps answers, streamed and whole: %j', (cache) => {
    using client = new Client({ ...options(), cache });
    const { create } = client.chat.completions;
    const before = service.requests;
    const first = [...create({ ...hello, stream: true })];
    const again = [...create({ ...hello, stream: true })];
    expect(service.requests - before).toBe(1);
    expect(again[0]?.cached).toBe(true);
    expect(again.slice(1).map(({ choices }) => choices)).toEqual(
      first.slice(1).map(({ choices }) => choices),
    );
    const whole = create(hello);
    expect(whole.cached).toBe(true);
    expect(whole._request_id).toBeNull();
    expect(client.health()).toMatchObject([{ requests: 1 }]);
    expect(create(hello, { cache: false }).cached).toBeUndefined();
    expect(service.requests - before).toBe(2);
  });

  it('keeps vectors, number by number', () => {
    using client = new Client({
      env: {},
      provider: new URL('./fixtures/embedder.mjs', import.meta.url),
      cache: true,
    });
    const asked = { model: 'vectors', input: ['a', 'b'], dimensions: 300 };
    const first = client.embeddings.create(asked);
    expect(client.embeddings.create(asked)).toEqual({ ...first, cached: true });
  });

  it('repeats the pauses of a stream, and is left in the middle of one', () => {
    using client = new Client({ ...options(), cache: { timing: true } });
    const { create } = client.chat.completions;
    const first = [...create({ ...hello, stream: true })];
    for (const chunk of create({ ...hello, stream: true })) {
      expect(chunk.cached).toBe(true);
      break;
    }
    expect([...create({ ...hello, stream: true })].length).toBe(first.length);
  });

  it.each([
    { cache: 'yes' },
    { cache: { ttl: -1 } },
    { cache: { store: new Map() } },
    { cache: { maxEntrys: 1 } },
  ])('is refused as by AsyncClient: %j', (wrong) => {
    const messageOf = (make: () => unknown): string => {
      try {
        make();
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
      return 'nothing';
    };
    const message = messageOf(() => new AsyncClient(wrong as never));
    expect(message).toMatch(/^cache/);
    expect(messageOf(() => new Client(wrong as never))).toBe(message);
  });

  it('is refused among parameters, and but for false in a call', () => {
    using client = new Client(options());
    const { create } = client.chat.completions;
    expect(() => create({ ...hello, ...{ cache: true } })).toThrow(
      /^cache has no place among the parameters/,
    );
    expect(() => create(hello, { cache: true as never })).toThrow(/^cache must be false/);
  });
});

describe('use and wrap', () => {
  it.each<[string, ClientOptions]>([
    ['use', { use: [(_call, next) => next()] }],
    ['wrap', { wrap: (provider) => provider }],
  ])('refuse a function of the caller: %s', (name, given) => {
    expect(() => new Client(given)).toThrow(
      `Client: ${name} holds a function of your own, or one that was given what is no plain data, which cannot cross to the worker thread. Give what is made of plain data`,
    );
  });

  it('take what is made of plain data, in its order', () => {
    using client = new Client({
      ...options(),
      use: [withCache(), withBudget({ tokens: 1000, per: 'process' })],
      wrap: [withRedaction({ kinds: ['email'] }), withSimulation('status-429 nth=2; seed=1')],
    });
    const { create } = client.chat.completions;
    const before = service.requests;
    expect(create(hello).cached).toBeUndefined();
    expect(create(hello).cached).toBe(true);
    expect(() => create({ ...hello, messages: 'another' })).toThrow(/SIMULATED status-429/);
    expect(service.requests - before).toBe(1);
  });

  it('name what of them is no plain data', () => {
    expect(() => new Client({ ...options(), use: [withCache({ store: new Map() })] })).toThrow(
      /^Client: use holds/,
    );
  });
});
