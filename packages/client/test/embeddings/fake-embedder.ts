// Providers that embed, as a test makes them up.
import type { EmbeddingRequest, EmbeddingResponse, Provider } from '@g4f/core';

type Embed = NonNullable<Provider['embed']>;

/** Two numbers that tell which input a vector is of: its place, and its length. */
export const vectorsFor = ({ input, model }: EmbeddingRequest): EmbeddingResponse => ({
  object: 'list',
  data: [...input].map((one, index) => ({ object: 'embedding', index, embedding: [index, one.length] })),
  model,
  usage: { prompt_tokens: 3, total_tokens: 3 },
});

/** Answers each request with what is made of it. */
export const embedding = (answer: (request: EmbeddingRequest) => EmbeddingResponse = vectorsFor): Embed =>
  async function* (request) {
    yield answer(request);
  };

/** A provider that only embeds: the family `vectors`, as `<id>-vectors`. */
export const fakeEmbedder = (
  id: string,
  embed: Embed = embedding(),
  facts: Partial<Provider> = {},
): Provider => ({
  id,
  name: id,
  website: 'https://example.com',
  key: 'none',
  models: {},
  modelsFor: { embed: { vectors: `${id}-vectors` } },
  embed,
  ...facts,
});
