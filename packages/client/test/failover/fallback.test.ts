// The fallback that the caller named: openly, as itself, and only when nobody else can answer.
import { G4FError, type Message } from '@g4f/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../ask.ts';
import { createChatEngine } from '../chat-engine.ts';
import { stock } from '../fake-catalog.ts';
import { deaf, failing, fakeProvider, saying, start, text } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

beforeEach(() => stock());

describe('the fallback', () => {
  const home = fakeProvider('home', saying('at', ' home'), { models: { tiny: 'tiny-1', other: 'o' } });
  const broken = fakeProvider('broken', failing('server'));

  it('answers when nobody else can, as itself, and says so once for each call', async () => {
    stock(broken, home);
    const { chunks, words, announced } = await ask({ fallback: 'home' });
    expect(words).toBe('at home');
    expect(new Set(chunks.map((chunk) => `${chunk.provider} ${chunk.model}`))).toEqual(
      new Set(['home tiny-1']),
    );
    expect(announced).toEqual([
      '"family" is not available (broken failed: server). home answers instead, with tiny-1. Try again later to get the real one; without fallback and G4F_FALLBACK this is an error.',
    ]);
  });

  it('does not make a conversation forget who knows it', async () => {
    const asked: string[] = [];
    let downs: readonly string[] = ['a'];
    const backend = (id: string) =>
      fakeProvider(id, (...given) => {
        asked.push(id);
        if (downs.includes(id)) throw new G4FError(`${id} is down`, { code: 'rate-limit' });
        return saying(id)(...given);
      });
    stock(home);
    const calls = createChatEngine(
      { env: {}, provider: [backend('a'), backend('b')], fallback: 'home', maxRetries: 0 },
      () => undefined,
    );
    const firstAsked = async (messages: readonly Message[]): Promise<string | undefined> => {
      asked.length = 0;
      for await (const _ of calls.chat({ model: 'family', messages, stream: true }));
      return asked[0];
    };
    const question: Message = { role: 'user', content: 'q' };
    const later: Message[] = [question, { role: 'assistant', content: 'x' }, question];
    await firstAsked([question]);
    downs = [];
    expect(await firstAsked(later)).toBe('b');
    downs = ['a', 'b'];
    await firstAsked(later);
    downs = [];
    expect(await firstAsked(later)).toBe('b');
  });

  it('is named by the variable as well, and may be given its model', async () => {
    stock(broken, home);
    expect((await ask({ env: { G4F_FALLBACK: 'home' } })).words).toBe('at home');
    const { chunks } = await ask({ fallback: 'home:other' });
    expect(chunks[0]?.model).toBe('o');
    expect((await ask({ fallback: 'home:brand:new' })).chunks[0]?.model).toBe('brand:new');
  });

  it('is none where the caller says so, whatever the variable says', async () => {
    stock(broken, home);
    const { words, error } = await ask({ env: { G4F_FALLBACK: 'home' }, fallback: '' });
    expect(words).toBe('');
    expect(error?.code).toBe('server');
  });

  it('is used where there is nobody to ask', async () => {
    stock(fakeProvider('keyless', saying('x'), { key: 'required', env: ['KEYLESS_KEY'] }), home);
    const { words, announced } = await ask({ fallback: 'home' });
    expect(words).toBe('at home');
    expect(announced[0]).toContain('(keyless: set KEYLESS_KEY)');
  });

  it('without one nobody stands in', async () => {
    stock(broken, home);
    const { error, announced, chunks } = await ask({});
    expect(error?.code).toBe('server');
    expect([...announced, ...chunks]).toEqual([]);
  });

  it('is not used for an unknown model, a wrong request, an abort, or after the first word', async () => {
    stock(broken, home, fakeProvider('picky', failing('invalid-request'), { models: { strict: 's' } }));
    expect((await ask({ fallback: 'home' }, 'famly')).error?.code).toBe('model-not-found');
    expect((await ask({ fallback: 'home' }, 'strict')).error?.code).toBe('invalid-request');
    const cut = fakeProvider('cut', failing('network', [start(), text('half')]));
    const { error, words } = await ask({ fallback: 'home', provider: cut });
    expect([error?.code, words]).toEqual(['network', 'half']);
    const asleep = fakeProvider('asleep', deaf());
    const aborted = await ask({ fallback: 'home', provider: asleep, signal: AbortSignal.timeout(10) });
    expect(aborted.error?.code).toBe('aborted');
    const late = await ask({ fallback: 'home', provider: asleep, timeout: 10 });
    expect(late.error).toMatchObject({ code: 'timeout', phase: 'total' });
    for (const one of [aborted, late]) expect([...one.announced, ...one.chunks]).toEqual([]);
  });

  it('that has been asked already is not asked again', async () => {
    const chat = vi.fn(failing('server'));
    stock(fakeProvider('home', chat));
    expect((await ask({ fallback: 'home', maxRetries: 0 })).error?.code).toBe('server');
    expect(chat).toHaveBeenCalledOnce();
  });

  it('that cannot stand in says why, beside why it was needed', async () => {
    stock(
      broken,
      fakeProvider('paid', saying('x'), { key: 'required', env: ['PAID_KEY'], models: { p: 'p' } }),
    );
    const why = async (fallback: string) => {
      const { error, announced } = await ask({ fallback });
      expect(announced).toEqual([]);
      expect(error).toMatchObject({ code: 'no-provider', attempts: [{ provider: 'broken' }] });
      expect(error?.message).toContain(
        'no provider could answer "family". broken (server): it failed by server.',
      );
      return error?.message.split(' | ').at(-1);
    };
    expect(await why('paid')).toBe('the fallback "paid" cannot stand in: set PAID_KEY');
    expect(await why('piad')).toContain(
      'the fallback "piad" cannot stand in: no provider is called "piad". Did you mean paid?',
    );
    stock(
      broken,
      fakeProvider('asleep', saying('x'), { models: { a: 'a' }, available: async () => 'start it' }),
    );
    expect(await why('asleep')).toBe('the fallback "asleep" cannot stand in: start it');
    stock(broken, fakeProvider('bare', saying('x'), { models: {} }));
    expect(await why('bare')).toBe(
      'the fallback "bare" cannot stand in: name its model too, as in "bare:model"',
    );
  });

  it('has its key and address from where every provider has them, and never those of another', async () => {
    const seen: unknown[] = [];
    const paid = fakeProvider(
      'paid',
      (request, context) => {
        seen.push([context.apiKey, context.baseURL]);
        return saying('x')(request, context);
      },
      { key: 'required', env: ['PAID_KEY'], models: { p: 'p' } },
    );
    stock(broken, paid);
    await ask({ fallback: 'paid', apiKey: { broken: 'b', paid: 'p' } });
    await ask({
      fallback: 'paid',
      apiKey: 'b',
      baseURL: 'http://b',
      provider: 'broken',
      env: { PAID_KEY: 'e' },
    });
    await ask({ fallback: 'paid', env: { PAID_KEY: 'e', PAID_BASE_URL: 'http://p/v1' } });
    expect(seen).toEqual([
      ['p', undefined],
      [undefined, undefined],
      [undefined, 'http://p/v1'],
    ]);
  });

  it('that fails too is one of the attempts', async () => {
    stock(broken, fakeProvider('home', failing('timeout'), { models: { tiny: 'tiny-1' } }));
    const { error } = await ask({ fallback: 'home' });
    expect(error?.attempts?.map((attempt) => attempt.provider)).toEqual(['broken', 'home']);
  });
});
