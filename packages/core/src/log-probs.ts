// Log probabilities of the tokens of an answer, in OpenAI's shape.

/** How likely the model held one token to be: `logprob` is the natural logarithm of its probability. */
export interface TokenLogProb {
  readonly token: string;
  readonly logprob: number;
  readonly bytes?: readonly number[] | null;
}

/** Log probabilities of the answer's tokens, and of the likeliest in the place of each. */
export interface LogProbs {
  readonly content?: readonly (TokenLogProb & { readonly top_logprobs?: readonly TokenLogProb[] })[] | null;
  readonly refusal?: readonly (TokenLogProb & { readonly top_logprobs?: readonly TokenLogProb[] })[] | null;
}
