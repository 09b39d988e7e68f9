// What throws when it is read, and lists that have more holes than items: the caller's mistakes, told before anybody is asked.
import type { ChatRequest, Context } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as MiniClient } from '../src/mini.ts';
import { failureOf, fakeProvider, recording } from './fake-provider.ts';

/** JavaScript callers have no types. */
const untyped = (params: unknown): never => params as never;
const hello = { model: 'family', messages: 'hi' };

const trap = (): never => {
  throw new TypeError('a trap');
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const withGetter = (name: string): object => Object.defineProperty({}, name, { get: trap, enumerable: true });
const endless = (): unknown[] => Object.assign([], { length: 2 ** 32 - 1 });

/** What cannot be read, and where it is. */
const UNREADABLE: readonly (readonly [object, string])[] = [
  [{ user: withGetter('a') }, 'user.a'],
  [{ x: { deep: [1, revoked()] } }, 'x.deep[1]'],
  [{ tools: new Proxy([], { get: trap, ownKeys: trap }) }, 'tools'],
  [{ tools: [{ type: 'function', function: withGetter('name') }] }, 'tools[0].function.name'],
  [{ messages: [{ role: 'user', content: [withGetter('type')] }] }, 'messages[0].content[0].type'],
  [{ messages: [withGetter('role')] }, 'messages[0].role'],
  [{ response_format: withGetter('type') }, 'response_format.type'],
  [withGetter('temperature'), 'temperature'],
];

const asked = (Face: typeof AsyncClient | typeof MiniClient) => {
  const requests: { request: ChatRequest; context: Context }[] = [];
  const client = new Face({ provider: fakeProvider('one', recording(requests)), env: {} });
  const ask = (params: object) =>
    client.chat.completions.create(untyped(Object.defineProperties({ ...hello }, own(params))));
  return { requests, ask };
};

const own = (params: object) => Object.getOwnPropertyDescriptors(params);

const said = (place: string): string => `${place}: plain data was expected, got what throws when read.`;

it.each(UNREADABLE)(
  'AsyncClient names the place of what throws when it is read, %#',
  async (given, place) => {
    const { requests, ask } = asked(AsyncClient);
    const error = await failureOf(() => ask(given));
    expect(error).toMatchObject({ code: 'invalid-request', message: said(place) });
    expect(requests).toEqual([]);
  },
);

it.each(UNREADABLE)('Client does so in the same words, %#', async (given, place) => {
  const client = new Client({ provider: 'groq', apiKey: 'a-key-of-no-use', env: {} });
  const params = Object.defineProperties({ ...hello }, own(given));
  const error = await failureOf(() => client.chat.completions.create(untyped(params)));
  expect(error).toMatchObject({ code: 'invalid-request', message: said(place) });
});

it.each(UNREADABLE)('the small client says that it comes of what was given, %#', async (given) => {
  const { requests, ask } = asked(MiniClient);
  const error = await failureOf(() => ask(given));
  expect(error).toMatchObject({ code: 'invalid-request', message: said('the argument') });
  expect(requests).toEqual([]);
});

it('names the field of an option that throws when it is read, and of the parameters of other operations', async () => {
  for (const Face of [AsyncClient, Client])
    expect(await failureOf(() => new Face(untyped({ routing: { weights: revoked() } })))).toMatchObject({
      code: 'invalid-request',
      message: said('routing.weights'),
    });
  const client = new AsyncClient({ provider: 'groq', apiKey: 'a-key-of-no-use', env: {} });
  const calls: readonly (() => unknown)[] = [
    () => client.embeddings.create(untyped({ model: 'm', input: withGetter('a') })),
    () => client.moderations.create(untyped({ model: 'm', input: withGetter('a') })),
    () => client.responses.create(untyped({ model: 'm', input: withGetter('a') })),
  ];
  for (const call of calls)
    expect(await failureOf(call)).toMatchObject({ code: 'invalid-request', message: said('input.a') });
});

describe.each([
  ['AsyncClient', AsyncClient],
  ['the small client', MiniClient],
])('%s', (_, Face) => {
  // To walk through them takes minutes.
  it.each(['messages', 'tools', 'stop', 'x', 'functions'])(
    'refuses four thousand million holes in %s at once',
    async (name) => {
      const { requests, ask } = asked(Face);
      const error = await failureOf(() => ask({ [name]: endless() }));
      expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(name) });
      expect(requests).toEqual([]);
    },
  );
});

it('tells the beginning of a path that is long', async () => {
  let nested: unknown = 1;
  for (let depth = 0; depth < 600; depth += 1) nested = { a_name_that_is_not_short: nested };
  const error = await failureOf(() => asked(AsyncClient).ask({ x: nested }));
  expect(error.message.length).toBeLessThan(300);
  expect(error.message).toContain('data nested more than 500 deep');
});
