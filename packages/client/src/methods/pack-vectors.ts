// Embeddings on their way between threads: the numbers of a vector take 8 bytes each, and in JSON more than twice that.
import type { EmbeddingResponse, EmbeddingVector } from '@g4f/core';
import type { Packed } from './packed.ts';

/** The answer without its vectors, and each vector as its 64-bit floats; vectors in base64 stay where they are. */
export const packVectors = (answer: EmbeddingResponse): Packed => {
  const bytes: Uint8Array[] = [];
  const data = answer.data.map((one) => {
    if (typeof one.embedding === 'string') return one;
    bytes.push(new Uint8Array(Float64Array.from(one.embedding).buffer));
    return { ...one, embedding: null };
  });
  return { json: { ...answer, data }, bytes };
};

/** The answer again. */
export const unpackVectors = ({ json, bytes }: Packed): EmbeddingResponse => {
  const answer = json as Omit<EmbeddingResponse, 'data'> & { readonly data: readonly PackedVector[] };
  let at = 0;
  return {
    ...answer,
    data: answer.data.map((one) => ({ ...one, embedding: one.embedding ?? numbersOf(bytes[at++]) })),
  };
};

interface PackedVector extends Omit<EmbeddingResponse['data'][number], 'embedding'> {
  readonly embedding: EmbeddingVector | null;
}

/** A copy, because a vector begins where the bytes of a record do, which need not be a multiple of 8. */
const numbersOf = (bytes: Uint8Array = new Uint8Array()): number[] =>
  Array.from(new Float64Array(bytes.slice().buffer));
