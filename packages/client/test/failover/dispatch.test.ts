// The first provider to speak keeps the floor: who is asked next, and what is said when nobody answers.
import { type ErrorCode, G4FError, type Provider, truncated } from '@g4f/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../ask.ts';
import { pass, stopClock } from '../clock.ts';
import { stock } from '../fake-catalog.ts';
import { failing, fakeProvider, saying, start, stop, text } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

beforeEach(() => stock());

describe('before the first content', () => {
  const MOVES_ON: readonly ErrorCode[] = [
    'auth',
    'bad-response',
    'model-not-found',
    'network',
    'no-provider',
    'payment-required',
    'rate-limit',
    'server',
    'stream-truncated',
    'timeout',
  ];
  it.each(MOVES_ON)('%s: the next one answers, and says who it is', async (code) => {
    const provider = [
      fakeProvider('bad', failing(code, [start('wrong')])),
      fakeProvider('good', saying('yes')),
    ];
    const { chunks, words, error } = await ask({ provider });
    expect(error).toBeUndefined();
    expect(words).toBe('yes');
    // Neither the role chunk nor anything else of the one that failed leaks.
    expect(chunks.map((chunk) => `${chunk.provider} ${chunk.model}`)).toEqual(
      Array(3).fill('good good-model'),
    );
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' });
  });

  it.each<ErrorCode>(['invalid-request', 'context-length', 'content-filter', 'aborted'])(
    '%s would fail everywhere: nobody else is asked',
    async (code) => {
      const second = vi.fn(saying('yes'));
      const { error, chunks } = await ask({
        provider: [fakeProvider('bad', failing(code)), fakeProvider('good', second)],
      });
      expect(error).toMatchObject({ code, message: `it failed by ${code}.` });
      expect(error?.attempts).toBeUndefined();
      expect(chunks).toEqual([]);
      expect(second).not.toHaveBeenCalled();
    },
  );

  it('a breach of the protocol before the first content moves on, whatever would have followed it', async () => {
    const closed = vi.fn();
    const twice = fakeProvider('twice', async function* () {
      try {
        yield [start(), start()];
        yield [text('no'), stop];
      } finally {
        closed();
      }
    });
    const { words, error } = await ask({ provider: [twice, fakeProvider('good', saying('yes'))] });
    expect({ words, error }).toEqual({ words: 'yes', error: undefined });
    await expect.poll(() => closed.mock.calls.length).toBe(1);
    const alone = await ask({ maxRetries: 0, provider: twice });
    expect(alone.words).toBe('');
    expect(alone.error).toMatchObject({ code: 'bad-response', provider: 'twice' });
    expect(alone.error?.message).toContain('twice: a second answer-start');
  });

  it('an end without a finish, and an end without a word', async () => {
    const silent: Provider['chat'] = async function* () {
      yield [start()];
    };
    const { words } = await ask({
      provider: [fakeProvider('mute', silent), fakeProvider('good', saying('yes'))],
    });
    expect(words).toBe('yes');
    const empty = await ask({
      provider: [fakeProvider('empty', saying()), fakeProvider('good', saying('yes'))],
    });
    expect(empty.words).toBe('');
    expect(empty.chunks.map((chunk) => chunk.provider)).toEqual(['empty', 'empty']);
  });

  it('reasoning is content, a count of tokens is none', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 };
    const counting = fakeProvider('counting', failing('server', [start()], [{ type: 'usage', usage }]));
    const good = fakeProvider('good', saying('yes'));
    expect((await ask({ provider: [counting, good] })).words).toBe('yes');
    const thinking = fakeProvider(
      'thinking',
      failing('server', [start()], [{ type: 'reasoning-delta', text: '…' }]),
    );
    const { error, chunks } = await ask({ provider: [thinking, good] });
    expect(error?.code).toBe('server');
    expect(chunks.at(-1)?.choices[0]?.delta).toEqual({ reasoning: '…' });
  });

  it('something that is no G4FError says whose it is', async () => {
    const broken: Provider['chat'] = () => {
      throw new TypeError('x is not a function\nat all');
    };
    const { error } = await ask({ provider: fakeProvider('broken', broken) });
    expect(error).toMatchObject({ code: 'internal', provider: 'broken', model: 'broken-model' });
    expect(error?.message).toBe(
      'broken: x is not a function at all. The provider failed with an error of its own; report it to its author.',
    );
    expect(error?.cause).toMatchObject({ name: 'TypeError' });
  });

  it('the loading of a provider is not the waiting for its service: no deadline of that counts', async () => {
    stopClock();
    stock(fakeProvider('slow', saying('yes')));
    const { catalog } = await import('../fake-catalog.ts');
    const { slow } = catalog;
    if (slow === undefined) throw new Error('the catalog is empty');
    const load = async () => {
      await pass(80);
      return slow.load();
    };
    Object.assign(catalog, { slow: { ...slow, load } });
    expect((await ask({ provider: 'slow', timeout: { firstContent: 30 } })).words).toBe('yes');
  });

  it('a provider that cannot be loaded makes room for the next', async () => {
    stock(fakeProvider('good', saying('yes')));
    const { catalog } = await import('../fake-catalog.ts');
    const { good } = catalog;
    if (good === undefined) throw new Error('the catalog is empty');
    for (const id of Object.keys(catalog)) delete catalog[id];
    const load = () => Promise.reject(new Error('Cannot find module'));
    Object.assign(catalog, { broken: { ...good, id: 'broken', load }, good });
    expect((await ask({})).words).toBe('yes');
    expect((await ask({ provider: ['broken', 'good'] })).words).toBe('yes');
    expect((await ask({ provider: 'broken' })).error?.message).toContain('broken: Cannot find module.');
  });
});

describe('after the first content', () => {
  it('nobody else speaks: what came was delivered, and the error knows what was tried before', async () => {
    const cut = fakeProvider('cut', failing('network', [start()], [text('half a ')], [text('sen')]));
    const never = vi.fn(saying('other'));
    const provider = [fakeProvider('bad', failing('rate-limit')), cut, fakeProvider('other', never)];
    const { words, error } = await ask({ provider });
    expect(words).toBe('half a sen');
    expect(never).not.toHaveBeenCalled();
    expect(error).toMatchObject({ code: 'network', message: 'it failed by network.' });
    expect(error?.attempts?.map((attempt) => `${attempt.provider} ${attempt.code}`)).toEqual([
      'bad rate-limit',
      'cut network',
    ]);
  });

  it('what came in the same batch as a breach of the protocol was delivered', async () => {
    const twice = fakeProvider('twice', async function* () {
      yield [start(), text('one'), start(), text('two')];
    });
    const { words, error } = await ask({ provider: [twice, fakeProvider('good', saying('yes'))] });
    expect(words).toBe('one');
    expect(error).toMatchObject({ code: 'bad-response', provider: 'twice' });
  });
});

describe('when nobody answers', () => {
  it('one candidate: its own error, as it is', async () => {
    const own = truncated('alone', { status: 200 });
    const { error } = await ask({
      maxRetries: 0,
      provider: fakeProvider('alone', () => {
        throw own;
      }),
    });
    expect(error).toBe(own);
  });

  it('one that could be asked among others that lack a key: still its own error, so that it can be acted on', async () => {
    const keyless = fakeProvider('keyless', saying('x'), { key: 'required', env: ['KEYLESS_KEY'] });
    stock(fakeProvider('alone', failing('rate-limit')), keyless);
    expect((await ask({})).error).toMatchObject({ code: 'rate-limit', retryable: true });
  });

  it('several: what each said, as fields and in one line', async () => {
    const provider = [fakeProvider('one', failing('auth')), fakeProvider('two', failing('server'))];
    const { error } = await ask({ provider });
    expect(error).toMatchObject({
      code: 'no-provider',
      model: 'family',
      message:
        'no provider could answer "family". one (auth): it failed by auth. | two (server): it failed by server. Try again later, or set a valid key (the apiKey of one).',
      attempts: [
        {
          provider: 'one',
          model: 'one-model',
          code: 'auth',
          message: 'it failed by auth.',
          ms: expect.any(Number),
        },
        { provider: 'two', model: 'two-model', code: 'server', ms: expect.any(Number) },
      ],
    });
  });

  it.each<[string, readonly [ErrorCode, number?][], number | undefined]>([
    [
      'all are used up: the soonest',
      [
        ['rate-limit', 60_000],
        ['rate-limit', 20_000],
      ],
      20_000,
    ],
    ['one was refused for good: the other', [['auth'], ['rate-limit', 20_000]], 20_000],
    ['one has not said when: perhaps at once', [['server'], ['rate-limit', 20_000]], undefined],
    ['no failure may pass: never', [['auth'], ['model-not-found']], undefined],
  ])('several, and when it is worth another try: %s', async (_, failures, retryAfterMs) => {
    const provider = failures.map(([code, wait], at) =>
      fakeProvider(`p${at}`, () => {
        throw new G4FError('no.', { code, retryAfterMs: wait });
      }),
    );
    const { error } = await ask({ provider, maxRetries: 0 });
    expect(error).toMatchObject({ code: 'no-provider' });
    expect(error?.retryAfterMs).toBe(retryAfterMs);
  });

  it('twenty: the line stays readable, the fields say all', async () => {
    const long = `${'blah '.repeat(100)}end`;
    const provider = Array.from({ length: 20 }, (_, i) =>
      fakeProvider(`backend-${i}`, () => {
        throw Object.assign(truncated('x'), { message: long });
      }),
    );
    const { error } = await ask({ provider });
    expect(error?.attempts).toHaveLength(20);
    expect(error?.attempts?.[19]?.message).toBe(long);
    expect(error?.message.length).toBeLessThan(1_000);
    expect(error?.message).toContain('backend-0 (stream-truncated), backend-1 (stream-truncated), ');
  });

  it('none usable: what is missing for each', async () => {
    stock(
      fakeProvider('keyless', saying('x'), { key: 'required', env: ['KEYLESS_KEY'] }),
      fakeProvider('asleep', saying('x'), { available: async () => 'start it' }),
    );
    const { error } = await ask({}, 'family');
    expect(error).toMatchObject({ code: 'no-provider', attempts: [] });
    expect(error?.message).toMatch(
      /^no provider could answer "family"\. keyless: set KEYLESS_KEY \| asleep: start it \| Without any key: fallback: "local" .*npm install @g4f\/local-runtime/,
    );
  });

  it('a model with a line break stays in one line', async () => {
    const { error } = await ask(
      { provider: [fakeProvider('a', failing('auth')), fakeProvider('b', failing('auth'))] },
      'x\ny',
    );
    expect(error?.message).not.toContain('\n');
  });
});

describe('whether a provider is there', () => {
  it('is asked of those nobody named, and not of those that were', async () => {
    const available = vi.fn(async () => 'start it');
    stock(fakeProvider('asleep', saying('here'), { available }), fakeProvider('good', saying('yes')));
    expect((await ask({})).words).toBe('yes');
    expect(available).toHaveBeenCalledOnce();
    expect((await ask({ provider: 'asleep' })).words).toBe('here');
    expect((await ask({}, 'asleep:family')).words).toBe('here');
    expect(available).toHaveBeenCalledOnce();
  });

  it('one that fails to say, or never does, makes room for the next', async () => {
    stock(
      fakeProvider('broken', saying('no'), {
        available: () => Promise.reject(new Error('cannot even look')),
      }),
      fakeProvider('never', saying('no'), { available: () => new Promise(() => undefined) }),
      fakeProvider('good', saying('yes')),
    );
    expect((await ask({ timeout: { firstContent: 20 } })).words).toBe('yes');
    stock(
      fakeProvider('broken', saying('no'), { available: () => Promise.reject(new Error('cannot look')) }),
    );
    expect((await ask({})).error?.message).toContain('broken: cannot look');
  });
});
