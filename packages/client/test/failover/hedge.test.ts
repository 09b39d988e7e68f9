// Two at once, where the first is silent for too long and the caller wants that.
import { type ErrorCode, G4FError, type Provider } from '@g4f/core';
import { describe, expect, it, type Mock, vi } from 'vitest';
import { ask } from '../ask.ts';
import { onItsClock, pass, stopClock, turns } from '../clock.ts';
import { deaf, failing, failingFirst, fakeProvider, saying } from '../fake-provider.ts';
import { watchTimers } from '../timers.ts';

type Chat = NonNullable<Provider['chat']>;

const down = (): G4FError => new G4FError('it is down.', { code: 'server', status: 503 });

describe('a hedge', () => {
  /** Says something after a while, unless it is left. */
  const slow = (ms: number, left = vi.fn(), ...words: string[]): Chat =>
    async function* (request, { signal }) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          left();
        });
      });
      yield* saying(...words)(request, {} as never);
    };

  it('asks the next when the first is silent; the first to speak wins, the other is left at once', async () => {
    const left = vi.fn();
    const provider = [fakeProvider('slow', deaf()), fakeProvider('fast', saying('fast'))];
    provider[0] = fakeProvider('slow', slow(60_000, left, 'slow'));
    const { words, route } = await ask({ provider, hedge: { afterMs: 20 } });
    expect(words).toBe('fast');
    expect(left).toHaveBeenCalledOnce();
    expect(route).toMatchObject([
      { provider: 'slow', code: 'aborted', message: 'slow: fast spoke first.' },
      { provider: 'fast', firstContentMs: expect.any(Number) },
    ]);
    expect(route[1]).not.toHaveProperty('code');
  });

  it('the first may still win', async () => {
    const provider = [fakeProvider('first', slow(60, vi.fn(), 'first')), fakeProvider('second', deaf())];
    expect((await ask({ provider, hedge: { afterMs: 10 } })).words).toBe('first');
  });

  it('asks nobody else when the first speaks in time, and leaves no timer', async () => {
    const timers = watchTimers();
    const second = vi.fn(saying('second'));
    const provider = [fakeProvider('first', saying('first')), fakeProvider('second', second)];
    for (let time = 0; time < 10; time++)
      expect((await ask({ provider, hedge: { afterMs: 600_000 } })).words).toBe('first');
    expect(second).not.toHaveBeenCalled();
    expect(timers().held).toBe(0);
  });

  it('nobody is asked again while another may answer', async () => {
    stopClock();
    const broken = [vi.fn(failing('server')), vi.fn(failing('rate-limit'))];
    const provider = [
      fakeProvider('silent', slow(5000, vi.fn(), 'first')),
      ...broken.map((chat, at) => fakeProvider(`broken${at}`, chat)),
    ];
    expect((await onItsClock(ask({ provider, hedge: { afterMs: 10 } }))).words).toBe('first');
    for (const chat of broken) expect(chat).toHaveBeenCalledOnce();
  });

  it('one that failed is asked again when the other has failed as well', async () => {
    stopClock();
    const shaky = vi.fn(failingFirst(1, down));
    const provider = [fakeProvider('silent', deaf()), fakeProvider('shaky', shaky)];
    const answer = ask({ provider, hedge: { afterMs: 10 }, timeout: { firstContent: 9000, headers: 9000 } });
    await turns();
    await pass(8000);
    await turns();
    expect(shaky).toHaveBeenCalledOnce();
    expect((await onItsClock(answer)).words).toBe('at last');
    expect(shaky).toHaveBeenCalledTimes(2);
  });

  it('asks at most two at once', async () => {
    const third = vi.fn(saying('third'));
    const provider = [
      fakeProvider('first', slow(150, vi.fn(), 'first')),
      fakeProvider('second', deaf()),
      fakeProvider('third', third),
    ];
    expect((await ask({ provider, hedge: { afterMs: 10 } })).words).toBe('first');
    expect(third).not.toHaveBeenCalled();
  });

  describe('and a failure that all would share', () => {
    /** Does what it is told, when it is told. */
    const onCall = (): { chat: Chat; asked: Promise<void>; does: (chat: Chat) => void; left: Mock } => {
      const left = vi.fn();
      let tell = (_: Chat): void => undefined;
      let begin = (): void => undefined;
      const asked = new Promise<void>((resolve) => {
        begin = resolve;
      });
      const told = new Promise<Chat>((resolve) => {
        tell = resolve;
      });
      const chat: Chat = async function* (request, context) {
        context.signal.addEventListener('abort', left);
        begin();
        yield* (await told)(request, context);
      };
      return { chat, asked, does: (next) => tell(next), left };
    };
    /** The first is silent, and the hedge fails by this; the third is told of. */
    const hedged = async (code: ErrorCode, third = vi.fn(saying('third'))) => {
      const [first, second] = [onCall(), onCall()];
      const provider = [
        fakeProvider('first', first.chat),
        fakeProvider('second', second.chat),
        fakeProvider('third', third),
      ];
      const answer = ask({ provider, hedge: { afterMs: 1 } });
      await Promise.all([first.asked, second.asked]);
      second.does(failing(code));
      await turns();
      return { first, answer, third };
    };

    it.each<ErrorCode>(['invalid-request', 'context-length', 'content-filter'])(
      'does not end the one that has not failed, and nobody else is asked: %s',
      async (code) => {
        const { first, answer, third } = await hedged(code);
        expect(first.left).not.toHaveBeenCalled();
        first.does(saying('first'));
        expect(await answer).toMatchObject({ words: 'first', error: undefined });
        expect(third).not.toHaveBeenCalled();
      },
    );

    it.each<ErrorCode>(['server', 'auth', 'content-filter'])(
      'is the failure of the call once the other has failed, too, be it by %s',
      async (code) => {
        const { first, answer, third } = await hedged('context-length');
        first.does(failing(code));
        const { error } = await answer;
        expect(error).toMatchObject({ code: 'context-length' });
        expect(error?.attempts?.map((attempt) => `${attempt.provider} ${attempt.code}`)).toEqual([
          `first ${code}`,
          'second context-length',
        ]);
        expect(third).not.toHaveBeenCalled();
      },
    );

    it('of the first does not end the hedge either', async () => {
      const [first, second] = [onCall(), onCall()];
      const provider = [fakeProvider('first', first.chat), fakeProvider('second', second.chat)];
      const answer = ask({ provider, hedge: { afterMs: 1 } });
      await Promise.all([first.asked, second.asked]);
      first.does(failing('context-length'));
      await turns();
      second.does(saying('second'));
      expect((await answer).words).toBe('second');
    });
  });

  it('one that fails makes room for the next', async () => {
    const left = vi.fn();
    const provider = [
      fakeProvider('slow', slow(60_000, left)),
      fakeProvider('bad', failing('auth')),
      fakeProvider('third', saying('third')),
    ];
    expect((await ask({ provider, hedge: { afterMs: 5 } })).words).toBe('third');
    expect(left).toHaveBeenCalledOnce();
  });
});
