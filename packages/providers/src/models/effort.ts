// How hard a model thinks: OpenAI's levels of `reasoning_effort`, and the nearest of those that a model has.

/** All levels, least first. Source: https://developers.openai.com/api/docs/guides/reasoning */
const LEVELS: readonly string[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/**
 * The model's level that is nearest to the one asked for, the lower of two; a word that is no level of OpenAI's is the
 * service's own, and stays. @param levels those of the model, at least one.
 */
export const nearestEffort = (wanted: string, levels: readonly string[]): string => {
  const place = LEVELS.indexOf(wanted);
  if (place === -1 || levels.includes(wanted)) return wanted;
  const distance = (level: string): number => Math.abs(LEVELS.indexOf(level) - place);
  // Whoever asks for thinking gets some, and whoever asks for none gets as little as there is.
  const thinking = place === 0 ? levels : levels.filter((level) => level !== 'none');
  return thinking.reduce(
    (best, level) => (distance(level) < distance(best) ? level : best),
    thinking[0] ?? wanted,
  );
};
