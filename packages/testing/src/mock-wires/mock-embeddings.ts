// Embeddings as services answer them, in the form of each protocol: it is told by the path of the request.

/** What is embedded: a text, or a list of tokens. */
export type MockInput = string | readonly number[];

/** A protocol's embeddings. */
export interface MockEmbeddings {
  /** What a request holds. */
  inputs(body: Body): readonly MockInput[];
  /** An answer with these vectors, and as many tokens as there are inputs. */
  answer(vectors: readonly MockVector[]): string;
}

/** Usually a list of numbers; anything else is what a service does wrong. */
export type MockVector = unknown;

/** A request's body, which may hold anything. */
interface Body {
  readonly input?: unknown;
  readonly inputs?: unknown;
  readonly texts?: unknown;
  readonly requests?: unknown;
  readonly encoding_format?: unknown;
}

/** The model that answers. */
const MODEL = 'kit-embedding-1';

/** The vector of an input: numbers that tell one from the other, and that 32-bit floats hold exactly. */
export const vectorOf = (input: MockInput): readonly number[] => {
  const codes = typeof input === 'string' ? Array.from(input, (one) => one.codePointAt(0) ?? 0) : input;
  const sum = codes.reduce((all, code, at) => all + code * (1 + (at % 7)), 0);
  return [codes.length / 4, -sum / 64, (codes.at(-1) ?? 0) / 128];
};

/** Little-endian 32-bit floats, in base64. */
export const base64Of = (numbers: readonly number[]): string => {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeFloatLE(number, 4 * at);
  return bytes.toString('base64');
};

/** A single input stands in no list. A list of numbers is one input: tokens. */
const listOf = (input: unknown): readonly MockInput[] =>
  Array.isArray(input) && typeof input[0] !== 'number'
    ? input
    : input === undefined
      ? []
      : [input as MockInput];

const textOf = (request: { readonly content?: { readonly parts?: readonly { text: string }[] } }): string =>
  request.content?.parts?.[0]?.text ?? '';

const openai: MockEmbeddings = {
  inputs: ({ input }) => listOf(input),
  // Places are told by `index`, and need not be in order.
  answer: (vectors) =>
    JSON.stringify({
      object: 'list',
      data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse(),
      model: MODEL,
      usage: { prompt_tokens: vectors.length, total_tokens: vectors.length },
    }),
};

const cohere: MockEmbeddings = {
  inputs: ({ texts }) => listOf(texts),
  answer: (float) =>
    JSON.stringify({
      id: 'kit',
      embeddings: { float },
      texts: [],
      meta: { api_version: { version: '2' }, billed_units: { input_tokens: float.length } },
      response_type: 'embeddings_by_type',
    }),
};

const ollama: MockEmbeddings = {
  inputs: ({ input }) => listOf(input),
  answer: (embeddings) =>
    JSON.stringify({ model: MODEL, embeddings, total_duration: 1, prompt_eval_count: embeddings.length }),
};

const gemini: MockEmbeddings = {
  inputs: ({ requests }) => (Array.isArray(requests) ? requests : []).map(textOf),
  answer: (vectors) =>
    JSON.stringify(
      {
        embeddings: vectors.map((values) => ({ values })),
        usageMetadata: { promptTokenCount: vectors.length },
      },
      null,
      2,
    ),
};

const featureExtraction: MockEmbeddings = {
  inputs: ({ inputs }) => listOf(inputs),
  answer: (vectors) => JSON.stringify(vectors),
};

/** How the path of a request for embeddings ends → the protocol. */
const FORMS: readonly (readonly [RegExp, MockEmbeddings])[] = [
  [/\/embeddings$/, openai],
  [/\/api\/embed$/, ollama],
  [/\/embed$/, cohere],
  [/:batchEmbedContents$/, gemini],
  [/\/pipeline\/feature-extraction$/, featureExtraction],
];

/** The protocol of a path; undefined if it is none of embeddings. */
export const embeddingsAt = (path: string): MockEmbeddings | undefined =>
  FORMS.find(([tail]) => tail.test(path))?.[1];

/** A request for embeddings, read. */
interface MockEmbeddingCall {
  /** The good vectors, as base64 where that was asked for. */
  readonly vectors: readonly MockVector[];
}

/** What the request asks for; undefined if its body is not JSON. */
export const readCall = (form: MockEmbeddings, text: string): MockEmbeddingCall | undefined => {
  let body: Body;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const vectors = form.inputs(body).map(vectorOf);
  return { vectors: body.encoding_format === 'base64' ? vectors.map(base64Of) : vectors };
};
