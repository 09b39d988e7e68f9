// Providers that other processes leave alone are asked last here, and others hear what fails here.
import { G4FError, type Provider } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/index.ts';
import { type CircuitLink, type CircuitPlace, withSharedCircuits } from '../../src/middleware.ts';

/** A provider that fails while it is told to. */
function provider(id: string) {
  const state = { fails: false, asked: 0 };
  const made: Provider = {
    id,
    name: id,
    website: 'https://example.com',
    key: 'none',
    models: { model: 'model' },
    async *chat() {
      state.asked += 1;
      if (state.fails) throw new G4FError(`${id}: down`, { code: 'server', status: 503, provider: id });
      yield [
        { type: 'answer-start', id: 'answer', model: 'model', created: 0 },
        { type: 'text-delta', text: id },
        { type: 'finish', reason: 'stop' },
      ];
    },
  };
  return { state, made };
}

/** A link whose other side is the test. */
function linkOf(resting: readonly string[] = []) {
  const told: (readonly [string, CircuitPlace, number?])[] = [];
  const link: CircuitLink = {
    opened: (place, ms) => void told.push(['opened', place, ms]),
    answered: (place) => void told.push(['answered', place]),
    restsFor: ({ provider: id }) => (resting.includes(id) ? 5000 : 0),
    others: () => resting.map((id) => ({ provider: id, ms: 5000 })),
  };
  return { link, told };
}

function clientOf(link: CircuitLink) {
  const [first, second] = [provider('first'), provider('second')];
  const client = new AsyncClient({
    provider: [first.made, second.made],
    use: [withSharedCircuits(link)],
    maxRetries: 0,
    env: {},
  });
  const ask = async (): Promise<string> =>
    (await client.chat.completions.create({ model: 'model', messages: [{ role: 'user', content: 'Hi' }] }))
      .choices[0]?.message.content ?? '';
  return { client, first, second, ask };
}

describe('circuits that are shared', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('tell that one opened, for how long, and who answers', async () => {
    const { link, told } = linkOf();
    const { first, ask } = clientOf(link);
    first.state.fails = true;
    for (let at = 0; at < 5; at += 1) expect(await ask()).toBe('second');
    const [[, place, ms = 0] = ['', { provider: '' }], ...more] = told.filter(([what]) => what === 'opened');
    expect(place.provider).toBe('first');
    expect(ms).toBe(5000);
    expect(more).toEqual([]);
    expect(told.filter(([what]) => what === 'answered').map(([, { provider: id }]) => id)).toEqual(
      Array.from({ length: 5 }, () => 'second'),
    );
  });

  it('make last what others leave alone, and still ask it when nobody else answers', async () => {
    const { client, first, second, ask } = clientOf(linkOf(['first']).link);
    expect(await ask()).toBe('second');
    expect(first.state.asked).toBe(0);
    second.state.fails = true;
    expect(await ask()).toBe('first');
    expect(await client.health()).toMatchObject([
      { provider: 'second', state: 'closed', requests: 2, failures: 1 },
      { provider: 'first', state: 'open', requests: 1, failures: 0 },
    ]);
  });

  it('show what is open elsewhere, though it was never asked here', async () => {
    const { client } = clientOf(linkOf(['first']).link);
    const [known, ...more] = await client.health();
    const retryAt = new Date(Date.now() + 5000).toISOString();
    expect(known).toMatchObject({ provider: 'first', state: 'open', retryAt, requests: 0, failures: 0 });
    expect(more).toEqual([]);
  });

  it('are shown with a time that a date can tell, whatever others say', async () => {
    for (const ms of [1e300, Number.NaN]) {
      const { link } = linkOf();
      const { client } = clientOf({ ...link, others: () => [{ provider: 'first', ms }] });
      const [known] = await client.health();
      expect(Date.parse(known?.retryAt ?? '')).toBeLessThanOrEqual(Date.now() + 86_400_000);
    }
  });

  it('need a link', () => {
    expect(() => withSharedCircuits({} as CircuitLink)).toThrow(/withSharedCircuits must be given an object/);
  });
});
