// Tokens: counted by the model's own vocabulary where it is public, estimated and said so otherwise, and never in more than linear time.
import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { cutRuns } from '../../src/tokens/cut-runs.ts';
import { measure } from '../../src/tokens/measure.ts';

it('counts by the vocabulary of the model', async () => {
  const texts = ['hello world', '', 'Grüße aus Zürich, 北京 und 🎉!'];
  expect(await measure({ model: 'gpt-4o', texts })).toEqual({
    contextLength: 128_000,
    vocabulary: 'o200k_base',
    counts: [2, 0, 11],
    isEstimate: false,
  });
  expect(await measure({ model: 'openai/gpt-4', texts: ['hello world'] })).toMatchObject({
    contextLength: 8192,
    vocabulary: 'cl100k_base',
    counts: [2],
  });
});

it('estimates for a model whose vocabulary is not public, and for one that it does not know', async () => {
  for (const model of ['claude-sonnet-4.5', 'gpt-6-sol', 'somebody-s-own']) {
    const { counts, isEstimate, vocabulary } = await measure({ model, texts: ['hello world'] });
    expect({ isEstimate, vocabulary }).toEqual({ isEstimate: true, vocabulary: 'estimate' });
    expect(counts[0]).toBeGreaterThan(0);
  }
  expect(await measure({ model: 'somebody-s-own', texts: [] })).not.toHaveProperty('contextLength');
});

it('takes the words of special tokens for words', async () => {
  const { counts } = await measure({ model: 'gpt-4o', texts: ['<|endoftext|>'] });
  expect(counts[0]).toBeGreaterThan(1);
});

it('gives a tokenizer no long run of letters, and loses none', () => {
  const long = 'a'.repeat(1_000_000);
  const pieces = [...cutRuns(long)];
  expect(Math.max(...pieces.map(({ length }) => length))).toBe(256);
  expect(pieces.join('')).toBe(long);
  const words = 'one two three '.repeat(10_000);
  expect([...cutRuns(words)].every(({ length }) => length <= 65_536)).toBe(true);
});

it('cuts between characters, whatever the text', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const pieces = [...cutRuns(text.repeat(3))];
      expect(pieces.join('')).toBe(text.repeat(3));
    }),
  );
  const pieces = [...cutRuns(`a${'🎉'.repeat(1000)}`)];
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
});

it('counts many equal letters in pieces, and estimates what is longer', async () => {
  const { counts, isEstimate } = await measure({ model: 'gpt-4o', texts: ['a'.repeat(200_000)] });
  expect(isEstimate).toBe(false);
  expect(counts[0]).toBeGreaterThan(20_000);
  const longer = await measure({ model: 'gpt-4o', texts: ['a '.repeat(600_000)] });
  expect(longer.isEstimate).toBe(true);
});
