// The embedded models where there is no Node: they cannot run.
import { type Batch, type EmbeddingResponse, G4FError } from '@g4f/core';

const WHY = 'the embedded model needs Node.js';

/** What is missing: everything. */
export const available = async (): Promise<string> => WHY;

const missing = (): G4FError =>
  new G4FError(`local: ${WHY}. Choose another provider.`, { code: 'no-provider', provider: 'local' });

/** @throws G4FError `no-provider` always. */
// biome-ignore lint/correctness/useYield: it says nothing but this.
export async function* chat(): AsyncGenerator<Batch> {
  throw missing();
}

/** @throws G4FError `no-provider` always. */
// biome-ignore lint/correctness/useYield: it says nothing but this.
export async function* embed(): AsyncGenerator<EmbeddingResponse> {
  throw missing();
}

/** No model runs here. */
export const listModels = async (): Promise<readonly []> => [];
