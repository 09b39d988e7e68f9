// What a meter is told of a call, before anybody is asked and when it is over.
import { type Batch, G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withMetering } from '../../src/middleware/with-metering.ts';
import type { CallNeed, CallUse, Meter } from '../../src/surface/middleware.ts';
import { ask, counting, stream } from './counting.ts';

const metered = (batches: Batch[] = [], more: Partial<Meter> = {}) => {
  const told: (CallNeed | CallUse)[] = [];
  const { provider, asked } = counting({}, ...batches);
  const meter: Meter = {
    begin(_call, need) {
      told.push(need);
      return (use) => void told.push(use);
    },
    ...more,
  };
  const client = new AsyncClient({ env: {}, provider, maxRetries: 0, use: [withMetering(meter)] });
  return { client, told, asked };
};

describe('withMetering', () => {
  it('takes a negative max_tokens for no limit, as servers do that know it', async () => {
    const { client, told } = metered();
    await ask(client, { max_tokens: -100_000 });
    expect(told[0]).toMatchObject({ tokens: { amount: Infinity, isBound: false } });
  });

  it('tells what a call may use, by what calls before it did, and what it used', async () => {
    const { client, told } = metered();
    await ask(client, { max_tokens: 10 });
    await ask(client, { max_tokens: 10 });
    await ask(client);
    const used = { prompt_tokens: 3, completion_tokens: 4, dollars: 0, isCached: false, isWhole: true };
    expect(told).toEqual([
      {
        prompt_tokens: expect.any(Number),
        tokens: { amount: expect.any(Number), isBound: true },
        dollars: { amount: Infinity, isBound: false },
      },
      { ...used, error: undefined },
      {
        prompt_tokens: 3,
        tokens: { amount: 3 + 10, isBound: true },
        dollars: { amount: 0, isBound: true },
      },
      { ...used, error: undefined },
      {
        prompt_tokens: 3,
        tokens: { amount: expect.closeTo(3 + 5), isBound: false },
        dollars: { amount: 0, isBound: false },
      },
      { ...used, error: undefined },
    ]);
  });

  it('tells that a reader left, and why a call failed', async () => {
    const left = metered();
    for await (const _ of stream(left.client)) break;
    await expect.poll(() => left.told.at(-1)).toMatchObject({ isWhole: false, error: undefined });
    const failed = metered();
    await expect(ask(failed.client, { model: 'nobody has it', provider: 'openai' })).rejects.toThrow(
      G4FError,
    );
    expect(failed.told.at(-1)).toMatchObject({ isWhole: false, error: { code: 'no-provider' } });
  });

  it('asks nobody when the meter stops the call, and ends no answer before it is counted', async () => {
    const stopped = metered([], {
      begin() {
        throw new G4FError('Too much.', { code: 'payment-required' });
      },
    });
    await expect(ask(stopped.client)).rejects.toThrow('Too much.');
    expect(stopped.asked).toEqual([]);
    let isCounted = false;
    const slow = metered([], {
      begin: () => async () => {
        await new Promise((resolve) => setImmediate(resolve));
        isCounted = true;
      },
    });
    await ask(slow.client);
    expect(isCounted).toBe(true);
  });

  it('tells why a call failed, and not that it could not be counted then', async () => {
    const { client } = metered([], {
      begin: () => () => {
        throw new Error('the account is away');
      },
    });
    await expect(ask(client, { model: 'nobody has it', provider: 'openai' })).rejects.toMatchObject({
      code: 'no-provider',
    });
    await expect(ask(client)).rejects.toThrow();
  });

  it('asks nobody where begin gives nothing to end the call with', async () => {
    const { client, asked } = metered([], { begin: (() => undefined) as never });
    await expect(ask(client)).rejects.toThrow(/begin of a meter must be a function that returns another/);
    expect(asked).toEqual([]);
  });

  it('refuses what is no meter', () => {
    expect(() => withMetering({} as never)).toThrow(
      /withMetering must be given an object with the method begin/,
    );
  });
});
