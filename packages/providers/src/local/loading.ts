// Says on stderr that the model is being loaded, which takes seconds: in whole lines, and before the first word of the answer.
import type { ProgressOutput } from './weights/progress.ts';

/** A conversation of so many tokens takes seconds to read. */
const LONG = 256;

/** What is said between a question and its answer. */
export interface Loading {
  /** The model is there, and reads the conversation. */
  reading(tokens: number): void;
}

/** Says nothing: the model has been loaded before, and another answer may be on the screen. */
export const LOADED: Loading = { reading() {} };

/** Says that the model is being loaded; on a terminal also that a long conversation is being read. */
export const sayLoading = (output: ProgressOutput, model: string): Loading => {
  output.write(`local: loading ${model}; the first answer takes a few seconds.\n`);
  return {
    reading(tokens) {
      if (output.terminal && tokens >= LONG)
        output.write(`local: reading the conversation (${tokens} tokens).\n`);
    },
  };
};
