// Embeddings on their way between threads: the numbers of a vector take 8 bytes each, and in JSON more than twice that.
import type { EmbeddingResponse, EmbeddingVector } from '@g4f/core';
import type { Packed } from './packed.ts';

/** The answer without its vectors, and each vector as its 64-bit floats, made when it is taken; vectors in base64 stay where they are. */
export const packVectors = (answer: EmbeddingResponse): Packed => ({
  json: { ...answer, data: answer.data.map(withoutNumbers) },
  bytes: numbersIn(answer),
});

const withoutNumbers = (one: EmbeddingResponse['data'][number]): PackedVector =>
  typeof one.embedding === 'string' ? one : { ...one, embedding: null };

function* numbersIn({ data }: EmbeddingResponse): Generator<Uint8Array> {
  for (const { embedding } of data)
    if (typeof embedding !== 'string') yield new Uint8Array(Float64Array.from(embedding).buffer);
}

/** The answer again. */
export const unpackVectors = ({ json, bytes }: Packed): EmbeddingResponse => {
  const answer = json as Omit<EmbeddingResponse, 'data'> & { readonly data: readonly PackedVector[] };
  const all = bytes[Symbol.iterator]();
  return {
    ...answer,
    data: answer.data.map((one) => ({ ...one, embedding: one.embedding ?? numbersOf(all.next().value) })),
  };
};

interface PackedVector extends Omit<EmbeddingResponse['data'][number], 'embedding'> {
  readonly embedding: EmbeddingVector | null;
}

/** A copy, because the bytes of a record may be part of a larger piece of memory, and begin anywhere in it. */
const numbersOf = (bytes: Uint8Array = new Uint8Array()): number[] =>
  Array.from(new Float64Array(new Uint8Array(bytes).buffer));
