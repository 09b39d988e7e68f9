// The embedded model where there is no Node: it cannot run.
import { type Batch, G4FError } from '@g4f/core';

const WHY = 'the embedded model needs Node.js';

/** What is missing: everything. */
export const available = async (): Promise<string> => WHY;

/** @throws G4FError `no-provider` always. */
// biome-ignore lint/correctness/useYield: it says nothing but this.
export async function* chat(): AsyncGenerator<Batch> {
  throw new G4FError(`local: ${WHY}. Choose another provider.`, { code: 'no-provider', provider: 'local' });
}

/** No model runs here. */
export const listModels = async (): Promise<readonly []> => [];
