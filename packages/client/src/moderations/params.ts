// The parameters of `moderations.create`: checked, and made into a request.
import type { ModerationInput, ModerationRequest } from '@g4f/core';
import type { PlainRequest } from '../engine/plain-operation.ts';
import { givenFields } from '../options/given-fields.ts';
import { misspeltAmong } from '../options/misspelt.ts';
import type { Fields } from '../options/plain-value.ts';
import { checkBySchema } from '../schemas/check-by-schema.ts';
import type { ModerationParams } from '../surface/moderations.ts';
import { moderationParams } from './params-schema.ts';

/** OpenAI's own, where none is named. Source: https://platform.openai.com/docs/guides/moderation */
const DEFAULT_MODEL = 'omni-moderation-latest';

const misspelt = misspeltAmong(new Set(['model', 'input']), new Set(['inputs']));

/**
 * The request that the parameters ask for; null is absent.
 * @throws G4FError `invalid-request` with the path of the field and what was expected.
 */
export const toModerationRequest = (params: Fields): PlainRequest<'moderate'> => {
  const given = { model: DEFAULT_MODEL, ...givenFields(params) };
  checkBySchema<CheckedModeration>(given, moderationParams);
  return { request: { ...given, input: toList(given.input) }, warnings: misspelt(given) };
};

interface CheckedModeration extends Omit<ModerationRequest, 'input'> {
  readonly model: string;
  readonly input: ModerationParams['input'];
}

const toList = (input: ModerationParams['input']): ModerationInput =>
  typeof input === 'string' ? [input] : input;
