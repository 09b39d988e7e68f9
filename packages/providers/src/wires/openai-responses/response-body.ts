// A response as a service writes it.
import type { ModelResponse } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { asNumber, asObject, asText, type Json } from '../decoding/json.ts';

/** Items of kinds that are not known are the service's own. */
export const isOutput = (output: unknown): output is readonly Json[] =>
  Array.isArray(output) && output.every((item) => asText(asObject(item)?.type) !== undefined);

/** The list of what stands in it was looked at; the rest is the service's own. */
export const toResponse = (body: Json, asked: RequestFacts): ModelResponse => ({
  ...body,
  id: asText(body.id) ?? '',
  object: 'response',
  created_at: asNumber(body.created_at) ?? Math.floor(Date.now() / 1000),
  model: asText(body.model) ?? asked.model ?? '',
  output: (body.output ?? []) as ModelResponse['output'],
});
