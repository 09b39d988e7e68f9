// What is advised when nobody answered follows from why each failed.
import { type ErrorDetails, G4FError } from '@g4f/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../ask.ts';
import { stock } from '../fake-catalog.ts';
import { fakeProvider, saying } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

const ENV = { ONE_KEY: 'k1', TWO_KEY: 'k2' };
const refusing = (id: string, details: ErrorDetails) =>
  fakeProvider(
    id,
    () => {
      throw new G4FError(`${id} refuses.`, details);
    },
    { key: 'required', env: [`${id.toUpperCase()}_KEY`] },
  );
const AUTH: ErrorDetails = { code: 'auth', status: 401 };
const UNPAID: ErrorDetails = { code: 'payment-required', status: 402 };
const limited = (retryAfterMs?: number): ErrorDetails => ({ code: 'rate-limit', status: 429, retryAfterMs });

const CASES: readonly [string, ErrorDetails, ErrorDetails, string][] = [
  ['all keys are wrong', AUTH, AUTH, 'Set a valid key (ONE_KEY, TWO_KEY)'],
  ['all are used up: the soonest', limited(7_260_000), limited(432_000), 'Try again in 7 min 12 s'],
  ['all are used up, nobody says for how long', limited(), limited(), 'Try again later'],
  ['one of them may answer at once', limited(0), limited(8000), 'Try again later'],
  ['no money', UNPAID, UNPAID, 'Check the plan and billing of one, two'],
  ['a wrong key and a limit', AUTH, limited(8000), 'Try again in 8 s, or set a valid key (ONE_KEY)'],
  [
    'a wrong key and no money',
    UNPAID,
    AUTH,
    'Set a valid key (TWO_KEY), or check the plan and billing of one',
  ],
  [
    'no such model',
    { code: 'model-not-found' },
    { code: 'model-not-found' },
    'Ask models.list() for what is offered',
  ],
  [
    'too long for both',
    { code: 'context-length', scope: 'provider' },
    { code: 'rate-limit', scope: 'provider' },
    'Shorten the conversation',
  ],
  [
    'the wrong region',
    { code: 'auth', scope: 'provider' },
    { code: 'auth', scope: 'provider' },
    'Choose another provider',
  ],
];

beforeEach(() => stock(fakeProvider('home', saying('at home'), { models: { tiny: 'tiny' } })));

describe('what to do', () => {
  it.each(CASES)('when nobody answers: %s', async (_name, first, second, advised) => {
    const provider = [refusing('one', first), refusing('two', second)];
    const { error } = await ask({ provider, env: ENV, maxRetries: 0 });
    expect(error?.message.endsWith(` ${advised}.`)).toBe(true);
    // Both passed over for the same reason: to try again helps only if waiting does.
    expect(error?.retryable).toBe(/Try again/.test(advised));
  });

  it.each(CASES)('when another model answers instead: %s', async (_name, first, second, advised) => {
    const provider = [refusing('one', first), refusing('two', second)];
    const { words, announced } = await ask({ provider, env: ENV, maxRetries: 0, fallback: 'home' });
    expect(words).toBe('at home');
    expect(announced[0]).toContain(` ${advised} to get the real one;`);
  });

  it('names the option where the key came from there, and what is missing elsewhere', async () => {
    stock(
      refusing('one', AUTH),
      refusing('two', AUTH),
      fakeProvider('home', saying('x'), { models: { t: 't' } }),
    );
    const { announced } = await ask({ apiKey: { one: 'wrong' }, fallback: 'home' });
    expect(announced[0]).toContain(' Set a valid key (the apiKey of one), or set what is missing to get');
  });
});
