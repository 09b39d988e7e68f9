// Token counts of every operation: chats, completions and vectors have one pair of names for them, responses, images and transcripts another.
import type { Usage } from '@g4f/core';

/** Counts as an answer tells them. */
export interface Counts extends Partial<Usage> {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
}

/** Tokens in and out. */
export interface Tokens {
  readonly read: number;
  readonly written: number;
}

/** Nothing of a kind that is not counted. */
export const tokensIn = ({
  prompt_tokens: read,
  completion_tokens: written,
  input_tokens: input,
  output_tokens: output,
}: Counts): Tokens => ({ read: read ?? input ?? 0, written: written ?? output ?? 0 });
