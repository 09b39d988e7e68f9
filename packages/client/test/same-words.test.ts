// One fault is told in one way: by AsyncClient, by Client, and by the small client where it is a fault of its own, too.
import { openaiCompatible } from '@g4f/providers';
import { afterAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import { failureOf } from './fake-provider.ts';

class Own {
  readonly field = 1;
}
const untyped = (value: unknown): never => value as never;
// Nobody is asked: what is wrong is told before.
const baseURL = 'http://127.0.0.1:9/v1';
const provider = openaiCompatible({ baseURL });
const sync = new Client({ baseURL });
afterAll(() => sync.close());

const said = async (doing: () => unknown): Promise<string> => {
  const { code, message } = await failureOf(async () => doing());
  expect(code).toBe('invalid-request');
  return message;
};

describe('of an option of the constructor', () => {
  const making = (options: object) => [
    () => new AsyncClient(untyped(options)),
    () => new Client(untyped(options)),
    () => new SmallClient(untyped({ provider, ...options })),
  ];

  it.each<[object, RegExp]>([
    [{ fetch: () => 1 }, /^there is no option "fetch"/],
    [{ baseUrl: baseURL }, /^there is no option "baseUrl". Did you mean baseURL\?$/],
    [{ defaultHeaders: {} }, /^there is no option "defaultHeaders"/],
    [{ baseURL: 5 }, /^baseURL must be/],
    [{ proxy: 'nowhere' }, /^proxy must be/],
    [{ timeout: 'soon' }, /^timeout/],
    [{ signal: {} }, /^signal must be an AbortSignal/],
    [{ maxRetries: -1 }, /^maxRetries must be/],
    [{ extraBody: { a: () => 1 } }, /^extraBody\.a: plain data was expected, got a function\.$/],
    [{ extraBody: { a: new Own() } }, /^extraBody\.a: plain data was expected, got an instance of Own\.$/],
    [{ headers: 5 }, /^headers must be a plain object/],
    [{ organization: 5 }, /^organization must be/],
    [{ env: 5 }, /^env must be an object of variables/],
  ])('%j', async (options, words) => {
    const [first, ...others] = await Promise.all(making(options).map(said));
    expect(first).toMatch(words);
    expect(others).toEqual([first, first]);
  });

  it.each<[object, RegExp]>([
    [{ provider: Own }, /^provider must be the id of a provider.* it is a function\.$/],
    [{ provider: { id: 5, chat: () => 1 } }, /^provider must be the id of a provider/],
    [{ apiKey: () => 'sk-1' }, /^apiKey must be a string, a list/],
    [{ env: { A: () => 1 } }, /^env\.A must be a text/],
    [{ zzz: () => 1 }, /^there is no option "zzz"/],
  ])('%j, of the two of them that know names', async (options, words) => {
    const [first, second] = await Promise.all(making(options).slice(0, 2).map(said));
    expect(first).toMatch(words);
    expect(second).toBe(first);
  });
});

describe.each([false, true])('of a call, streamed: %s', (stream) => {
  const hello = { model: 'm', messages: 'x', stream };
  const calling = (given: readonly unknown[]) =>
    [new AsyncClient({ baseURL }), sync, new SmallClient({ provider })].map(({ chat }) => async () => {
      const answer: unknown = await Reflect.apply(chat.completions.create, chat.completions, given);
      for await (const _chunk of untyped(answer) as AsyncIterable<unknown>);
    });

  it.each<[string, readonly unknown[], RegExp]>([
    ['nothing', [], /^create\(\) takes an object/],
    ['a list', [[hello]], /^create\(\) takes an object/],
    [
      'no model',
      [{ messages: 'x', stream }],
      /^model: the name of a model was expected, but it is missing\.$/,
    ],
    ['a model that is no name', [{ ...hello, model: 5 }], /^model: .* got the number 5\.$/],
    ['no messages', [{ model: 'm', stream }], /^messages: a string or a list .*but it is missing\.$/],
    ['an empty list of messages', [{ ...hello, messages: [] }], /^messages: .*got an empty list\.$/],
    ['a message that is none', [{ ...hello, messages: [5] }], /^messages\[0\]: a message .*number 5\.$/],
    [
      'a message of nobody',
      [{ ...hello, messages: [{ content: 'x' }] }],
      /^messages\[0\]\.role: one of .*missing\.$/,
    ],
    [
      'an instance',
      [{ ...hello, user: new Own() }],
      /^user: plain data was expected, got an instance of Own\.$/,
    ],
    ['a function', [{ ...hello, user: () => 1 }], /^user: plain data was expected, got a function\.$/],
    ['a bigint', [{ ...hello, seed: 1n }], /^seed: plain data was expected, got a bigint\.$/],
    ['no number', [{ ...hello, temperature: Number.NaN }], /^temperature: .*got the number NaN\.$/],
    ['an option of the client', [{ ...hello, env: {} }], /^env/],
    ['headers among the parameters', [{ ...hello, headers: { a: 'b' } }], /^headers has no place among/],
    ['a key that is misspelt', [{ ...hello, apikey: 'x' }], /^there is no option "apikey"/],
    ['a signal that is none', [{ ...hello, signal: 5 }], /^signal must be an AbortSignal/],
    ['an option that there is not', [hello, { baseUrl: baseURL }], /^there is no option "baseUrl"/],
    ['no options', [hello, 5], /./],
    ['a function among the options', [hello, { extraBody: { a: () => 1 } }], /^extraBody\.a: plain data was/],
  ])('%s', async (_name, given, words) => {
    const [first, ...others] = await Promise.all(calling(given).map(said));
    expect(first).toMatch(words);
    expect(others).toEqual([first, first]);
  });

  it.each<[string, object]>([
    ['a class', { provider: Own }],
    ['an object', { provider: { order: ['x'] } }],
  ])('a provider that is %s, of the two of them that know names', async (_name, options) => {
    const [first, second] = await Promise.all(
      calling([{ ...hello, ...options }])
        .slice(0, 2)
        .map(said),
    );
    expect(first).toMatch(/^provider must be the id of a provider/);
    expect(second).toBe(first);
  });
});
