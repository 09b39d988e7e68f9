// Who answers `embeddings.create`: providers that can, of the very model, one after the other.
import { G4FError } from '@g4f/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { EmbeddingParams } from '../../src/surface/embeddings.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { stock } from '../fake-catalog.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';
import { embedding, fakeEmbedder } from './fake-embedder.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

beforeEach(() => stock());

const client = new AsyncClient({ env: {}, maxRetries: 0 });
const embed = (params: Partial<EmbeddingParams> & object, options: CallOptions = {}) =>
  client.embeddings.create({ model: 'vectors', input: 'x', ...params }, options);
const failure = (params: object, options?: CallOptions): Promise<G4FError> =>
  failureOf(embed(params, options));

describe('who answers', () => {
  const failing = (id: string) =>
    fakeEmbedder(
      id,
      embedding(() => {
        throw new G4FError(`${id}: 500 down.`, { code: 'server' });
      }),
    );

  it('another provider of the same model, when one fails', async () => {
    stock(failing('broken'), fakeEmbedder('well'));
    expect((await embed({})).provider).toBe('well');
  });

  it('nobody else: a fallback is another model, whose vectors could not be compared', async () => {
    stock(failing('broken'), fakeEmbedder('other', embedding(), { modelsFor: { embed: { others: 'o' } } }));
    expect(await failure({}, { fallback: 'other' })).toMatchObject({
      code: 'server',
      message: 'broken: 500 down.',
    });
  });

  it('only those that embed: a model that is for chat is not found', async () => {
    stock(fakeProvider('chatter', saying('x')), fakeEmbedder('acme'));
    expect(await failure({ model: 'family' })).toMatchObject({ code: 'model-not-found' });
    expect(
      await failureOf(client.chat.completions.create({ model: 'vectors', messages: 'x' })),
    ).toMatchObject({
      code: 'model-not-found',
    });
  });

  it('without a key: the error says what embeds without one', async () => {
    stock(fakeEmbedder('keyed', embedding(), { key: 'required', env: ['KEYED_KEY'] }));
    expect(await failure({})).toMatchObject({
      code: 'no-provider',
      message:
        'no provider could answer "vectors". keyed: set KEYED_KEY | Without any key: the model "all-minilm-l6-v2" embeds on this machine, once "npm install @g4f/local-runtime" has been run',
    });
  });

  it('a model that is known to chat only is not taken for one that embeds', async () => {
    stock(
      fakeEmbedder('openai', embedding(), {
        models: { 'gpt-4o': 'gpt-4o' },
        modelsFor: { embed: { 'gpt-4e': 'gpt-4e' } },
      }),
    );
    expect(await failure({ model: 'gpt-4o' })).toMatchObject({
      code: 'model-not-found',
      message:
        'no provider offers a model called "gpt-4o" to embed with. It is a model to chat with: use chat.completions.create. Did you mean gpt-4e? models.list() names the families; a provider\'s own model is asked for as "provider:id" or with provider.',
    });
  });

  it.each(['chatter:x', 'chatter:family'])(
    'not a provider that cannot, named before the model: %s',
    async (model) => {
      stock(fakeProvider('chatter', saying('x')), fakeEmbedder('acme'));
      expect((await failure({ model })).message).toBe(
        'chatter: this provider cannot embed. Those that can: acme.',
      );
      const asked = client.chat.completions.create({ model: 'acme:vectors', messages: 'x' });
      expect((await failureOf(asked)).message).toBe(
        'acme: this provider cannot chat. Choose another provider.',
      );
    },
  );

  it('those of a list that can; the others are only told of', async () => {
    stock(fakeProvider('chatter', saying('x')), fakeEmbedder('acme'), failing('broken'));
    expect((await embed({}, { provider: ['chatter', 'acme'] })).provider).toBe('acme');
    expect((await embed({}, { provider: ['broken', 'chatter', 'acme'] })).provider).toBe('acme');
    expect((await failure({}, { provider: ['chatter', 'chatter'] })).message).toBe(
      'chatter: this provider cannot embed. Those that can: acme, broken.',
    );
  });

  it('a model to embed with is named as one where it is to chat', async () => {
    stock(fakeProvider('chatter', saying('x')), fakeEmbedder('acme'));
    const asked = client.chat.completions.create({ model: 'vectors', messages: 'x' });
    expect((await failureOf(asked)).message).toContain(
      'It is a model to embed with: use embeddings.create. ',
    );
  });

  it('not a provider that cannot: those that can are named', async () => {
    stock(fakeProvider('chatter', saying('x')), fakeEmbedder('acme'), fakeEmbedder('best'));
    expect(await failure({}, { provider: 'chatter' })).toMatchObject({
      code: 'invalid-request',
      message: 'chatter: this provider cannot embed. Those that can: acme, best.',
    });
  });
});
