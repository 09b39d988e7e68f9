// `wrap`: what a client asks in the place of each provider that is loaded.
import type { Provider } from '@g4f/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { WrapProvider } from '../../src/surface/middleware.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import { stock } from '../fake-catalog.ts';
import { collect, failureOf, fakeProvider, saying, wordsOf } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

afterEach(() => stock());

const hello = { model: 'family', messages: 'x' } as const;

/** Wraps a provider so that it says something before, and tells which it was given. */
const greeting =
  (given: Provider[]): WrapProvider =>
  (provider) => {
    given.push(provider);
    return {
      ...provider,
      async *chat(request, context) {
        for await (const batch of provider.chat?.(request, context) ?? [])
          yield batch.map((event) =>
            event.type === 'text-delta' ? { ...event, text: `<${event.text}>` } : event,
          );
      },
    };
  };

describe('wrap', () => {
  it('is asked for each provider once, and that one answers from then on', async () => {
    const [one, two] = [fakeProvider('one', saying('1')), fakeProvider('two', saying('2'))];
    stock(one, two);
    const given: Provider[] = [];
    const client = new AsyncClient({ env: {}, wrap: greeting(given) });
    for (const provider of ['one', 'two', 'one'])
      expect((await client.chat.completions.create({ ...hello, provider })).choices[0]?.message.content).toBe(
        `<${provider === 'one' ? 1 : 2}>`,
      );
    expect(wordsOf(await collect(client.chat.completions.create({ ...hello, stream: true })))).toBe('<1>');
    expect(given).toEqual([one, two]);
  });

  it('holds for a provider that a call brings, for embeddings, and for lists of models', async () => {
    const given: string[] = [];
    const wrap: WrapProvider = (provider) => {
      given.push(provider.id);
      return {
        ...provider,
        async *embed(request, context) {
          for await (const answer of provider.embed?.(request, context) ?? [])
            yield { ...answer, model: 'wrapped' };
        },
        listModels: async () => [{ id: 'wrapped' }],
      };
    };
    const client = new AsyncClient({ env: {}, wrap });
    const provider = fakeEmbedder('brought');
    for (let call = 0; call < 2; call++)
      expect(await client.embeddings.create({ model: 'vectors', input: 'x' }, { provider })).toMatchObject({
        model: 'wrapped',
        provider: 'brought',
      });
    const { data } = await client.models.list({ provider });
    expect(data.map(({ id }) => id)).toEqual(['wrapped']);
    expect(given).toEqual(['brought']);
  });

  it('is nothing to other clients of the process', async () => {
    const provider = fakeProvider('shared', saying('x'));
    const given: Provider[] = [];
    const wrap = greeting(given);
    const ask = async (client: AsyncClient) =>
      (await client.chat.completions.create(hello)).choices[0]?.message.content;
    expect(await ask(new AsyncClient({ env: {}, provider, wrap }))).toBe('<x>');
    expect(await ask(new AsyncClient({ env: {}, provider }))).toBe('x');
    expect(await ask(new AsyncClient({ env: {}, provider, wrap }))).toBe('<x>');
    expect(given).toEqual([provider, provider]);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'another id',
      { ...fakeProvider('other', saying('x')) },
      /with the id "one".* gave one with the id "other"/,
    ],
    ['nothing', undefined, /it gave undefined/],
    ['a promise', Promise.resolve(), /with the id "one"/],
  ])('must give a provider of that id: %s', async (_, wrapped, message) => {
    const provider = fakeProvider('one', saying('x'));
    const client = new AsyncClient({ env: {}, provider, wrap: () => wrapped as Provider });
    const error = await failureOf(client.chat.completions.create(hello));
    expect(error).toMatchObject({ code: 'invalid-request', provider: 'one' });
    expect(error.message).toMatch(message);
  });

  it('that throws is named, and no failure of the provider', async () => {
    const client = new AsyncClient({
      env: {},
      provider: fakeProvider('one', saying('x')),
      wrap() {
        throw new RangeError('boom');
      },
    });
    const error = await failureOf(client.chat.completions.create(hello));
    expect(error).toMatchObject({ code: 'internal', message: 'one: wrap failed: boom' });
    expect(await client.health()).toMatchObject([{ failures: 0 }]);
  });
});
