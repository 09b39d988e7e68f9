// `embeddings.create`: what is asked of a provider, and what its answer must be.
import type { Context, EmbeddingRequest, G4FError, Provider } from '@g4f/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { EmbeddingParams } from '../../src/surface/embeddings.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { stock } from '../fake-catalog.ts';
import { failureOf } from '../fake-provider.ts';
import { embedding, fakeEmbedder, vectorsFor } from './fake-embedder.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

beforeEach(() => stock());

const client = new AsyncClient({ env: {}, maxRetries: 0 });
const embed = (params: Partial<EmbeddingParams> & object, options: CallOptions = {}) =>
  client.embeddings.create({ model: 'vectors', input: 'x', ...params }, options);
const failure = (params: object, options?: CallOptions): Promise<G4FError> =>
  failureOf(embed(params, options));

/** A provider that remembers what it was asked. */
const recorder = (): { readonly asked: [EmbeddingRequest, Context][]; readonly provider: Provider } => {
  const asked: [EmbeddingRequest, Context][] = [];
  const provider = fakeEmbedder('recorder', (request, context) => {
    asked.push([request, context]);
    return embedding()(request, context);
  });
  return { asked, provider };
};

describe('what is asked', () => {
  it.each([
    ['one text', 'a', ['a']],
    ['several texts', ['a', 'b'], ['a', 'b']],
    ['the tokens of one text', [1, 2], [[1, 2]]],
    ['the tokens of several', [[1, 2], [3]], [[1, 2], [3]]],
  ])('is always a list: %s', async (_, input, list) => {
    const { asked, provider } = recorder();
    await embed({ input }, { provider });
    expect(asked[0]?.[0]).toEqual({ model: 'recorder-vectors', input: list });
  });

  it("has the parameters that are set, a service's own among them; null says nothing", async () => {
    const { asked, provider } = recorder();
    const params = { dimensions: 2, encoding_format: null, user: 'u', input_type: 'query' };
    await embed(params, { provider, extraBody: { truncate: 'END' } });
    const [request, context] = asked[0] ?? [];
    expect(request).toEqual({
      model: 'recorder-vectors',
      input: ['x'],
      dimensions: 2,
      user: 'u',
      input_type: 'query',
    });
    expect(context?.extraBody).toEqual({ truncate: 'END' });
  });

  it.each<[object, string]>([
    [
      { input: undefined },
      'input: a text, a list of texts, a list of tokens, or a list of such lists was expected, but it is missing.',
    ],
    [
      { input: [] },
      'input: a text, a list of texts, a list of tokens, or a list of such lists was expected, got an empty list.',
    ],
    [{ input: ['a', 1] }, 'input[1]: a text, as before it in the list, was expected, got the number 1.'],
    [{ input: [1, 'a'] }, 'input[1]: a token (a whole number) was expected, got a text.'],
    [{ input: [[1], []] }, 'input[1]: a list of at least one token was expected, got an empty list.'],
    [{ input: [1.5] }, 'input[0]: a token (a whole number) was expected, got the number 1.5.'],
    [{ input: [{}] }, 'input[0]: a text or a list of tokens was expected, got an object.'],
    [{ model: '' }, 'model: the name of a model was expected, got an empty string.'],
    [{ dimensions: 0 }, 'dimensions: a whole number above 0 was expected, got the number 0.'],
    [{ dimensions: '8' }, 'dimensions: a whole number above 0 was expected, got the string "8".'],
    [{ encoding_format: 'hex' }, 'encoding_format: "float" or "base64" was expected, got the string "hex".'],
    [{ user: 5 }, 'user: a string was expected, got the number 5.'],
    [{ task: () => 1 }, 'task: plain data was expected, got a function.'],
    [
      { apiKey: 'k' },
      "apiKey has no place among the parameters, which may be an end user's: give it in the second argument, create(params, { apiKey }), or to the constructor.",
    ],
  ])('is refused before anybody is asked: %j', async (params, message) => {
    const { asked, provider } = recorder();
    expect(await failure(params, { provider })).toMatchObject({ code: 'invalid-request', message });
    expect(asked).toEqual([]);
  });

  it('that is misspelt is warned of', async () => {
    const { provider } = recorder();
    const { warnings } = await embed({ ...{ dimension: 2 } }, { provider });
    expect(warnings).toEqual([
      'the parameter "dimension" is not known: sent as it is. Did you mean dimensions?',
    ]);
  });
});

describe('the answer', () => {
  it("has OpenAI's shape, and says who answered", async () => {
    const answer = await embed({ input: ['a', 'bc'] }, { provider: fakeEmbedder('acme') });
    expect(answer).toEqual({
      object: 'list',
      data: [
        { object: 'embedding', index: 0, embedding: [0, 1] },
        { object: 'embedding', index: 1, embedding: [1, 2] },
      ],
      model: 'acme-vectors',
      usage: { prompt_tokens: 3, total_tokens: 3 },
      provider: 'acme',
    });
  });

  it.each<[string, (request: EmbeddingRequest) => ReturnType<typeof vectorsFor>, string]>([
    [
      'a vector is missing',
      (request) => ({ ...vectorsFor(request), data: vectorsFor(request).data.slice(1) }),
      'acme: 2 vectors were asked for, and 1 came. Choose another provider.',
    ],
    [
      'vectors change places',
      (request) => ({ ...vectorsFor(request), data: [...vectorsFor(request).data].reverse() }),
      'acme: the vector at 0 has the index 1. Choose another provider.',
    ],
    [
      'vectors differ in length',
      (request) => ({
        ...vectorsFor(request),
        data: vectorsFor(request).data.map((one) => ({
          ...one,
          embedding: Array<number>(2 + one.index).fill(0),
        })),
      }),
      'acme: vectors of 2 and of 3 numbers came in one answer. Choose another provider.',
    ],
    [
      'vectors come in another form',
      (request) => ({
        ...vectorsFor(request),
        data: vectorsFor(request).data.map((one) => ({ ...one, embedding: 'AAAA' })),
      }),
      'acme: the vector at 0 is not in the form float. Choose another provider.',
    ],
  ])('is refused when %s', async (_, answer, message) => {
    const provider = fakeEmbedder('acme', embedding(answer));
    expect(await failure({ input: ['a', 'b'] }, { provider })).toMatchObject({
      code: 'bad-response',
      message,
    });
  });

  it('is refused when there is none', async () => {
    const provider = fakeEmbedder('acme', () => (async function* () {})());
    expect(await failure({}, { provider })).toMatchObject({
      code: 'bad-response',
      message: 'acme: the answer is empty. Try again or choose another provider.',
    });
  });

  it('in base64 is counted by its numbers', async () => {
    const provider = fakeEmbedder(
      'acme',
      embedding(({ input }) => ({
        object: 'list',
        model: 'm',
        data: [...input].map((_, index) => ({
          object: 'embedding',
          index,
          embedding: Buffer.from(new Float32Array(2 + index).buffer).toString('base64'),
        })),
      })),
    );
    const { data } = await embed({ encoding_format: 'base64' }, { provider });
    expect(data[0]?.embedding).toBe('AAAAAAAAAAA=');
    expect((await failure({ input: ['a', 'b'], encoding_format: 'base64' }, { provider })).message).toBe(
      'acme: vectors of 2 and of 3 numbers came in one answer. Choose another provider.',
    );
  });
});

describe('a provider that does not answer', () => {
  const deaf = fakeEmbedder('deaf', async function* (request) {
    await new Promise(() => undefined);
    yield vectorsFor(request);
  });

  it('is given up at its deadline', async () => {
    expect(await failure({}, { provider: deaf, timeout: { firstContent: 1 } })).toMatchObject({
      code: 'timeout',
      phase: 'first-content',
      provider: 'deaf',
    });
  });

  it('is left when the caller leaves', async () => {
    const leaving = new AbortController();
    const failed = failure({}, { provider: deaf, signal: leaving.signal });
    leaving.abort();
    expect(await failed).toMatchObject({ code: 'aborted' });
  });
});

it('a closed client embeds no more', async () => {
  const closed = new AsyncClient({ env: {}, provider: fakeEmbedder('acme') });
  closed.close();
  expect(await failureOf(closed.embeddings.create({ model: 'vectors', input: 'x' }))).toMatchObject({
    code: 'invalid-request',
  });
});
