// A Context whose `send` answers each request for embeddings as the test says, when the test says.
import type {
  Context,
  EmbeddingInput,
  EmbeddingRequest,
  EmbeddingResponse,
  HttpRequest,
  Provider,
} from '@g4f/core';
import { openaiCompatible } from '../../src/provider/openai-compatible.ts';
import type { EmbedFacts } from '../../src/wires/embed-endpoint.ts';

/** One answer; `size` is the bytes of one read. */
export interface EmbedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly size?: number;
}

/** The context, and what went through it. */
export interface EmbedContext extends Context {
  readonly requests: HttpRequest[];
  readonly warnings: string[];
  /** How many answers were said to be complete. */
  readonly released: { count: number };
}

/** @param answer may be a promise that the test keeps. */
export const createEmbedContext = (
  answer: (request: HttpRequest, at: number) => EmbedAnswer | Promise<EmbedAnswer>,
  lent: Partial<Context> = {},
): EmbedContext => {
  const requests: HttpRequest[] = [];
  const warnings: string[] = [];
  const released = { count: 0 };
  return {
    env: {},
    signal: new AbortController().signal,
    requests,
    warnings,
    released,
    enter: () => undefined,
    warn: (message) => void warnings.push(message),
    async send(request) {
      const at = requests.push(request) - 1;
      const { status = 200, headers = {}, body, size = Number.MAX_SAFE_INTEGER } = await answer(request, at);
      const bytes = Buffer.from(body);
      return {
        status,
        headers: { 'content-type': 'application/json', ...headers },
        release: () => {
          released.count += 1;
        },
        body: (async function* () {
          for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
        })(),
      };
    },
    ...lent,
  };
};

/** The only part of the answer. @throws Error if the provider has no embeddings, or gives several parts. */
export const embedded = async (
  provider: Provider | undefined,
  request: EmbeddingRequest,
  context: Context,
): Promise<EmbeddingResponse> => {
  const parts: EmbeddingResponse[] = [];
  if (provider?.embed === undefined) throw new Error(`${provider?.id} has no embeddings`);
  for await (const part of provider.embed(request, context)) parts.push(part);
  const [only, ...others] = parts;
  if (only === undefined || others.length > 0) throw new Error(`${parts.length} parts came`);
  return only;
};

/** OpenAI's answer with these vectors. */
export const listOf = (...vectors: readonly unknown[]): string =>
  JSON.stringify({
    object: 'list',
    data: vectors.map((embedding, index) => ({ index, embedding })),
    model: 'm',
  });

/** The inputs of a request in OpenAI's form. */
export const inputsOf = ({ body = '' }: HttpRequest): readonly string[] => JSON.parse(body).input;

/** A service with these embeddings, and a request to it. */
export const acme = (embed: EmbedFacts = {}): Provider =>
  openaiCompatible({ id: 'acme', baseURL: 'https://acme.example/v1', embed });
export const ask = (input: EmbeddingInput, more: object = {}): EmbeddingRequest => ({
  model: 'm',
  input,
  ...more,
});
