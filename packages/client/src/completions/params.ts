// The parameters of `completions.create`: checked, and made into a request.
import type { TextCompletionRequest, TextPrompt } from '@g4f/core';
import type { PlainRequest } from '../engine/plain-operation.ts';
import { givenFields } from '../options/given-fields.ts';
import { misspeltAmong } from '../options/misspelt.ts';
import type { Fields } from '../options/plain-value.ts';
import { checkBySchema } from '../schemas/check-by-schema.ts';
import type { TextParams } from '../surface/completions.ts';
import { TEXT_PARAMS, textParams } from './params-schema.ts';

/** Parameters of single services that are no slips. */
const misspelt = misspeltAmong(TEXT_PARAMS, new Set(['top_k', 'min_tokens']));

/**
 * The request that the parameters ask for; null is absent.
 * @throws G4FError `invalid-request` with the path of the field and what was expected.
 */
export const toTextRequest = (params: Fields): PlainRequest<'complete'> => {
  const given = givenFields(params);
  checkBySchema<CheckedText>(given, textParams);
  const stream = given.stream === true;
  return { request: { ...given, prompt: toList(given.prompt), stream }, warnings: misspelt(given) };
};

interface CheckedText extends Omit<TextCompletionRequest, 'prompt'> {
  readonly model: string;
  readonly prompt: TextParams['prompt'];
}

function toList(prompt: TextParams['prompt']): TextPrompt {
  if (typeof prompt === 'string') return [prompt];
  return isTokens(prompt) ? [prompt] : prompt;
}

const isTokens = (prompt: Exclude<TextParams['prompt'], string>): prompt is readonly number[] =>
  typeof prompt[0] === 'number';
