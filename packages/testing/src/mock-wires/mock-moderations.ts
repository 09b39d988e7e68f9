// Moderations as services answer them. Sources: https://platform.openai.com/docs/api-reference/moderations
// and https://docs.mistral.ai/api/endpoint/classifiers, whose results say nothing of `flagged`.

/** What is found in one input: it is flagged where it holds this word. */
export const FLAGGED_WORD = 'Zürich';

/** Whether the input is flagged. */
export const isFlagged = (input: string): boolean => input.includes(FLAGGED_WORD);

/** One result, as OpenAI has it, or without `flagged`. */
export const moderationOf = (input: string, saysFlagged = true): object => ({
  ...(saysFlagged && { flagged: isFlagged(input) }),
  categories: { violence: isFlagged(input), sexual: false },
  category_scores: { violence: isFlagged(input) ? 0.75 : 0.125, sexual: 0.0625 },
});

/** A whole answer. */
export const moderationAnswer = (results: readonly object[]): string =>
  JSON.stringify({ id: 'modr-kit', model: 'kit-moderation-1', results });
