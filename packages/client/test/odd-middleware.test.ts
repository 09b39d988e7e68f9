// Odd values in what middleware and wraps are made of, and in variables of the environment.
import { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import * as middleware from '../src/middleware.ts';
import { failureOf } from './fake-provider.ts';
import { NO_FIELDS, UNREADABLE, untyped } from './odd-values.ts';

describe('middleware', () => {
  const MADE = Object.entries(middleware).filter(([name]) => name.startsWith('with'));
  const OFF = { withLog: ['a function', 'a class'] } as const;

  it.each(MADE)('%s refuses what cannot be read, and what are no options', (name, make) => {
    const passed: readonly string[] = name === 'withLog' ? OFF.withLog : [];
    const all = { ...UNREADABLE, ...NO_FIELDS };
    for (const [what, odd] of Object.entries(all)) {
      // The path of a file, and the rules of a simulation, are texts.
      if (passed.includes(what) || (what.endsWith('text') && /Recording|Replay|Simulation/.test(name)))
        continue;
      let thrown: unknown;
      try {
        make(untyped(odd()));
      } catch (error) {
        thrown = error;
      }
      expect(thrown, what).toBeInstanceOf(G4FError);
      expect(thrown).toMatchObject({ code: 'invalid-request' });
    }
  });

  it.each([
    [{ wrap: middleware.withLimits({ providers: { gorq: { concurrency: 1 } } }) }, 'withLimits providers'],
    [{ wrap: middleware.withSimulation('reset@opneai') }, 'withSimulation rules'],
    [
      { use: [middleware.withGuard({ moderation: { model: 'm', provider: 'opnai' } })] },
      'withGuard moderation',
    ],
  ])('with the id of a misspelt provider is refused by the client, %#', async (given, place) => {
    for (const Face of [AsyncClient, Client]) {
      const error = await failureOf(() => new Face(given));
      expect(error.message).toMatch(/no provider is called ".*"\. Did you mean (?:groq|openai)\?/);
      expect(error.message).toContain(place);
      expect(error.code).toBe('invalid-request');
    }
  });

  it('may name the row of its client', () => {
    const backends = [{ id: 'groq2', baseURL: 'http://127.0.0.1:1/v1' }];
    const wrap = middleware.withLimits({ providers: { groq2: { concurrency: 1 } } });
    for (const Face of [AsyncClient, Client]) new Face({ backends, wrap }).close();
  });
});

describe('variables that are blank', () => {
  const failure = (env: Record<string, string>) =>
    failureOf(() =>
      new AsyncClient({ env, maxRetries: 0 }).chat.completions.create({ model: 'gpt-5', messages: 'hi' }),
    );

  it.each(['G4F_SIMULATE', 'G4F_FALLBACK', 'G4F_CONFIG', 'G4F_RETIRED', 'G4F_LOCAL_RUNTIME'])(
    '%s counts as not set',
    async (name) => {
      const { message } = await failure({});
      expect((await failure({ [name]: ' \n' })).message).toBe(message);
    },
  );

  it('a fallback is named without the blanks around it', async () => {
    expect((await failure({ G4F_FALLBACK: ' nobody\n' })).message).toContain('the fallback "nobody" cannot');
  });
});
