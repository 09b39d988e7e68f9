// OpenAI's moderations: `POST {base}/moderations`.
// Source: https://platform.openai.com/docs/api-reference/moderations/create
import type { Moderation, ModerationResponse } from '@g4f/core';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { asList, asNumber, asObject, asText } from '../decoding/json.ts';
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
  if (!Array.isArray(answer.results)) return undefined;
  const results = answer.results.map(readModeration);
  if (results.length === 0 || !results.every((result) => result !== undefined)) return undefined;
  return { id: asText(answer.id) ?? '', model: asText(answer.model) ?? model, results };
}

/** Some services leave the sum of the categories to the reader. */
function readModeration(result: unknown): Moderation | undefined {
  const { flagged, categories, category_scores, category_applied_input_types } = asObject(result) ?? {};
  const found = asObject(categories);
  if (found === undefined) return undefined;
  const applies = flagsIn(found);
  const kinds = asObject(category_applied_input_types);
  return {
    flagged: typeof flagged === 'boolean' ? flagged : Object.values(applies).includes(true),
    categories: applies,
    category_scores: scoresIn(asObject(category_scores) ?? {}),
    ...(kinds !== undefined && { category_applied_input_types: textsIn(kinds) }),
  };
}

const flagsIn = (fields: object): Record<string, boolean> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === true]));

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
