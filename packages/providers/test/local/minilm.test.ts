// The real embedding model. Needs its runtime and its weights (the first embedding fetches them); says so when they are missing.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddingRequest } from '@g4f/core';
import { afterAll, describe, expect, it } from 'vitest';
import local from '../../src/backends/local.ts';
import { closeEngines } from '../../src/local/engine/engine.ts';
import { findRuntime } from '../../src/local/engine/runtime.ts';
import { cacheFolder } from '../../src/local/weights/cache-folder.ts';
import { MINILM } from '../../src/local/weights/model.ts';
import { lend } from './fake-sources.ts';

const weights = join(cacheFolder(process.env), 'models', MINILM.weights.file);
const missing =
  findRuntime({}) === undefined
    ? 'the runtime is not installed'
    : statSync(weights, { throwIfNoEntry: false }) === undefined
      ? `${MINILM.weights.file} has not been fetched yet; embed once`
      : undefined;

if (missing !== undefined) console.warn(`The tests of the real embedding model are skipped: ${missing}.`);

/** From the cache, where it is checked by its hash; nothing is fetched if it is another. */
const context = {
  ...lend({
    PATH: '/nowhere',
    G4F_CACHE_DIR: cacheFolder(process.env),
    HF_ENDPOINT: 'http://127.0.0.1:1',
  }),
  warn: () => {},
};

const embed = async (input: EmbeddingRequest['input'], more: Partial<EmbeddingRequest> = {}) => {
  for await (const answer of local.embed({ model: 'all-minilm-l6-v2', input, ...more }, context))
    return answer;
  throw new Error('it did not answer');
};
const vectors = async (...texts: readonly string[]): Promise<readonly (readonly number[])[]> =>
  (await embed(texts)).data.map(({ embedding }) => (typeof embedding === 'string' ? [] : embedding));

/** The cosine of two vectors of length 1. */
const nearness = (one: readonly number[] = [], two: readonly number[] = []): number =>
  one.reduce((sum, number, at) => sum + number * (two[at] ?? Number.NaN), 0);

afterAll(closeEngines);

describe.skipIf(missing)(`all-MiniLM-L6-v2${missing ? ` (skipped: ${missing})` : ''}`, () => {
  // The numbers were computed apart from this engine, from the tensors, by the model's architecture.
  it.each([
    ['A man is eating food.', [0.033242, 0.004406, -0.006277, 0.048379, -0.138702, -0.033617]],
    ['Crème brûlée is a French dessert, naïve café!', [0.04014, -0.058734, 0.002293, -0.024748, -0.008107]],
  ])('gives the vector that the model gives: %s', async (text, numbers) => {
    const [vector] = await vectors(text);
    expect(vector).toHaveLength(384);
    for (const [at, number] of numbers.entries()) expect(vector?.[at]).toBeCloseTo(number, 3);
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 6);
    expect(vector?.every((number) => number === Math.fround(number))).toBe(true);
  });

  it.each([
    [
      'A man is eating food.',
      'A man is eating a piece of bread.',
      'The girl is carrying a baby.',
      'A cheetah is running behind its prey.',
    ],
    [
      'How do I reset my password?',
      'I forgot my login and need a new one.',
      'The train to Berlin leaves at noon.',
      'Fold the egg whites into the batter.',
    ],
    [
      'def add(a, b): return a + b',
      'A Python function that sums two numbers.',
      'A poem about the autumn wind.',
      'The patient has a fever.',
    ],
  ])('tells what is near from what is far: %s', async (...texts) => {
    const [text, near, ...far] = await vectors(...texts);
    for (const other of far) expect(nearness(text, near)).toBeGreaterThan(nearness(text, other) + 0.2);
  });

  it('gives the same vector for a text whatever stands beside it, and in base64', async () => {
    const [alone] = await vectors('one');
    expect((await vectors('two', 'one', 'three'))[1]).toEqual(alone);
    const [inText] = (await embed(['one'], { encoding_format: 'base64' })).data;
    const bytes = Uint8Array.from(Buffer.from(String(inText?.embedding), 'base64'));
    expect([...new Float32Array(bytes.buffer)]).toEqual(alone);
  });

  it('reads 256 tokens, and no more', async () => {
    const words = (count: number): string => 'word '.repeat(count);
    expect((await embed([words(254)])).usage).toEqual({ prompt_tokens: 256, total_tokens: 256 });
    await expect(embed(['short', words(255)])).rejects.toMatchObject({
      code: 'context-length',
      message: expect.stringMatching(
        /^local: input\[1\] has 257 tokens, and the limit of all-minilm-l6-v2 is 256\./,
      ),
    });
  });

  it('takes no words for special tokens, and has a vector for an empty text', async () => {
    const { usage } = await embed(['[SEP] [CLS] [MASK]']);
    // [, sep, ], [, cl, s, ], [, mask, ]; and the two around them.
    expect(usage?.prompt_tokens).toBe(3 + 4 + 3 + 2);
    expect((await embed(['', ' \n'])).usage?.prompt_tokens).toBe(4);
  });
});
