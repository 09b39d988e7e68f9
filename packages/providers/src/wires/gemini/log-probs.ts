// Log probabilities of a Gemini candidate in OpenAI's shape.
// Source: https://ai.google.dev/api/generate-content#LogprobsResult
import type { LogProbs, TokenLogProb } from '@g4f/core';
import { asList, asNumber, asObject, asText } from '../decoding/json.ts';

/** Of the tokens of one payload; undefined where none are told. */
export const logProbsOf = (result: unknown): LogProbs | undefined => {
  const { chosenCandidates, topCandidates } = asObject(result) ?? {};
  const likeliest = asList(topCandidates);
  const content = asList(chosenCandidates).flatMap((chosen, at) =>
    tokenIn(chosen).map((token) => ({
      ...token,
      top_logprobs: asList(asObject(likeliest[at])?.candidates).flatMap(tokenIn),
    })),
  );
  return content.length === 0 ? undefined : { content };
};

/** Its own writing leaves out what is 0: a token that was certain. */
const tokenIn = (value: unknown): readonly TokenLogProb[] => {
  const { token, logProbability } = asObject(value) ?? {};
  const [text, logprob] = [asText(token), asNumber(logProbability ?? 0)];
  return text === undefined || logprob === undefined ? [] : [{ token: text, logprob, bytes: null }];
};
