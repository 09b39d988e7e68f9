// Who stands in where nobody can answer: by the option, or else by the variable.
import type { Settings } from '../options/settings.ts';

/** As it was named; nothing, or an empty text, for none. */
export const namedFallback = ({ fallback, env }: Pick<Settings, 'fallback' | 'env'>): string | undefined =>
  fallback ?? env.G4F_FALLBACK?.trim();
