// The one error: its brand, its way across threads and HTTP, and what may be tried again.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isErrorCode } from '../src/errors.ts';
import type { AttemptReport, ErrorCode } from '../src/index.ts';
import { G4FError, isG4FError, reworded, scopeOf, toG4FError } from '../src/index.ts';

const full = () =>
  new G4FError('groq: 429 too many requests. Wait 2 s.', {
    code: 'rate-limit',
    provider: 'groq',
    model: 'llama-3.1-8b-instant',
    status: 429,
    retryAfterMs: 2000,
    requestId: 'req_1',
    attempts: [{ provider: 'groq', model: 'm', code: 'rate-limit', message: 'slow down', ms: 12 }],
    cause: Object.assign(new TypeError('socket', { cause: new RangeError('deep') }), { code: 'ECONNRESET' }),
  });

describe('knowing it', () => {
  it('goes by the brand, so two copies of the module know each other', async () => {
    vi.resetModules();
    const copy = await import('../src/errors.ts');
    expect(copy.G4FError).not.toBe(G4FError);
    const foreign = new copy.G4FError('x', { code: 'server' });
    expect(foreign).toBeInstanceOf(G4FError);
    expect(isG4FError(foreign)).toBe(true);
    expect(full()).toBeInstanceOf(copy.G4FError);
    expect(toG4FError(foreign, { code: 'network' })).toBe(foreign);
  });

  it('is an Error with a name, and says nothing of its brand when it is printed', () => {
    const error = full();
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('G4FError: groq: 429 too many requests. Wait 2 s.');
    expect(error.stack).toMatch(/^G4FError: groq: 429/);
    expect(Reflect.ownKeys(error).filter((key) => typeof key === 'symbol')).toEqual([]);
  });

  it('says what it knows and does not list what it does not', () => {
    const error = new G4FError('x', { code: 'network', provider: 'groq', model: undefined });
    expect(Object.keys(error).sort()).toEqual(['code', 'provider']);
    expect(error.model).toBeUndefined();
  });

  it.each([null, undefined, 'rate-limit', new Error('x'), { name: 'G4FError', code: 'server' }])(
    'is not %j',
    (value) => {
      expect(isG4FError(value)).toBe(false);
      expect(value instanceof G4FError).toBe(false);
    },
  );

  it('lets a subclass be narrower than itself', () => {
    class Quota extends G4FError {}
    expect(new Quota('x', { code: 'rate-limit' })).toBeInstanceOf(G4FError);
    expect(new Quota('x', { code: 'rate-limit' })).toBeInstanceOf(Quota);
    expect(full() instanceof Quota).toBe(false);
  });
});

describe('how far it reaches', () => {
  it('follows from its code, unless it says otherwise; only what passes with the moment is retryable', () => {
    expect(scopeOf(full())).toBe('moment');
    expect(full().retryable).toBe(true);
    const tooLarge = new G4FError('x', { code: 'rate-limit', scope: 'provider' });
    expect(scopeOf(tooLarge)).toBe('provider');
    expect(tooLarge.retryable).toBe(false);
    expect(scopeOf(G4FError.fromData(JSON.parse(JSON.stringify(tooLarge.toData()))))).toBe('provider');
    const attempt = { provider: 'p', model: 'm', code: 'rate-limit', message: 'x', ms: 1 } as const;
    const nobody = (...attempts: AttemptReport[]) => new G4FError('x', { code: 'no-provider', attempts });
    expect(nobody(attempt).retryable).toBe(true);
    expect(nobody({ ...attempt, scope: 'provider' }).retryable).toBe(false);
  });
});

describe('crossing a thread', () => {
  it('comes back whole through a structured clone', () => {
    const sent = full();
    const back = G4FError.fromData(structuredClone(sent.toData()));
    expect(back).toBeInstanceOf(G4FError);
    expect(back.toJSON()).toEqual(sent.toJSON());
    expect(back.retryable).toBe(true);
    expect(back.stack).toBe(sent.stack);
  });

  it('brings its chain of causes: names, messages, codes and stacks', () => {
    const sent = full();
    const { cause } = G4FError.fromData(structuredClone(sent.toData()));
    expect(cause).toBeInstanceOf(Error);
    expect(cause).toMatchObject({ name: 'TypeError', message: 'socket', code: 'ECONNRESET' });
    expect(cause).toMatchObject({ cause: { name: 'RangeError', message: 'deep' } });
    expect(sent.cause).toHaveProperty('stack', cause instanceof Error ? cause.stack : undefined);
  });

  it('adds nothing to what was not there: no cause, no code that is no text', () => {
    const crossed = (error: G4FError) => G4FError.fromData(structuredClone(error.toData()));
    expect(Object.hasOwn(crossed(new G4FError('x', { code: 'server' })), 'cause')).toBe(false);
    for (const cause of [new Error('plain'), Object.assign(new Error('odd'), { code: 20 })]) {
      const { cause: arrived } = crossed(new G4FError('x', { code: 'server', cause }));
      expect(arrived).toMatchObject({ message: cause.message });
      expect(arrived).not.toHaveProperty('code');
    }
    const { stack: _, ...bare } = full().toData();
    expect(G4FError.fromData(bare).stack).toMatch(/^G4FError: groq: 429/);
  });

  it('survives causes that cannot be cloned or turned into text, and a chain without end', () => {
    const loop: Error & { trap?: () => void } = new Error('round');
    loop.trap = () => undefined;
    loop.cause = loop;
    const crossed = (cause: unknown) =>
      G4FError.fromData(structuredClone(new G4FError('x', { code: 'server', cause }).toData())).cause;
    expect(crossed(loop)).toMatchObject({ message: 'round', cause: { message: 'round' } });
    expect(crossed('just text')).toMatchObject({ message: 'just text' });
    expect(crossed({ reason: 'plain' })).toMatchObject({ message: '{"reason":"plain"}' });
    expect(crossed(Object.create(null))).toMatchObject({ message: '{}' });
    expect(crossed(Symbol('s'))).toMatchObject({ message: 'Symbol(s)' });
    const round: Record<string, unknown> = {};
    round.self = round;
    expect(crossed(round)).toMatchObject({ message: '[object Object]' });
    expect(crossed(null)).toMatchObject({ message: 'null' });
    expect(crossed({ toJSON: () => loop.trap?.call(undefined) })).toHaveProperty('message');
    expect(crossed(undefined)).toBeUndefined();
  });
});

describe('as JSON', () => {
  it('has its facts, and neither stack nor cause', () => {
    const json: unknown = JSON.parse(JSON.stringify(full()));
    expect(json).toEqual({
      code: 'rate-limit',
      message: 'groq: 429 too many requests. Wait 2 s.',
      provider: 'groq',
      model: 'llama-3.1-8b-instant',
      status: 429,
      retryAfterMs: 2000,
      requestId: 'req_1',
      attempts: [{ provider: 'groq', model: 'm', code: 'rate-limit', message: 'slow down', ms: 12 }],
    });
  });
});

describe('headers of the answer', () => {
  const headers = { 'x-request-id': 'req_1' };
  const error = () => new G4FError('acme: no.', { code: 'server', headers });

  it('are there, cross threads, and are in nothing that is printed or logged', () => {
    expect(error().headers).toEqual(headers);
    expect(G4FError.fromData(JSON.parse(JSON.stringify(error().toData()))).headers).toEqual(headers);
    expect(Object.keys(error())).toEqual(['code']);
    expect(JSON.stringify(error())).not.toContain('req_1');
  });
});

describe('the same in other words', () => {
  const given = Object.assign(full(), { own: 'of a subclass' });
  const same = reworded(given, 'other words', { model: 'm2' });

  it('keeps fields, cause and stack', () => {
    expect(same).not.toBe(given);
    expect(JSON.parse(JSON.stringify(same))).toEqual({
      ...JSON.parse(JSON.stringify(given)),
      message: 'other words',
      model: 'm2',
    });
    expect(same).toHaveProperty('own', 'of a subclass');
    expect(same.cause).toMatchObject({ name: 'TypeError', message: 'socket', code: 'ECONNRESET' });
    expect(same.cause).toHaveProperty('stack', given.cause instanceof Error ? given.cause.stack : undefined);
    expect(same.headers).toBe(given.headers);
    expect(same.stack).toBe(given.stack?.replace(given.message, 'other words'));
    expect(same.stack).not.toContain(given.message);
  });

  it('says nothing of what is not known', () => {
    const bare = reworded(new G4FError('', { code: 'server' }), 'said');
    expect(Object.keys(bare)).toEqual(['code']);
    expect(bare.message).toBe('said');
  });
});

describe('where the program makes something else of stacks', () => {
  const { prepareStackTrace } = Error;
  afterEach(() => {
    Error.prepareStackTrace = prepareStackTrace;
  });

  it.each<[string, NonNullable<ErrorConstructor['prepareStackTrace']>]>([
    ['lists of frames', (_, frames) => frames],
    ['nothing', () => undefined],
    [
      'an exception',
      () => {
        throw new RangeError('no stack');
      },
    ],
  ])('errors are made, reworded and told all the same: %s', (_, prepare) => {
    Error.prepareStackTrace = prepare;
    const error = new G4FError('x', { code: 'server', cause: new TypeError('socket') });
    const same = reworded(error, 'said');
    const back = G4FError.fromData(structuredClone(same.toData()));
    Error.prepareStackTrace = prepareStackTrace;
    expect(back).toMatchObject({ message: 'said', code: 'server', cause: { message: 'socket' } });
  });
});

describe('wrapping what was thrown', () => {
  it('keeps a G4FError as it is', () => {
    const error = full();
    expect(toG4FError(error, { code: 'network' })).toBe(error);
  });

  it('wraps anything else under the given code, with what may be shown of it as cause', () => {
    const thrown = new TypeError('no socket');
    const wrapped = toG4FError(thrown, { code: 'network', provider: 'groq' });
    expect(wrapped).toMatchObject({ code: 'network', provider: 'groq', message: 'no socket' });
    expect(wrapped.cause).toMatchObject({ name: 'TypeError', message: 'no socket', stack: thrown.stack });
    expect(toG4FError('text', { code: 'server' }).message).toBe('text');
    expect(toG4FError(Object.create(null), { code: 'server' }).message).toBe('{}');
    expect(toG4FError({ toJSON: () => undefined }, { code: 'server' }).message).toBe('[object Object]');
  });

  it.each(['message', 'code', 'cause', 'name'])('says so where its %s throws when it is read', (field) => {
    const get = (): never => {
      throw new TypeError('a trap');
    };
    const wrapped = toG4FError(Object.defineProperty(new Error('x'), field, { get }), { code: 'server' });
    expect(wrapped).toMatchObject({ code: 'server', cause: { message: 'what was thrown cannot be read' } });
  });
});

it.each<[ErrorCode, boolean]>([
  ['invalid-request', false],
  ['auth', false],
  ['payment-required', false],
  ['rate-limit', true],
  ['model-not-found', false],
  ['context-length', false],
  ['content-filter', false],
  ['timeout', true],
  ['network', true],
  ['server', true],
  ['bad-response', true],
  ['stream-truncated', true],
  ['aborted', false],
  ['no-provider', false],
])('%s: retryable %s', (code, retryable) => {
  expect(new G4FError('x', { code }).retryable).toBe(retryable);
});

it('that nobody could answer may pass if the failure of one of them may', () => {
  const nobody = (...codes: ErrorCode[]) => {
    const attempts = codes.map((code) => ({ provider: 'p', model: 'm', code, message: 'x', ms: 1 }));
    return new G4FError('x', { code: 'no-provider', attempts }).retryable;
  };
  expect(nobody('auth', 'model-not-found')).toBe(false);
  expect(nobody('auth', 'rate-limit')).toBe(true);
});

it('knows its codes, and nothing else for one', () => {
  expect(['auth', 'bad-response', 'aborted'].every(isErrorCode)).toBe(true);
  for (const other of ['', 'Auth', 'toString', '__proto__', undefined, null, 5, {}])
    expect([other, isErrorCode(other)]).toEqual([other, false]);
});
