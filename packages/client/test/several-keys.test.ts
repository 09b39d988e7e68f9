// Several keys for one provider: which is asked with, which is left out, and which comes next.
import { G4FError, type Provider } from '@g4f/core';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ask } from './ask.ts';
import { createChatEngine } from './chat-engine.ts';
import { onItsClock, pass, stopClock } from './clock.ts';
import { failureOf, fakeProvider, saying } from './fake-provider.ts';

const limited = (retryAfterMs?: number) => (): G4FError =>
  new G4FError('slow down.', { code: 'rate-limit', status: 429, retryAfterMs });

describe('several keys', () => {
  const keyed = (
    answers: Readonly<Record<string, () => G4FError | undefined>>,
    asked: string[] = [],
  ): Provider =>
    fakeProvider(
      'keyed',
      (request, context) => {
        const { apiKey = context.env.KEYED_KEY ?? 'none' } = context;
        asked.push(apiKey);
        const failure = answers[apiKey]?.();
        if (failure !== undefined) throw failure;
        return saying(apiKey)(request, context);
      },
      { key: 'required', env: ['KEYED_KEY'] },
    );
  const refused = () => new G4FError('who?', { code: 'auth', status: 401 });

  it('one that is refused makes room for the next, at once and for a while', async () => {
    const asked: string[] = [];
    const calls = createChatEngine({ env: {}, provider: keyed({ a: refused }, asked), apiKey: ['a', 'b'] });
    for (let time = 0; time < 2; time++) {
      for await (const _ of calls.chat({ model: 'family', messages: 'x' }));
    }
    expect(asked).toEqual(['a', 'b', 'b']);
  });

  it('one that is used up makes room for the next', async () => {
    const asked: string[] = [];
    const { words } = await ask({
      provider: keyed({ a: limited(9000), b: limited(9000) }, asked),
      apiKey: { keyed: ['a', 'b', 'c'] },
    });
    expect(words).toBe('c');
    expect(asked).toEqual(['a', 'b', 'c']);
  });

  it('another key comes before another provider', async () => {
    const provider = [keyed({ a: refused }), fakeProvider('other', saying('other'))];
    expect((await ask({ provider, apiKey: { keyed: ['a', 'b'] } })).words).toBe('b');
  });

  it('where all rest, the one that will be good soonest is asked, and no other', async () => {
    const asked: string[] = [];
    const calls = createChatEngine({
      env: {},
      provider: keyed({ a: limited(80_000), b: limited(90_000), c: refused }, asked),
      apiKey: ['a', 'b', 'c'],
    });
    const fail = () => calls.chat({ model: 'family', messages: 'x' })[Symbol.asyncIterator]().next();
    await expect(fail()).rejects.toThrow();
    await expect(fail()).rejects.toThrow();
    // A refused key rests for a minute.
    expect(asked).toEqual(['a', 'b', 'c', 'c']);
  });

  describe('of which all fail', () => {
    beforeEach(() => {
      stopClock();
      vi.spyOn(Math, 'random').mockReturnValue(0);
      onTestFinished(() => void vi.restoreAllMocks());
    });
    /** Each key fails with these one after the other, and then answers. */
    const askWith = async (failures: Readonly<Record<string, readonly G4FError[]>>, keys: string[]) => {
      const asked: string[] = [];
      const left = new Map(Object.entries(failures).map(([key, errors]) => [key, [...errors]]));
      const answers = Object.fromEntries([...left.keys()].map((key) => [key, () => left.get(key)?.shift()]));
      const began = performance.now();
      const { words, error } = await onItsClock(ask({ provider: keyed(answers, asked), apiKey: keys }));
      return { words, error, asked: asked.join(''), ms: Math.round(performance.now() - began) };
    };
    const soon = limited(1000)();
    const late = limited(60_000)();

    it.each([
      ['a', 'aa'],
      ['ab', 'aba'],
      ['ba', 'baa'],
      ['bac', 'baca'],
    ])('the one that is free soonest is waited for, as it would be alone: %s', async (keys, asked) => {
      const answer = await askWith({ a: [soon], b: [late], c: [refused()] }, [...keys]);
      expect(answer).toMatchObject({ words: 'a', error: undefined, asked });
      expect(answer.ms).toBeGreaterThanOrEqual(1000);
      expect(answer.ms).toBeLessThan(1100);
    });

    it('one without a wait is asked again as soon as if it were alone', async () => {
      const answer = await askWith({ a: [limited()()], b: [soon], c: [late] }, ['a', 'b', 'c']);
      expect(answer).toMatchObject({ words: 'a', asked: 'abca' });
      expect(answer.ms).toBeLessThan(100);
    });

    it('in each round anew', async () => {
      const answer = await askWith({ a: [soon, late, late], b: [limited(3000)(), late] }, ['a', 'b']);
      expect(answer.asked).toBe('abab');
      expect(answer.error).toMatchObject({ code: 'rate-limit', retryAfterMs: 58_000 });
    });

    it('the failure tells the shortest wait, of those too that were not asked', async () => {
      const asked: string[] = [];
      const answers = { a: limited(20_000), b: limited(30_000), c: limited(90_000) };
      const calls = createChatEngine({ env: {}, provider: keyed(answers, asked), apiKey: ['a', 'b', 'c'] });
      const fail = () =>
        failureOf(calls.chat({ model: 'family', messages: 'x' })[Symbol.asyncIterator]().next());
      expect(await fail()).toMatchObject({ message: 'slow down.', retryAfterMs: 20_000 });
      await pass(19_000);
      answers.a = limited(50_000);
      expect(await fail()).toMatchObject({
        message: 'slow down. Another of its keys may answer in 11 s.',
        retryAfterMs: 11_000,
      });
      expect(asked.join('')).toBe('abca');
    });

    it('the one that passes is told of, and not the one that was refused last', async () => {
      const { error } = await askWith({ a: [late], b: [refused()] }, ['a', 'b']);
      expect(error).toMatchObject({ code: 'rate-limit', retryAfterMs: 60_000 });
    });

    it('one that another call has used up is waited for, if that is not too long', async () => {
      const asked: string[] = [];
      const failures: Record<string, () => G4FError> = { b: limited(4000) };
      const calls = createChatEngine({ env: {}, provider: keyed(failures, asked), apiKey: ['b', 'a'] });
      const read = async (): Promise<void> => {
        for await (const _ of calls.chat({ model: 'family', messages: 'x' }));
      };
      await read();
      delete failures.b;
      failures.a = refused;
      await onItsClock(read());
      expect(asked.join('')).toBe('baab');
    });
  });

  it('a failure that is not the fault of its key does not bring back one that was refused', async () => {
    const asked: string[] = [];
    const answers: Record<string, () => G4FError> = { a: refused };
    const calls = createChatEngine({ env: {}, provider: keyed(answers, asked), apiKey: ['a', 'b'] });
    const read = async () => {
      for await (const _ of calls.chat({ model: 'family', messages: 'x' }));
    };
    await read();
    answers.b = () => {
      delete answers.b;
      return new G4FError('down.', { code: 'server', status: 500 });
    };
    await read();
    expect(asked).toEqual(['a', 'b', 'b', 'b']);
  });

  it('one that was refused and works after all is good again', async () => {
    const answers: Record<string, () => G4FError> = { a: refused };
    const asked: string[] = [];
    const calls = createChatEngine({ env: {}, apiKey: { keyed: 'a' } });
    const provider = keyed(answers, asked);
    const read = async (...others: Provider[]) => {
      for await (const _ of calls.chat(
        { model: 'family', messages: 'x' },
        { provider: [provider, ...others] },
      ));
    };
    await expect(read()).rejects.toThrow('who?');
    delete answers.a;
    // It is the only one, so its key is tried again; from then on it is as good as any.
    await read();
    await read(fakeProvider('other', saying('other')));
    expect(asked).toEqual(['a', 'a', 'a']);
  });

  it('when all are refused, that is the failure, and no key is in it', async () => {
    const { error } = await ask({
      provider: keyed({ secret1: refused, secret2: refused }),
      apiKey: ['secret1', 'secret2'],
    });
    expect(error).toMatchObject({ code: 'auth', status: 401 });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('a refused key from the environment rests, and a new one is asked with at once', async () => {
    const asked: string[] = [];
    const provider = [keyed({ old: refused }, asked), fakeProvider('other', saying('other'))];
    const env: Record<string, string> = { KEYED_KEY: 'old' };
    const calls = createChatEngine({ env, provider });
    const read = async () => {
      const providers = new Set<string>();
      for await (const batch of calls.chat({ model: 'family', messages: 'x' }))
        for (const event of batch) if (event.type === 'answer-start') providers.add(event.provider ?? '');
      return [...providers].join();
    };
    expect([await read(), await read()]).toEqual(['other', 'other']);
    expect(asked).toEqual(['old']);
    env.KEYED_KEY = 'new';
    expect(await read()).toBe('keyed');
  });
});
