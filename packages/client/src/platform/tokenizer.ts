// The part of a tokenizer that is used.

/** Counts the tokens of a text by one vocabulary. */
export interface Tokenizer {
  countTokens(text: string, options: { readonly disallowedSpecial: Set<string> }): number;
}
