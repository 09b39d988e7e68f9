// An exception in code, of ours or of a foreign provider, is no failure of a service: nothing is retried, nothing is held against it.
import type { Provider } from '@g4f/core';
import { overWire } from '@g4f/providers';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { AsyncClient as MiniClient } from '../src/mini.ts';
import { failureOf, fakeProvider, saying, start, text } from './fake-provider.ts';

const hello = { model: 'family', messages: 'hi' };

const trap = (): never => {
  throw new TypeError('a trap');
};
const withGetter = (of: object, name: string): object => Object.defineProperty(of, name, { get: trap });

/** Of all that code can throw. */
const THROWN: Readonly<Record<string, unknown>> = {
  'a TypeError': new TypeError("Cannot read properties of null (reading 'map')"),
  'a RangeError': new RangeError('Maximum call stack size exceeded'),
  'a URIError': new URIError('URI malformed'),
  'an Error': new Error('plain'),
  'a text': 'a text',
  undefined: undefined,
  'an object whose message throws': withGetter({}, 'message'),
  'an Error whose message throws': withGetter(new Error('x'), 'message'),
  'an Error whose code throws': withGetter(new Error('x'), 'code'),
  'an Error whose cause throws': withGetter(new Error('x'), 'cause'),
  'a proxy that refuses': new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap }),
};

const throwing = (thrown: unknown) => {
  const provider = fakeProvider('broken', () => {
    asked += 1;
    throw thrown;
  });
  let asked = 0;
  return { provider, timesAsked: () => asked };
};

/** A service of ours whose encoder fails. */
const brokenWire = (): Provider =>
  overWire(
    {
      name: 'broken-wire',
      features: [],
      authorize: () => ({}),
      modelsPath: '/models',
      readModel: () => undefined,
      endpoints: {
        chat: {
          streamType: 'text/event-stream',
          path: () => '/chat',
          encode: () => {
            throw new TypeError('request.tools.map is not a function');
          },
          createDecoder: () => {
            throw new Error('never reached');
          },
        },
      },
    },
    { baseURL: 'http://127.0.0.1:1', id: 'broken', models: { family: 'x' } },
  );

describe('an exception in code', () => {
  it.each(Object.keys(THROWN))('%s: `internal`, asked once, and the circuit stays closed', async (name) => {
    const { provider, timesAsked } = throwing(THROWN[name]);
    const client = new AsyncClient({ provider, env: {} });
    for (let i = 1; i <= 7; i++) {
      const error = await failureOf(client.chat.completions.create(hello));
      expect(error).toMatchObject({ code: 'internal', provider: 'broken', retryable: false });
      expect(timesAsked()).toBe(i);
    }
    expect(await client.health()).toMatchObject([{ provider: 'broken', state: 'closed', failures: 0 }]);
    expect((await client.health())[0]).not.toHaveProperty('lastError');
  });

  it.each([true, false])('another provider is asked all the same, streamed: %s', async (stream) => {
    const { provider, timesAsked } = throwing(new TypeError('x'));
    const client = new AsyncClient({ provider: [provider, fakeProvider('good', saying('yes'))], env: {} });
    const answer = client.chat.completions.create({ ...hello, stream });
    const providers = new Set<string>();
    if (Symbol.asyncIterator in answer) for await (const chunk of answer) providers.add(chunk.provider);
    else providers.add((await answer).provider);
    expect([...providers]).toEqual(['good']);
    expect(timesAsked()).toBe(1);
  });

  it('in an encoder of ours: every key of the provider stays good', async () => {
    const client = new AsyncClient({ provider: brokenWire(), apiKey: ['one', 'two'], env: {} });
    const error = await failureOf(client.chat.completions.create(hello));
    expect(error).toMatchObject({ code: 'internal' });
    expect(error.attempts).toBeUndefined();
    expect(error.message).toContain('request.tools.map is not a function');
    expect(await client.health()).toMatchObject([{ state: 'closed', failures: 0 }]);
  });

  it('in the middle of an answer is the same', async () => {
    const provider = fakeProvider('broken', async function* () {
      yield [start(), text('half')];
      throw new TypeError('x');
    });
    const client = new AsyncClient({ provider, env: {} });
    expect(await failureOf(client.chat.completions.create(hello))).toMatchObject({ code: 'internal' });
    expect(await client.health()).toMatchObject([{ state: 'closed', failures: 0 }]);
  });

  it('is not retried by the small client', async () => {
    const { provider, timesAsked } = throwing(new TypeError('x'));
    const client = new MiniClient({ provider, env: {} });
    expect(await failureOf(client.chat.completions.create(hello))).toMatchObject({ code: 'internal' });
    expect(timesAsked()).toBe(1);
  });
});
