// What the provider `local` can do on Node: answer, list its model, and say what is missing.
import type { Context, ModelFacts } from '@g4f/core';
import { missingRuntime } from './engine/runtime.ts';
import { ownModelName } from './model-name.ts';
import { MODEL_ID, MOST_CONTEXT_TOKENS } from './weights/model.ts';

export { chatLocally as chat } from './chat.ts';

/** `npm install …`, or undefined if the runtime is there. */
export const available = async ({ env }: Pick<Context, 'env'>): Promise<string | undefined> =>
  missingRuntime(env);

/** The user's own model where G4F_LOCAL_MODEL names one; else the one that is downloaded. */
export async function listModels({ env }: Pick<Context, 'env'>): Promise<readonly ModelFacts[]> {
  const own = ownModelName(env);
  if (own !== undefined) return [{ id: own }];
  return [{ id: MODEL_ID, contextLength: MOST_CONTEXT_TOKENS, ownedBy: 'HuggingFaceTB' }];
}
