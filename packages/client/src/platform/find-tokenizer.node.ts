// Loads a vocabulary of the optional package gpt-tokenizer, where the program has installed it.
import { createRequire } from 'node:module';
import type { Tokenizer } from './tokenizer.ts';

export type { Tokenizer } from './tokenizer.ts';

/** A function of its own, or bundlers would take what is resolved for a module of the program. */
const requireFrom = (place: string | URL): NodeJS.Require => createRequire(place);

const found = new Map<string, Tokenizer | undefined>();

/** The tokenizer of one vocabulary, such as `o200k_base`; undefined if the package is not there. Takes some 0.3 s once. */
export const findTokenizer = (vocabulary: string): Tokenizer | undefined => {
  if (!found.has(vocabulary)) found.set(vocabulary, load(vocabulary));
  return found.get(vocabulary);
};

function load(vocabulary: string): Tokenizer | undefined {
  try {
    const loaded: unknown = requireFrom(import.meta.url)(`gpt-tokenizer/encoding/${vocabulary}`);
    return isTokenizer(loaded) ? loaded : undefined;
  } catch {
    return undefined;
  }
}

const isTokenizer = (value: unknown): value is Tokenizer =>
  typeof value === 'object' &&
  value !== null &&
  'countTokens' in value &&
  typeof value.countTokens === 'function';
