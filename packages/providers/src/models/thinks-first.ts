// Which models reason before each answer, and have the opening tag of that written by their prompt.
// A pattern beside the families, and no field of theirs: wires are bundled without the list of models.

/**
 * Their chat templates end in `<think>`, so that a server which does not parse reasoning sends only `</think>`: DeepSeek's
 * R1 and its distillates (https://huggingface.co/deepseek-ai/DeepSeek-R1), QwQ (https://huggingface.co/Qwen/QwQ-32B),
 * Qwen's Thinking models ("the output may contain only </think>", https://huggingface.co/Qwen/Qwen3-235B-A22B-Thinking-2507),
 * Zhipu's Z1 (https://huggingface.co/zai-org/GLM-Z1-32B-0414) and MiniMax M2 (https://huggingface.co/MiniMaxAI/MiniMax-M2).
 */
const THINKS_FIRST =
  /(?:^|[/:_-])(?:deepseek[-_.]?r1|r1[-_.]?(?:distill|1776|0528)|qwq|qwen3[^/]{0,60}thinking|glm[-_.]?z1|minimax[-_.]?m2)/i;

/** Most of an answer's beginning that is held back, in characters: about what such a model writes in a few seconds. */
const STREAMED_LENGTH = 2000;

/**
 * How much of an answer's beginning may be reasoning without an opening tag, in characters: 0 for most models. Of an answer
 * that comes whole it may be all, because nobody waits for it to be told.
 */
export const guessLengthOf = (model: string, stream: boolean): number => {
  if (!THINKS_FIRST.test(model)) return 0;
  return stream ? STREAMED_LENGTH : Number.POSITIVE_INFINITY;
};

/** Whether the family is known to write its reasoning between tags into its text, with the opening one or without. */
export const writesThinkTags = (model: string): boolean =>
  THINKS_FIRST.test(model) ||
  /qwen-?3|deepseek|smollm3|hunyuan|nemotron|glm-?4\.[5-9]|sonar-reasoning/i.test(model);
