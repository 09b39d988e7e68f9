// `provider: 'id:model'`: the program names a model for each provider, whatever the call's model is called.
import type { Batch, ChatRequest, Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/index.ts';

const row = (id: string) => ({
  id,
  baseURL: `http://127.0.0.1:9/${id}`,
  models: { 'model-a': `${id}-own-a` },
});

/** A client of two rows, and who was asked for what; those in `failing` are out of order. */
function clientOf(failing: readonly string[] = []) {
  const asked: string[] = [];
  const wrap = (provider: Provider): Provider => ({
    ...provider,
    async *chat(request: ChatRequest): AsyncGenerator<Batch> {
      asked.push(`${provider.id} ${request.model}`);
      if (failing.includes(provider.id) || failing.includes(request.model)) throw new Error('out of order');
      yield [{ type: 'answer-start', id: 'a', model: request.model, created: 1 }];
      yield [{ type: 'text-delta', text: 'Hello' }];
      yield [{ type: 'finish', reason: 'stop' }];
    },
  });
  const client = new AsyncClient({ backends: [row('one'), row('two')], wrap, maxRetries: 0, env: {} });
  const ask = (provider: string | readonly string[]) =>
    client.chat.completions.create({ model: 'fast', messages: 'Hi' }, { provider });
  const keyed = (provider: readonly string[]) =>
    client.chat.completions.create({ model: 'fast', messages: 'Hi' }, { provider, apiKey: 'k' });
  return { client, asked, ask, keyed };
}

describe('provider with a model', () => {
  it('is asked for that model, by the family’s name or its own', async () => {
    const { asked, ask } = clientOf();
    expect((await ask('one:model-a')).model).toBe('one-own-a');
    await ask('two:something:8b');
    expect(asked).toEqual(['one one-own-a', 'two something:8b']);
  });

  it('stands in a list in order, the same provider twice as well', async () => {
    const { asked, ask } = clientOf(['one', 'x']);
    expect((await ask(['one:model-a', 'two:x', 'two:y'])).provider).toBe('two');
    expect(asked).toEqual(['one one-own-a', 'two x', 'two y']);
  });

  it('leaves the call’s model to those that name none', async () => {
    const { asked, ask } = clientOf(['one']);
    await ask(['one:model-a', 'two']);
    expect(asked).toEqual(['one one-own-a', 'two fast']);
  });

  it('is asked once where it is named twice, and one key is for it', async () => {
    const { asked, ask, keyed } = clientOf(['x', 'y']);
    await expect(ask(['two:x', 'two:x'])).rejects.toThrow('out of order');
    expect(asked).toEqual(['two x']);
    await expect(keyed(['two:y', 'two:x', 'two:y'])).rejects.toThrow('out of order');
    expect(asked).toEqual(['two x', 'two y', 'two x']);
    expect((await keyed(['one', 'one'])).provider).toBe('one');
  });

  it('stands in a list of bounded length, whoever wrote it', async () => {
    const { client, ask } = clientOf();
    const names = (count: number) => Array.from({ length: count }, (_, i) => `ol${i}`);
    await expect(ask(names(257))).rejects.toThrow(
      'provider must be a provider or a list of 1 to 256; it is a list.',
    );
    await expect(ask(names(256))).rejects.toThrow('no provider is called "ol0"');
    const params = { model: 'fast', messages: 'Hi', provider: names(200_000) } as const;
    await expect(client.chat.completions.create(params)).rejects.toThrow('a list of 1 to 256');
  });

  it('gives one key to no two providers', async () => {
    const { client, asked } = clientOf();
    const options = { provider: ['one:a', 'two:b'], apiKey: 'secret-key-of-one' };
    await expect(client.chat.completions.create({ model: 'fast', messages: 'Hi' }, options)).rejects.toThrow(
      /not clear whose/,
    );
    expect(asked).toEqual([]);
  });

  it('makes vectors of one model alone, which could not be compared otherwise', async () => {
    const { client } = clientOf();
    const embed = (provider: readonly string[]) =>
      client.embeddings.create({ model: 'vectors', input: 'Hi' }, { provider });
    await expect(embed(['one:e5', 'two:bge'])).rejects.toThrow(/vectors cannot be compared/);
    await expect(embed(['one:e5', 'two:e5'])).rejects.not.toThrow(/compared/);
  });

  it('says that there is no such provider', async () => {
    await expect(clientOf().ask('onne:model-a')).rejects.toThrow(/no provider is called "onne"/);
  });
});
