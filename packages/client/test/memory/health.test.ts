// What a client learns of its providers: from what ends well, from what fails, and from what is under way.
import { type ErrorCode, G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { createHealth, type Health, type ProviderPlace, type Watch } from '../../src/memory/health.ts';

/** A request that is sent. */
const send = (health: Health, place: ProviderPlace): Watch => {
  const watch = health.begin(place);
  watch.sent();
  return watch;
};
const groq = { provider: 'groq', baseURL: undefined };
const failure = (code: ErrorCode) => new G4FError(`it failed by ${code}.`, { code });
const failing = (code: ErrorCode, times: number) => {
  const health = createHealth(() => 0);
  for (let time = 0; time < times; time++) send(health, groq).failed(failure(code));
  return health;
};

describe('failures', () => {
  it.each<ErrorCode>(['bad-response', 'network', 'server', 'stream-truncated', 'timeout'])(
    '%s says that the provider is not well',
    (code) => {
      expect(failing(code, 4).isResting(groq)).toBe(false);
      expect(failing(code, 5).isResting(groq)).toBe(true);
    },
  );

  it.each<ErrorCode>(['rate-limit', 'auth', 'payment-required', 'model-not-found'])(
    '%s is remembered, and says nothing against the provider',
    (code) => {
      const health = failing(code, 9);
      expect(health.isResting(groq)).toBe(false);
      expect(health.report()).toMatchObject([{ state: 'closed', failures: 9, lastError: { code } }]);
    },
  );

  it.each<ErrorCode>(['aborted', 'invalid-request', 'context-length', 'content-filter'])(
    '%s is no news of it',
    (code) => {
      const [report] = failing(code, 9).report();
      expect(report).toMatchObject({ state: 'closed', requests: 9, failures: 0 });
      expect(report).not.toHaveProperty('lastError');
    },
  );

  it('whose service says that others are well there say nothing against the provider', () => {
    const health = createHealth(() => 0);
    const wrongModel = new G4FError('it failed.', { code: 'bad-response', scope: 'provider' });
    for (let time = 0; time < 9; time++) send(health, groq).failed(wrongModel);
    expect(health.isResting(groq)).toBe(false);
  });

  it('are no success, whatever ends afterwards', () => {
    const health = createHealth(() => 0);
    const watch = send(health, groq);
    watch.failed(failure('server'));
    watch.ended();
    expect(health.report()[0]).not.toHaveProperty('lastSuccess');
  });

  it('of one address are not those of another', () => {
    const health = failing('server', 5);
    expect(health.isResting({ ...groq, baseURL: 'http://127.0.0.1:1/v1' })).toBe(false);
  });

  it('of two addresses, and of two providers at one, are told apart however they take turns', () => {
    const health = createHealth(() => 0);
    const there = { ...groq, baseURL: 'http://127.0.0.1:1/v1' };
    const mistral = { ...there, provider: 'mistral' };
    for (const place of [groq, there, mistral, groq, there, there])
      send(health, place).failed(failure('server'));
    const failures = health.report().map((known) => [known.provider, known.baseURL, known.failures]);
    expect(failures).toEqual([
      ['groq', undefined, 2],
      ['groq', there.baseURL, 3],
      ['mistral', there.baseURL, 1],
    ]);
  });
});

describe('a request that is not sent', () => {
  it('does not count', () => {
    const health = createHealth(() => 0);
    health.begin(groq).left();
    expect(health.report()).toEqual([]);
    send(health, groq).spoke(100);
    const before = health.load(groq);
    health.begin(groq).left();
    expect(health.load(groq)).toBe(before);
    expect(health.report()).toMatchObject([{ requests: 1 }]);
  });
});

describe('the probe', () => {
  it('is the one that began first, and goes on when another that began beside it is left', () => {
    const clock = { now: 0 };
    const health = createHealth(() => clock.now);
    for (let time = 0; time < 5; time++) send(health, groq).failed(failure('server'));
    clock.now = 5000;
    const probe = health.begin(groq);
    expect(health.isResting(groq)).toBe(true);
    send(health, groq).left();
    send(health, groq).failed(failure('rate-limit'));
    expect(health.isResting(groq)).toBe(true);
    probe.left();
    expect(health.isResting(groq)).toBe(false);
  });
});

describe('load', () => {
  it('is the time to the first content, times the requests that one more would make', () => {
    const health = createHealth(() => 0);
    expect(health.load(groq)).toBe(0);
    const first = send(health, groq);
    first.spoke(100);
    expect(health.load(groq)).toBe(200);
    const second = send(health, groq);
    expect(health.load(groq)).toBe(300);
    second.left();
    first.ended();
    expect(health.load(groq)).toBe(100);
  });

  it('a request ends once, whatever is told of it afterwards', () => {
    const health = createHealth(() => 0);
    const watch = send(health, groq);
    watch.spoke(100);
    watch.failed(failure('server'));
    watch.left();
    watch.ended();
    expect(health.load(groq)).toBe(100);
    expect(health.report()).toMatchObject([{ requests: 1, failures: 1 }]);
    expect(health.report()[0]).not.toHaveProperty('lastSuccess');
  });
});
