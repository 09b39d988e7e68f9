// Attacks on embeddings: answers whose vectors are missing, twice, of other sizes or no vectors, and answers that are much to read.
import { type EmbeddingResponse, isG4FError } from '@g4f/core';
import { loadWire, overWire, type WireName } from '@g4f/providers';
import type { Attack, Random } from './attack.ts';
import { checkGrowth } from './bounded-time.ts';

const OWN_VECTOR =
  'Each text gets the vector that the service gave for it, or the call fails: never that of another text, and never one of another size.';
const TIME = 'To read an answer with embeddings takes time in proportion to its bytes.';

type Vectors = readonly unknown[];

/** How a wire writes vectors. */
const FORMS = {
  'openai-chat': (vectors: Vectors) => ({ data: vectors.map((embedding, index) => ({ index, embedding })) }),
  'cohere-chat': (float: Vectors) => ({ embeddings: { float } }),
  gemini: (vectors: Vectors) => ({ embeddings: vectors.map((values) => ({ values })) }),
  'ollama-chat': (embeddings: Vectors) => ({ embeddings }),
} as const satisfies Partial<Record<WireName, (vectors: Vectors) => object>>;
type EmbeddingWire = keyof typeof FORMS;
const WIRES: readonly EmbeddingWire[] = ['openai-chat', 'cohere-chat', 'gemini', 'ollama-chat'];

/** The answer to so many texts, or the error: everything but the network. */
const answerTo = async (
  wire: EmbeddingWire,
  body: string,
  texts: number,
): Promise<EmbeddingResponse | Error> => {
  const context = {
    signal: new AbortController().signal,
    env: {},
    enter: () => undefined,
    warn: () => undefined,
    send: async () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      release: () => undefined,
      body: (async function* () {
        yield new TextEncoder().encode(body);
      })(),
    }),
  };
  const service = overWire(await loadWire(wire), {
    id: 'attacked',
    baseURL: 'http://127.0.0.1:9/v1',
    embed: { maxInputs: texts },
  });
  // So small that the texts are one batch.
  const request = { model: 'm', input: Array.from({ length: texts }, () => 'x') };
  try {
    for await (const answer of service.embed?.(request, context) ?? []) return answer;
    return new Error('no answer came');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};

const below = (random: Random, most: number): number => Math.floor(random() * most);

/** Vectors of one size; the first number is the place of its text. */
const good = (count: number, size: number): readonly number[][] =>
  Array.from({ length: count }, (_, at) => [at, ...Array.from({ length: size - 1 }, () => 0.5)]);

/** Each makes of good vectors such as cannot be those of the texts. */
const SPOILERS: readonly ((vectors: readonly number[][], at: number) => Vectors)[] = [
  (vectors, at) => vectors.filter((_, place) => place !== at),
  (vectors, at) => [...vectors, vectors[at]],
  (vectors, at) => vectors.with(at, [...(vectors[at] ?? []), 1]),
  (vectors, at) => vectors.map((vector, place) => (place === at ? [] : vector)),
  (vectors, at) => vectors.map((vector, place) => (place === at ? null : vector)),
  (vectors, at) => vectors.map((vector, place) => (place === at ? [...vector.slice(1), null] : vector)),
  (vectors, at) => vectors.map((vector, place) => (place === at ? [vector] : vector)),
  (vectors, at) => vectors.map((vector, place) => (place === at ? { length: vector.length } : vector)),
  (vectors, at) => vectors.map((vector, place) => (place === at ? 'AAAA' : vector)),
  (vectors, at) => vectors.map((vector, place) => (place === at ? vector.map(() => 1e300) : vector)),
];

const spoilt: Attack = {
  name: 'vectors that are missing, too many, of another size, or none',
  promise: OWN_VECTOR,
  async run(random) {
    for (const wire of WIRES) {
      const [count, size] = [2 + below(random, 20), 2 + below(random, 20)];
      for (const [which, spoil] of SPOILERS.entries()) {
        const body = JSON.stringify(FORMS[wire](spoil(good(count, size), below(random, count))));
        const answer = await answerTo(wire, body, count);
        if (!isG4FError(answer) || answer.code !== 'bad-response')
          throw new Error(
            `${wire}, spoiler ${which}: ${answer instanceof Error ? answer : 'it was an answer'}`,
          );
      }
    }
  },
};

/** What may stand where an index is expected. */
const ODD_INDEXES: readonly ((count: number, at: number) => unknown)[] = [
  (count) => count,
  () => Number.MAX_SAFE_INTEGER,
  (_, at) => (at === 0 ? 1 : 0),
  (_, at) => String(at === 0 ? 1 : 0),
  () => null,
  () => -1,
  () => 0.5,
  () => 'first',
];

const indexes: Attack = {
  name: 'indexes in any order, twice, and out of all bounds',
  promise: OWN_VECTOR,
  async run(random) {
    const count = 2 + below(random, 30);
    const items = good(count, 3).map((embedding, index): { index: unknown; embedding: number[] } => ({
      index,
      embedding,
    }));
    const shuffled = items.toSorted(() => random() - 0.5);
    const answer = await answerTo('openai-chat', JSON.stringify({ data: shuffled }), count);
    if (answer instanceof Error) throw answer;
    for (const { index, embedding } of answer.data)
      if (embedding[0] !== index) throw new Error(`text ${index} got the vector of text ${embedding[0]}`);
    for (const odd of ODD_INDEXES) {
      const at = below(random, count);
      const data = items.with(at, { index: odd(count, at), embedding: [at, 0, 0] });
      const refused = await answerTo('openai-chat', JSON.stringify({ data }), count);
      if (!isG4FError(refused) || refused.code !== 'bad-response')
        throw new Error(`index ${String(odd(count, at))} instead of ${at}: it was an answer`);
    }
  },
};

const much: Attack = {
  name: 'many vectors, long vectors, and long base64',
  promise: TIME,
  async run() {
    const reading = (texts: number, vectors: Vectors) => {
      const body = JSON.stringify(FORMS['openai-chat'](vectors));
      return () => answerTo('openai-chat', body, texts);
    };
    await checkGrowth('many vectors', (count) => reading(count, good(count, 4)));
    await checkGrowth('a long vector', (count) => reading(1, good(1, 10 * count)));
    await checkGrowth('long base64', (count) => reading(1, ['AACAPwAAgD8AAIA/'.repeat(10 * count)]));
    await checkGrowth('what is not base64', (count) => reading(1, [`${'AACAPw'.repeat(10 * count)}!`]));
  },
};

/** All of them. */
export const EMBEDDING_ATTACKS: readonly Attack[] = [spoilt, indexes, much];
