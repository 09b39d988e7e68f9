// The vectors of one answer, checked: one for each input, in their order, each a list of finite numbers.
import { G4FError } from '@g4f/core';
import type { RequestFacts } from '../http/failures/failure.ts';
import { numbersIn } from '../wires/decoding/vector.ts';
import type { ReadVector } from '../wires/embed-endpoint.ts';

/** Who gave the vectors, for errors. */
type Asked = Pick<RequestFacts, 'provider' | 'model'>;

/** An answer that cannot be used. */
const bad = (what: string, { provider, model }: Asked, scope?: 'provider'): G4FError =>
  new G4FError(`${provider}: ${what}. Try again or choose another provider.`, {
    code: 'bad-response',
    scope,
    provider,
    model,
  });

/**
 * The vectors in the order of the inputs: by their `index`, or as they stand where none has one.
 * @throws G4FError `bad-response` where they are too few or too many, two are for one input, or one is no vector.
 */
export function readVectors(
  vectors: readonly ReadVector[],
  inputs: number,
  asked: Asked,
): readonly number[][] {
  if (vectors.length !== inputs)
    throw bad(`the service gave ${counted(vectors.length, 'vector')} for ${counted(inputs, 'input')}`, asked);
  const isIndexed = vectors.some(({ index }) => index !== undefined);
  const ordered: number[][] = [];
  for (const [at, { index = -1, vector }] of vectors.entries()) {
    const place = isIndexed ? index : at;
    if (place < 0) throw bad('the service gave a vector without its index', asked);
    if (place >= inputs || ordered[place] !== undefined)
      throw bad(
        `the service gave index ${place} ${place >= inputs ? `for ${counted(inputs, 'input')}` : 'twice'}`,
        asked,
      );
    const numbers = numbersIn(vector);
    if (numbers === undefined)
      throw bad(`${kindOf(vector)} stands where vector ${place} was expected`, asked);
    ordered[place] = numbers;
  }
  return ordered;
}

/**
 * Checks that all vectors have one size.
 * @param dimensions the size that was asked for. @throws G4FError `bad-response` naming both sizes.
 */
export function checkSizes(
  vectors: readonly (readonly number[])[],
  dimensions: number | undefined,
  asked: Asked,
): void {
  const size = dimensions ?? vectors[0]?.length;
  const other = vectors.find(({ length }) => length !== size);
  if (other === undefined) return;
  // It would answer so again.
  throw bad(
    dimensions === undefined
      ? `the service gave vectors of ${size} and of ${other.length} numbers, which cannot be compared`
      : `the service gave a vector of ${other.length} numbers where dimensions: ${dimensions} was asked for`,
    asked,
    'provider',
  );
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const kindOf = (vector: unknown): string => {
  if (typeof vector === 'string') return 'text that is not base64 of 32-bit floats';
  if (!Array.isArray(vector) || vector.length === 0) return 'something else';
  return Array.isArray(vector[0])
    ? 'a list of lists (a vector for each token, of a model without pooling)'
    : 'a list with something else than finite numbers';
};
