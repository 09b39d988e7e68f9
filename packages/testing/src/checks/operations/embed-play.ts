// Asks a provider for embeddings, and answers it as a service of its protocol would.
import type { EmbeddingRequest, EmbeddingResponse, HttpRequest, Provider } from '@g4f/core';
import { embeddingsAt, type MockVector, readCall } from '../../mock-wires/mock-embeddings.ts';
import type { Lent, LentAnswer, LentContext } from '../lent-context.ts';
import { frozen, lendTo } from '../play.ts';

/** The texts that are embedded where their number does not matter. */
export const TEXTS: readonly string[] = ['Grüezi', 'Sunny ☀️ in <Zürich>', 'a third text'];

/** A request for their vectors. */
export const embeddingRequest = (more: Partial<EmbeddingRequest> = {}): EmbeddingRequest => ({
  model: 'kit-embedding-1',
  input: TEXTS,
  ...more,
});

/** What came of it. */
export interface Embedded {
  readonly answer: EmbeddingResponse | undefined;
  readonly error: unknown;
  readonly context: LentContext;
}

/** The good answer to a request, or one whose vectors something was done to. */
export const embeds =
  (spoil: (vectors: readonly MockVector[]) => readonly MockVector[] = (vectors) => vectors) =>
  ({ url, body = '' }: HttpRequest): LentAnswer => {
    const { pathname } = new URL(url);
    const form = embeddingsAt(pathname);
    const call = form && readCall(form, body);
    if (call === undefined)
      throw new Error(`the kit knows no embeddings at ${pathname}, or its body is not JSON`);
    return { body: form?.answer(spoil(call.vectors)) ?? '' };
  };

/** The parts that the provider gives. @throws Error if it cannot embed. */
const embedWith = (
  provider: Provider,
  request: EmbeddingRequest,
  context: LentContext,
): AsyncIterable<EmbeddingResponse> => {
  if (provider.embed === undefined) throw new Error('it has no embed');
  return provider.embed(request, context);
};

/** Asks, and reads to the end. */
export const embed = async (
  provider: Provider,
  answer: Lent = embeds(),
  request: EmbeddingRequest = embeddingRequest(),
  context: LentContext = lendTo(provider, answer),
): Promise<Embedded> => {
  const parts: EmbeddingResponse[] = [];
  try {
    for await (const part of embedWith(provider, frozen(request), context)) parts.push(part);
  } catch (error) {
    return { answer: undefined, error, context };
  }
  const [only] = parts;
  if (only === undefined || parts.length > 1)
    return {
      answer: undefined,
      error: new Error(`embed: one part was expected, got ${parts.length}`),
      context,
    };
  return { answer: only, error: undefined, context };
};
