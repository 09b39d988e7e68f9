// Whether the provider that was chosen and the one that a model's name begins with are the same.
import { G4FError } from '@g4f/core';
import { BACKEND_IDS } from '@g4f/providers/options';
import { movedBy } from '@g4f/providers/parts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import { quote } from '../errors/quote.ts';
import type { Settings } from '../options/settings.ts';
import { splitAtColon } from './model-id.ts';

/**
 * Of the chosen providers those that may be asked for a model of this name: `groq:x` is no model of OpenAI's, which would
 * be sent it as it is. A server of one's own may call a model anything (Ollama has a `mistral:7b`).
 * @throws G4FError `invalid-request` if the name names another.
 */
export const agreedProviders = (
  chosen: readonly ProviderEntry[],
  model: string,
  { baseURL, env }: Pick<Settings, 'baseURL' | 'env'>,
): readonly ProviderEntry[] => {
  const [prefix] = splitAtColon(model);
  if (prefix === undefined || !BACKEND_IDS.includes(prefix)) return chosen;
  const named = chosen.filter(({ id }) => id === prefix);
  if (named.length > 0) return named;
  const free = chosen.filter(
    (backend) => baseURL !== undefined || !isHosted(backend) || movedBy(backend, env) !== undefined,
  );
  if (free.length > 0) return free;
  const ids = chosen.map(({ id }) => id).join(', ');
  throw new G4FError(
    `the model ${quote(model)} is one of the provider ${prefix}, but the provider is ${ids}: name the same, or leave one out.`,
    { code: 'invalid-request' },
  );
};

/** A service of this package, whose ids of models are known not to begin so. */
const isHosted = ({ id, baseURL }: ProviderEntry): boolean =>
  BACKEND_IDS.includes(id) &&
  baseURL !== undefined &&
  !/^https?:\/\/(?:127\.|localhost|\[::1\])/.test(baseURL);
