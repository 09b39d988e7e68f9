// OpenAI's moderations: `POST {base}/moderations`.
// Source: https://platform.openai.com/docs/api-reference/moderations/create

import type { Moderation, ModerationResponse } from '@g4f/core';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { asList, asNumber, asObject, asText } from '../decoding/json.ts';
import { saysError } from '../decoding/reported-failure.ts';
import type { Endpoint } from '../endpoint.ts';

/** Moderations as OpenAI has them. */
export const openaiModerations: Endpoint<'moderate'> = async function* (request, exchange) {
  const { response, asked } = await exchange.send({
    path: '/moderations',
    json: request,
    hides: { input: request.input },
  });
  yield await readJsonAnswer(response, asked, 'a moderation', (json) => readModerations(json, request.model));
};

function readModerations(json: unknown, model: string): ModerationResponse | undefined {
  const answer = asObject(json) ?? {};
  // What failed has found nothing, whatever stands beside it.
  if (!Array.isArray(answer.results) || saysError(answer.error)) return undefined;
  const results = answer.results.map(readModeration);
  if (results.length === 0 || !results.every((result) => result !== undefined)) return undefined;
  return { id: asText(answer.id) ?? '', model: asText(answer.model) ?? model, results };
}

/**
 * Some services leave the sum of the categories to the reader. A mark of another type is no mark: read as false, it would let
 * through what the service has found.
 */
function readModeration(result: unknown): Moderation | undefined {
  const { flagged, categories, category_scores, category_applied_input_types } = asObject(result) ?? {};
  const applies = flagsIn(asObject(categories) ?? {});
  if (applies === undefined || !(flagged === undefined || typeof flagged === 'boolean')) return undefined;
  const kinds = asObject(category_applied_input_types);
  return {
    flagged: flagged ?? Object.values(applies).includes(true),
    categories: applies,
    category_scores: scoresIn(asObject(category_scores) ?? {}),
    ...(kinds !== undefined && { category_applied_input_types: textsIn(kinds) }),
  };
}

/** A category that a model does not judge is null. */
function flagsIn(fields: object): Record<string, boolean> | undefined {
  const flags: Record<string, boolean> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && typeof value !== 'boolean') return undefined;
    flags[name] = value === true;
  }
  return Object.keys(flags).length === 0 ? undefined : flags;
}

const scoresIn = (fields: object): Record<string, number> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const score = asNumber(value);
      return score === undefined ? [] : [[name, score] as const];
    }),
  );

const textsIn = (fields: object): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, asList(value).flatMap((one) => asText(one) ?? [])]),
  );
