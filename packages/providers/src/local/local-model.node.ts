// What the provider `local` can do on Node: answer, embed, list its models, and say what is missing.
import type { Context, ModelFacts } from '@g4f/core';
import { missingRuntime } from './engine/runtime.ts';
import { ownModelName } from './model-name.ts';
import { type LocalModel, MINILM, SMOLLM2 } from './weights/model.ts';

export { chatLocally as chat } from './chat.ts';
export { embedLocally as embed } from './embed.ts';

/** `npm install …`, or undefined if the runtime is there. */
export const available = async ({ env }: Pick<Context, 'env'>): Promise<string | undefined> =>
  missingRuntime(env);

/** The models that are downloaded, or the user's own in their place, where variables name them. */
export async function listModels({ env }: Pick<Context, 'env'>): Promise<readonly ModelFacts[]> {
  return [factsOf(SMOLLM2, env), { ...factsOf(MINILM, env), output: ['embedding'] }];
}

const factsOf = (model: LocalModel, env: Context['env']): ModelFacts => {
  const own = ownModelName(model, env);
  if (own !== undefined) return { id: own };
  return { id: model.id, contextLength: model.mostTokens, ownedBy: model.maker };
};
