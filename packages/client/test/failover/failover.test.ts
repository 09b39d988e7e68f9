// Asking again, and who is left alone: what happens before the first content.
import { G4FError, type Provider } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../ask.ts';
import { createChatEngine } from '../chat-engine.ts';
import { pass, stopClock, turns } from '../clock.ts';
import { deaf, failing, failingFirst, fakeProvider, saying, start, text } from '../fake-provider.ts';

type Chat = NonNullable<Provider['chat']>;

const down = (): G4FError => new G4FError('it is down.', { code: 'server', status: 503 });
const limited = (retryAfterMs?: number) => (): G4FError =>
  new G4FError('slow down.', { code: 'rate-limit', status: 429, retryAfterMs });

describe('asking again', () => {
  beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
  afterEach(() => void vi.restoreAllMocks());

  it('a failure that has passed is not the reader’s to see; the route tells of it', async () => {
    const { words, error, route } = await ask({ provider: fakeProvider('shaky', failingFirst(2, down)) });
    expect(error).toBeUndefined();
    expect(words).toBe('at last');
    expect(route).toEqual([
      {
        provider: 'shaky',
        model: 'shaky-model',
        retries: 2,
        ms: expect.any(Number),
        firstContentMs: expect.any(Number),
      },
    ]);
  });

  it('is done twice, or as often as maxRetries says; the failure tells how often', async () => {
    const chat = vi.fn(failing('server'));
    const provider = fakeProvider('broken', chat);
    const { error } = await ask({ provider });
    expect(chat).toHaveBeenCalledTimes(3);
    expect(error).toMatchObject({ code: 'server', attempts: [{ provider: 'broken', retries: 2 }] });
    await ask({ provider, maxRetries: 0 });
    expect(chat).toHaveBeenCalledTimes(4);
    await ask({ provider, maxRetries: 1 });
    expect(chat).toHaveBeenCalledTimes(6);
  });

  it('is not done once anything was said: no word comes twice', async () => {
    const chat = vi.fn(failing('network', [start()], [text('half')]));
    const { words, error } = await ask({ provider: fakeProvider('cut', chat) });
    expect(words).toBe('half');
    expect(error?.code).toBe('network');
    expect(chat).toHaveBeenCalledOnce();
  });

  it('others come first, who may answer at once', async () => {
    const first = vi.fn(failing('server'));
    const provider = [fakeProvider('first', first), fakeProvider('second', saying('yes'))];
    expect((await ask({ provider })).words).toBe('yes');
    expect(first).toHaveBeenCalledOnce();
  });

  it('when all others have failed, those whose failure may pass are asked again', async () => {
    const shaky = fakeProvider('shaky', failingFirst(1, down));
    const second = vi.fn(failing('auth'));
    const { words, route } = await ask({ provider: [shaky, fakeProvider('second', second)] });
    expect(words).toBe('at last');
    expect(second).toHaveBeenCalledOnce();
    expect(route).toMatchObject([
      { provider: 'shaky', retries: 1 },
      { provider: 'second', code: 'auth' },
    ]);
  });

  it('waits as long as the service asked for', async () => {
    const provider = fakeProvider('busy', failingFirst(1, limited(120)));
    const began = performance.now();
    expect((await ask({ provider })).words).toBe('at last');
    expect(performance.now() - began).toBeGreaterThanOrEqual(115);
  });

  it('is no use after the whole call is over: its failure comes at once', async () => {
    const chat = vi.fn(failingFirst(9, limited(9000)));
    const { error } = await ask({ provider: fakeProvider('busy', chat), timeout: 8000 });
    expect(error).toMatchObject({ code: 'rate-limit', retryAfterMs: 9000 });
    expect(chat).toHaveBeenCalledOnce();
  });

  it('the deadline of the whole call ends it all: nobody else is asked, and the deadline is the failure', async () => {
    const second = vi.fn(saying('late'));
    const provider = [fakeProvider('silent', deaf()), fakeProvider('second', second)];
    const { error } = await ask({ provider, timeout: 50 });
    expect(error).toMatchObject({ code: 'timeout', phase: 'total' });
    expect(second).not.toHaveBeenCalled();
  });

  it('ends with the call that waits for it', async () => {
    const leaving = new AbortController();
    const chat: Chat = () => {
      setTimeout(() => leaving.abort(), 10);
      throw limited(5000)();
    };
    const { error } = await ask({ provider: fakeProvider('busy', chat), signal: leaving.signal });
    expect(error).toMatchObject({ code: 'aborted' });
  });

  it('is left out for one that is left alone, where there is another: five failures in a row are enough', async () => {
    const chat = vi.fn(failing('server'));
    const provider = [fakeProvider('broken', chat), fakeProvider('other', failing('auth'))];
    const calls = createChatEngine({ env: {}, provider });
    const fail = async () => {
      await calls
        .chat({ model: 'family', messages: 'x' })
        [Symbol.asyncIterator]()
        .next()
        .catch(() => undefined);
    };
    await fail();
    await fail();
    expect(chat).toHaveBeenCalledTimes(5);
    expect(calls.health()[0]).toMatchObject({ provider: 'broken', state: 'open', requests: 5, failures: 5 });
    // It is asked nevertheless, because nobody else answers; once.
    await fail();
    expect(chat).toHaveBeenCalledTimes(6);
  });

  it('goes on for the only one, however many other calls have failed there', async () => {
    const times = new Map<unknown, number>();
    const chat = vi.fn<NonNullable<Provider['chat']>>((request, context) => {
      const before = times.get(request.user) ?? 0;
      times.set(request.user, before + 1);
      return (before === 0 ? failing('server') : saying('yes'))(request, context);
    });
    const calls = createChatEngine({ env: {}, provider: fakeProvider('busy', chat) });
    const ask = async (user: string): Promise<void> => {
      for await (const _ of calls.chat({ model: 'family', messages: 'x', user }));
    };
    await Promise.all(Array.from({ length: 20 }, (_, at) => ask(`${at}`)));
    expect(chat).toHaveBeenCalledTimes(40);
  });
});

describe('a provider that keeps failing', () => {
  it('is asked after the others until its rest is over, and only if they fail', async () => {
    const bad = vi.fn(failing('server'));
    const good = vi.fn(saying('yes'));
    const provider = [fakeProvider('bad', bad), fakeProvider('good', good)];
    const calls = createChatEngine({ env: {}, provider });
    const read = async () => {
      for await (const _ of calls.chat({ model: 'family', messages: 'x' }));
    };
    for (let time = 0; time < 8; time++) await read();
    expect(bad).toHaveBeenCalledTimes(5);
    expect(good).toHaveBeenCalledTimes(8);
    const [ofBad, ofGood] = calls.health();
    expect(ofBad).toMatchObject({
      state: 'open',
      lastError: { code: 'server', message: 'it failed by server.' },
    });
    expect(Date.parse(ofBad?.retryAt ?? '')).toBeGreaterThan(Date.now());
    expect(ofGood).toMatchObject({ state: 'closed', requests: 8, failures: 0 });
    expect(ofGood?.firstContentMs?.p50).toBeTypeOf('number');
    expect(Date.parse(ofGood?.lastSuccess ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });
});

it('a deadline of the whole call says nothing of the provider that happened to be asked', async () => {
  stopClock();
  const calls = createChatEngine({ env: {}, provider: fakeProvider('slow', deaf()), timeout: 5 });
  for (let time = 0; time < 6; time++) {
    const reading = calls.chat({ model: 'family', messages: 'x' })[Symbol.asyncIterator]().next();
    const failed = expect(reading).rejects.toMatchObject({ code: 'timeout', phase: 'total' });
    while ((calls.health()[0]?.requests ?? 0) <= time) await turns(1);
    await pass(5);
    await failed;
  }
  expect(calls.health()).toMatchObject([{ state: 'closed', requests: 6, failures: 0 }]);
});
