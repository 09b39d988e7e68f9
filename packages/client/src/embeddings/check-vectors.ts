// Checks the vectors of an answer: whoever stores them cannot see later that one was missing or of another kind.
import { type Embedding, type EmbeddingRequest, type EmbeddingResponse, G4FError } from '@g4f/core';
import { withoutEnd } from '@g4f/core/internal';

/** @throws G4FError `bad-response` unless there is one vector for each input, in order, all in the same form and of one length. */
export const checkVectors = (
  { data }: EmbeddingResponse,
  { input, model, encoding_format = 'float' }: EmbeddingRequest,
  provider: string,
): void => {
  const wrong = (what: string): G4FError =>
    new G4FError(`${provider}: ${what}. Choose another provider.`, { code: 'bad-response', provider, model });
  if (data.length !== input.length)
    throw wrong(`${input.length} vectors were asked for, and ${data.length} came`);
  const [first] = data;
  data.forEach((vector, at) => {
    if (vector.index !== at) throw wrong(`the vector at ${at} has the index ${vector.index}`);
    if (typeof vector.embedding !== (encoding_format === 'base64' ? 'string' : 'object'))
      throw wrong(`the vector at ${at} is not in the form ${encoding_format}`);
    if (first !== undefined && lengthOf(vector) !== lengthOf(first))
      throw wrong(`vectors of ${lengthOf(first)} and of ${lengthOf(vector)} numbers came in one answer`);
  });
};

/** In numbers; base64 writes 4 bytes of each. */
const lengthOf = ({ embedding }: Embedding): number =>
  typeof embedding === 'string' ? Math.floor((withoutEnd(embedding, '=').length * 3) / 16) : embedding.length;
