// Embeddings cross between threads as they are, to the last bit.
import type { EmbeddingResponse } from '@g4f/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packVectors, unpackVectors } from '../../src/methods/pack-vectors.ts';

const vector = fc.oneof(fc.array(fc.double({ noNaN: true }), { maxLength: 20 }), fc.base64String());
const answer = (vectors: (number[] | string)[]): EmbeddingResponse => ({
  object: 'list',
  model: 'm',
  data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
});

it('numbers as bytes, wherever these begin, and texts as texts', () => {
  fc.assert(
    fc.property(fc.array(vector, { maxLength: 10 }), fc.integer({ min: 0, max: 9 }), (vectors, offset) => {
      const { json, bytes } = packVectors(answer(vectors));
      const moved = Array.from(bytes, (one) => {
        const longer = new Uint8Array(one.length + offset);
        longer.set(one, offset);
        return longer.subarray(offset);
      });
      expect(JSON.stringify(json)).not.toMatch(/"embedding":\[/);
      expect(unpackVectors({ json: JSON.parse(JSON.stringify(json)), bytes: moved })).toEqual(
        answer(vectors),
      );
    }),
  );
});
