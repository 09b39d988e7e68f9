// Vectors of texts, by the model that the person or the collection names, or the embedded one.
import type { AsyncClient } from '@g4f/client';
import { onInterrupt } from './interrupt.ts';

/** Where no model is named: it runs on this machine. */
export const USUAL_EMBEDDING_MODEL = 'all-minilm-l6-v2';

/** Vectors, in the order of the texts, and who made them. */
export interface Vectors {
  readonly model: string;
  readonly provider: string;
  readonly vectors: readonly (readonly number[])[];
}

/** Makes them. @throws G4FError where that fails; `aborted` after Ctrl-C. */
export const vectorsOf = async (
  client: AsyncClient,
  texts: readonly string[],
  { model, provider }: { readonly model: string; readonly provider?: string | undefined },
): Promise<Vectors> => {
  const stopping = new AbortController();
  const ignore = onInterrupt(() => stopping.abort());
  try {
    const answered = await client.embeddings.create(
      { model, input: [...texts] },
      { signal: stopping.signal, ...(provider !== undefined && { provider }) },
    );
    return {
      ...{ model: answered.model, provider: answered.provider ?? provider ?? '' },
      vectors: answered.data.map(({ embedding }) => [...embedding]),
    };
  } finally {
    ignore();
  }
};
