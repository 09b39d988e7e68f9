// Token counts of a Gemini answer.
import type { Usage } from '@g4f/core';
import { asList, asObject, type Json } from '../decoding/json.ts';
import { asCount, detailsOf, sumOf, usageOf } from '../decoding/usage.ts';

/** Source: https://ai.google.dev/api/generate-content#UsageMetadata */
export const geminiUsage = (raw: Json | undefined): Usage | undefined => {
  if (raw === undefined) return undefined;
  const { promptTokenCount, candidatesTokenCount, totalTokenCount, ...others } = raw;
  const prompt = sumOf([promptTokenCount, raw.toolUsePromptTokenCount]);
  const said = asCount(candidatesTokenCount);
  const thoughts = asCount(raw.thoughtsTokenCount);
  const total = asCount(totalTokenCount);
  // Some models of Vertex count the thoughts among the candidates' tokens: then the total does not count them again.
  const isInside = total !== undefined && said !== undefined && total === (prompt ?? 0) + said;
  const completion = isInside ? said : sumOf([said, thoughts]);
  const known = prompt !== undefined || completion !== undefined;
  return usageOf(raw, others, {
    prompt,
    completion,
    ...(!known && { total }),
    promptDetails: detailsOf(undefined, {
      cached_tokens: asCount(raw.cachedContentTokenCount),
      audio_tokens: ofAudio(raw.promptTokensDetails, raw.toolUsePromptTokensDetails),
    }),
    completionDetails: detailsOf(undefined, {
      reasoning_tokens: thoughts,
      audio_tokens: ofAudio(raw.candidatesTokensDetails),
    }),
  });
};

/** Gemini counts by modality: `[{ modality: 'AUDIO', tokenCount: 5 }]`. */
const ofAudio = (...lists: readonly unknown[]): number | undefined =>
  sumOf(
    lists
      .flatMap(asList)
      .map(asObject)
      .filter((entry) => entry?.modality === 'AUDIO')
      .map((entry) => entry?.tokenCount),
  );
