// A provider that embeds: every input gets its own vector, and whatever a service does wrong is an error with the right code.
import type { Provider } from '@g4f/core';
import { base64Of, type MockVector, vectorOf } from '../../mock-wires/mock-embeddings.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure } from '../failures.ts';
import { type Embedded, embed, embeddingRequest, embeds, TEXTS } from './embed-play.ts';
import { operationChecks } from './operation-checks.ts';
import type { OperationPlay } from './operation-play.ts';

/** The checks of `embed`; none where there is no such method. */
export const embeddingChecks = (provider: Provider): readonly Check[] => {
  if (provider.embed === undefined) return [];
  const shared = operationChecks(provider, play);
  return provider.wire === undefined
    ? shared
    : [...shared, ...answerChecks(provider), ...refusalChecks(provider)];
};

const play: OperationPlay<'embed'> = {
  operation: 'embed',
  request: embeddingRequest(),
  prompt: TEXTS[1] ?? '',
  secret: 'Zürich',
  answer: embeds(),
  compare: ([answer, ...more]) => {
    expectEqual('parts after the first', more.length, 0);
    compare({ answer, error: undefined }, TEXTS);
  },
};

/** More than any service takes in one request. */
const MANY: readonly string[] = Array.from({ length: 2100 }, (_, at) => `text ${at}`);

const answerChecks = (provider: Provider): readonly Check[] => [
  {
    name: 'embed: asks as often as it must, and puts the vectors together',
    async run() {
      const request = embeddingRequest({ input: MANY });
      const embedded = await embed(provider, embeds(), request);
      compare(embedded, MANY);
      expect(embedded.context.requests.length > 1, 'no service takes 2100 texts at once');
      const { usage } = embedded.answer ?? {};
      // The kit counts one token for each text.
      if (usage !== undefined) expectEqual('usage', usage, { prompt_tokens: 2100, total_tokens: 2100 });
    },
  },
  {
    name: 'embed: gives base64 of little-endian 32-bit floats where it is asked for',
    async run() {
      const request = embeddingRequest({ encoding_format: 'base64' });
      const { answer, error } = await embed(provider, embeds(), request);
      if (answer === undefined) throw error;
      expectEqual(
        'vectors',
        vectorsOf(answer),
        TEXTS.map((text) => base64Of(vectorOf(text))),
      );
    },
  },
];

const vectorsOf = ({ data }: NonNullable<Embedded['answer']>): readonly unknown[] =>
  data.map(({ embedding }) => embedding);

function compare({ answer, error }: Pick<Embedded, 'answer' | 'error'>, texts: readonly string[]): void {
  if (answer === undefined) throw error;
  expectEqual('object', answer.object, 'list');
  expectEqual('vectors', answer.data.length, texts.length);
  for (const [at, { object, index, embedding }] of answer.data.entries()) {
    expectEqual(`data[${at}]`, { object, index }, { object: 'embedding', index: at });
    expectEqual(`data[${at}].embedding`, embedding, vectorOf(texts[at] ?? ''));
  }
  expect(answer.model !== '', 'model: it is empty');
}

const wrongVectors: readonly (readonly [
  string,
  (vectors: readonly MockVector[]) => readonly MockVector[],
])[] = [
  ['too few vectors', (vectors) => vectors.slice(1)],
  ['too many vectors', (vectors) => [...vectors, vectors[0]]],
  ['vectors of different sizes', ([_, ...others]) => [[1, 2], ...others]],
  ['what is no vector', ([_, ...others]) => [[1, null, 3], ...others]],
];

const refusalChecks = (provider: Provider): readonly Check[] =>
  wrongVectors.map(([what, spoil]) => ({
    name: `embed: refuses ${what}`,
    async run() {
      const { error } = await embed(provider, embeds(spoil));
      checkFailure(provider, error, ['bad-response']);
    },
  }));
