// Odd values in every place where a caller gives something: a typed error that names the place, in the same words from both clients,
// and nobody is asked. Only what is accepted for a reason is left out.
import { openaiCompatible } from '@g4f/providers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as MiniClient } from '../src/mini.ts';
import { tool } from '../src/programs/tools/tool.ts';
import { failureOf } from './fake-provider.ts';
import { GETTER, NO_FIELDS, revoked, trap, UNREADABLE, untyped } from './odd-values.ts';
import { type Service, startService } from './sync/service.ts';

// A thread is started, and the machine may do much else.
vi.setConfig({ testTimeout: 40_000 });

type Args = (odd: unknown) => readonly unknown[];
const chat = { model: 'hello', messages: 'hi' };
const schema = z.object({ a: z.number() });
const runnable = () => tool({ name: 'f', parameters: schema, execute: () => 1 });

/** Methods, and parameters that are right. */
const METHODS: Readonly<Record<string, object>> = {
  'chat.completions.create': chat,
  'chat.completions.stream': chat,
  'chat.completions.parse': { ...chat, response_format: schema },
  'chat.completions.runTools': { ...chat, tools: [runnable()] },
  'embeddings.create': { model: 'm', input: 'x' },
  'moderations.create': { model: 'm', input: 'x' },
  'completions.create': { model: 'm', prompt: 'x' },
  'responses.create': { model: 'm', input: 'x' },
  'responses.stream': { model: 'm', input: 'x' },
  'responses.parse': { model: 'm', input: 'x', text: { format: schema } },
  'images.generate': { model: 'm', prompt: 'x' },
  'images.edit': { model: 'm', prompt: 'x', image: new Uint8Array(3) },
  'images.createVariation': { model: 'm', image: new Uint8Array(3) },
  'audio.speech.create': { model: 'm', input: 'x', voice: 'v' },
  'audio.transcriptions.create': { model: 'm', file: new Uint8Array(3) },
  'audio.translations.create': { model: 'm', file: new Uint8Array(3) },
  'models.list': {},
  conversation: { model: 'm' },
};
const OPTIONS =
  'signal timeout headers apiKey baseURL proxy provider extraBody routing hedge maxRetries'.split(' ');

const called = (client: object, path: string, given: readonly unknown[]): unknown => {
  const names = path.split('.');
  const host = names.slice(0, -1).reduce<object>((one, name) => Reflect.get(one, name), client);
  return Reflect.get(host, names.at(-1) ?? '').call(host, ...given);
};

let service: Service;
let both: readonly [AsyncClient, Client];
beforeAll(async () => {
  service = await startService();
  both = [new AsyncClient({ baseURL: service.url }), new Client({ baseURL: service.url })];
});
afterAll(async () => {
  for (const client of both) client.close();
  await service.stop();
});

const readAll = async (answer: unknown): Promise<void> => {
  const value = await answer;
  if (typeof value !== 'object' || value === null) return;
  if (Symbol.asyncIterator in value) for await (const _ of untyped(value) as AsyncIterable<unknown>);
  else if (Symbol.iterator in value) for (const _ of untyped(value) as Iterable<unknown>);
};

/** What both clients say, each with arguments of its own. */
async function saidOf(path: string, given: () => readonly unknown[]): Promise<string> {
  const before = service.requests;
  const said: string[] = [];
  for (const client of both) {
    const error = await failureOf(() => readAll(called(client, path, given())));
    expect(error.code).toBe('invalid-request');
    said.push(error.message);
  }
  expect(said[0]).toBe(said[1]);
  expect(said[0]?.length).toBeLessThan(500);
  expect(service.requests).toBe(before);
  return said[0] ?? '';
}

async function refused(
  path: string,
  odd: Readonly<Record<string, () => unknown>>,
  args: Args,
): Promise<void> {
  for (const make of Object.values(odd)) await saidOf(path, () => args(make()));
}

describe.each(Object.entries(METHODS))('%s', (path, right) => {
  it('refuses parameters that are none, or cannot be read', async () => {
    await refused(path, { ...NO_FIELDS, ...UNREADABLE, ...GETTER }, (odd) => [odd]);
  });

  it('refuses options that are none, or cannot be read', async () => {
    await refused(path, { ...NO_FIELDS, ...UNREADABLE, ...GETTER }, (odd) => [right, odd]);
  });

  it('names the parameter that cannot be read', async () => {
    for (const name of Object.keys(right))
      for (const make of Object.values(UNREADABLE))
        expect(await saidOf(path, () => [{ ...right, [name]: make() }])).toContain(name);
  });

  // A conversation hands its options to its calls, which check the values.
  it.runIf(path !== 'conversation')('names the option that is odd', async () => {
    for (const name of OPTIONS)
      for (const make of [...Object.values(UNREADABLE), ...Object.values(GETTER), () => class A {}])
        expect(await saidOf(path, () => [right, { [name]: make() }])).toContain(name);
  });

  it('takes a getter that throws on stream for what it is', async () => {
    const given = () => [Object.defineProperty({ ...right }, 'stream', { get: trap, enumerable: true })];
    expect(await saidOf(path, given)).toContain('stream');
  });
});

it.each([
  ['chat.completions.create', { stream_options: revoked({}) }],
  [
    'chat.completions.create',
    { stream_options: Object.defineProperty({}, 'include_usage', { get: trap, enumerable: true }) },
  ],
])('%s names what cannot be read in a stream, %#', async (path, odd) => {
  const said = await saidOf(path, () => [{ ...chat, stream: true, ...odd }]);
  expect(said).toContain('stream_options');
});

it.each<[string, object, RegExp]>([
  ['chat.completions.runTools', { maxSteps: 0 }, /^maxSteps must be a whole number, 1 or more; it is 0\.$/],
  ['chat.completions.runTools', { maxSteps: Number.NaN }, /^maxSteps /],
  ['chat.completions.runTools', { approve: {} }, /^approve must be a function/],
  ['chat.completions.runTools', { tools: [runnable(), runnable()] }, /^tools\[1\]: another name/],
  ['chat.completions.runTools', { tools: [tool(untyped({ name: 5 }))] }, /^tools\[0\]/],
  ['chat.completions.parse', { response_format: new Map() }, /^response_format/],
  ['chat.completions.parse', { response_format: z.date() }, /^response_format/],
  ['completions.create', { stop: [null] }, /^stop\[0\]: a text was expected, got null\.$/],
  ['embeddings.create', { input: [5n] }, /^input\[0\]/],
  ['responses.retrieve', {}, /./],
])('%s says what is wrong, %#', async (path, odd, said) => {
  expect(await saidOf(path, () => [{ ...METHODS[path], ...odd }])).toMatch(said);
});

describe('a conversation', () => {
  it.each<[string, readonly unknown[], RegExp]>([
    ['fork', [5], /fork\(\)/],
    ['fork', [{ att: 1 }], /fork\(\) has no field "att"; it may have id, at/],
    ['send', [revoked({})], /what throws when read/],
    ['send', ['hi', 5], /an object/],
    ['send', ['hi', {}, 'options'], /the options must be an object/],
    ['edit', [0, 'x'], /there is no entry/],
  ])('%s refuses what is odd, %#', async (name, given, said) => {
    const opened = [await both[0].conversation({ model: 'm' }), both[1].conversation({ model: 'm' })];
    const before = service.requests;
    for (const one of opened) {
      const error = await failureOf(async () => await Reflect.get(one, name)(...given));
      expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringMatching(said) });
    }
    expect(service.requests).toBe(before);
  });
});

describe('constructors', () => {
  const NAMES = [
    ...OPTIONS,
    'cache',
    'fallback',
    'retired',
    'organization',
    'backends',
    'use',
    'wrap',
    'env',
    'workerURL',
  ];
  const said = async (Face: new (given: never) => object, given: object): Promise<string> => {
    const error = await failureOf(() => new Face(untyped(given)));
    expect(error.code).toBe('invalid-request');
    return error.message;
  };

  it.each(NAMES)('name the option %s that is odd', async (name) => {
    const odd = [...Object.values(UNREADABLE), ...Object.values(GETTER), () => new Map(), () => 5n];
    for (const make of odd) {
      const message = await said(AsyncClient, { [name]: make() });
      expect(message).toContain(name);
      expect(await said(Client, { [name]: make() })).toBe(message);
      const provider = openaiCompatible({ baseURL: service.url });
      await said(MiniClient, { provider, [name]: make() });
    }
  });

  it.each(['backends', 'use', 'wrap', 'provider'])('refuse a list of holes as %s', async (name) => {
    for (const Face of [AsyncClient, Client])
      expect(await said(Face, { [name]: Object.assign([], { length: 2 ** 32 - 1 }) })).toContain(name);
  });

  it('refuse what are no options at all', async () => {
    for (const make of [
      ...Object.values(UNREADABLE),
      ...Object.values(GETTER),
      ...Object.values(NO_FIELDS),
    ]) {
      const message = await said(AsyncClient, untyped(make()));
      expect(await said(Client, untyped(make()))).toBe(message);
      await said(MiniClient, untyped(make()));
    }
  });

  it.each([
    [{ headers: new Map() }, /headers must be an object of texts/],
    [{ quirks: new Map() }, /quirks must be an object/],
    [{ embed: new Map() }, /embed must be an object/],
    [{ features: Object.assign([], { length: 3 }) }, /features\[0\] must be one of tools/],
    [{ apiKeyEnv: Object.assign([], { length: 3 }) }, /apiKeyEnv\[0\] must be a text/],
  ])('refuse a row whose field is odd, %#', async (field, what) => {
    const row = { id: 'mine', baseURL: 'http://127.0.0.1:1/v1', ...field };
    for (const Face of [AsyncClient, Client]) expect(await said(Face, { backends: [row] })).toMatch(what);
  });
});
