// In browsers no vocabulary is looked for: one is two megabytes of script. A program that wants it gives `countTokens`.
import type { Tokenizer } from './tokenizer.ts';

export type { Tokenizer } from './tokenizer.ts';

/** None. */
export const findTokenizer = (_vocabulary: string): Tokenizer | undefined => undefined;
