// Gemini's embeddings → ours, and back. Source: https://ai.google.dev/api/embeddings
import type { EmbeddingResponse } from '@g4f/core';
import { refuse } from '../../failure/refusal.ts';
import {
  asText,
  definedFields,
  givenNumber,
  givenObject,
  type Json,
  readObjects,
  without,
} from '../../json/json.ts';
import { partsOf } from './content.ts';
import { camelFields } from './fields.ts';

const TRANSLATED: ReadonlySet<string> = new Set(['model', 'content', 'outputDimensionality']);

/** The parameters for one text. @throws Refusal 400 */
export const readEmbed = (given: Json, model: string): Json => readRequests([given], model);

/** The parameters for many: what is said beside the first text holds for all. @throws Refusal 400 */
export const readBatch = ({ requests }: Json, model: string): Json =>
  readRequests(readObjects(requests, 'requests'), model);

function readRequests(given: readonly Json[], model: string): Json {
  const requests = given.map(camelFields);
  const [first = {}] = requests;
  return {
    ...without(first, TRANSLATED),
    model,
    input: requests.map(textOf),
    ...definedFields({ dimensions: givenNumber(first.outputDimensionality, 'outputDimensionality') }),
  };
}

function textOf({ content }: Json): string {
  const texts = partsOf(givenObject(content, 'content') ?? {}, 'content').map(({ text }) => asText(text));
  if (texts.length > 0 && texts.every((text) => text !== undefined)) return texts.join('');
  throw refuse(400, 'invalid-request', 'content.parts must be a list of texts.', { param: 'content.parts' });
}

/** One vector. */
export const writeEmbed = ({ data: [first] }: EmbeddingResponse): object => ({
  embedding: { values: first?.embedding ?? [] },
});

/** All vectors. */
export const writeBatch = ({ data }: EmbeddingResponse): object => ({
  embeddings: data.map(({ embedding }) => ({ values: embedding })),
});
