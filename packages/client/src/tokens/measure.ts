// How many tokens texts have for a model: counted by its vocabulary where that is public and its tokenizer installed, estimated otherwise.
import { findTokenizer, type Tokenizer } from '#platform/find-tokenizer';
import { cutRuns } from './cut-runs.ts';
import type { TokenReport, TokenRequest } from './token-report.ts';

/** Longer texts are estimated: to count a megabyte takes the better part of a second. */
const LONGEST_COUNTED = 1_000_000;

/** What is known of the model, and the counts. Without texts, no tokenizer is loaded. */
export const measure = async ({ model, texts }: TokenRequest): Promise<TokenReport> => {
  const { families, findFamily, vocabularyOf } = await import('@g4f/providers/models');
  const name = findFamily(model) ?? findFamily(model.slice(model.indexOf(':') + 1));
  const contextLength = name === undefined ? undefined : families.get(name.family)?.contextLength;
  const known = name === undefined ? undefined : vocabularyOf(name.family);
  const facts = contextLength === undefined ? {} : { contextLength };
  if (texts.length === 0) return { ...facts, vocabulary: known ?? ESTIMATE, counts: [], isEstimate: true };
  const tokenizer = known === undefined ? undefined : findTokenizer(known);
  const { estimateTokenCount } = await import('tokenx');
  const isEstimate = tokenizer === undefined || texts.some((text) => text.length > LONGEST_COUNTED);
  const counts = texts.map((text) =>
    tokenizer === undefined || text.length > LONGEST_COUNTED
      ? estimateTokenCount(text)
      : counted(text, tokenizer),
  );
  const vocabulary = tokenizer === undefined || known === undefined ? ESTIMATE : known;
  return { ...facts, vocabulary, counts, isEstimate };
};

const ESTIMATE = 'estimate';

/** Words such as `<|endoftext|>` are a person's words here. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

const counted = (text: string, { countTokens }: Tokenizer): number => {
  let sum = 0;
  for (const piece of cutRuns(text)) sum += countTokens(piece, AS_TEXT);
  return sum;
};
