// The parameters of a request to one of OpenAI's models, without those that this model refuses: for both of its protocols.
import type { ChatRequest } from '@g4f/core';
import { nearestEffort } from '../../models/effort.ts';
import { openAITakes } from '../../models/takes/openai.ts';
import { effortOf } from './parameters.ts';
import type { Warn } from './warn.ts';

/** What reasoning fixes, and the value that asks for what happens anyway. */
const SAMPLING: Readonly<Record<string, unknown>> = {
  temperature: 1,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logprobs: false,
  top_logprobs: 0,
  logit_bias: undefined,
};

/**
 * The request as the model takes it: the nearest level of `reasoning_effort`, and no sampling while it reasons. What is
 * changed or left out is warned of. A model that is not known by its id takes everything.
 */
export const fitOpenAIParameters = (request: ChatRequest, warn: Warn): ChatRequest => {
  const takes = openAITakes(request.model);
  if (takes === undefined) return request;
  const asked = effortOf(request.reasoning_effort);
  const effort =
    asked === undefined || takes.efforts.length === 0 ? undefined : nearestEffort(asked, takes.efforts);
  if (asked !== undefined && effort === undefined && asked !== 'none')
    warn('this model does not reason: reasoning_effort was not sent.');
  if (effort !== undefined && effort !== asked)
    warn(`this model has no reasoning_effort "${asked}": "${effort}" was sent.`);
  const reasons = takes.fixesSampling && (effort ?? takes.unasked) !== 'none';
  const fixed = [...(reasons ? Object.keys(SAMPLING) : []), ...(takes.refusesStop ? ['stop'] : [])];
  const refused = fixed.filter((name) => request[name] != null);
  const lost = refused.filter((name) => request[name] !== SAMPLING[name]);
  if (lost.length > 0) warn(`this model does not take ${lost.join(', ')}: not sent.`);
  if (refused.length === 0 && effort === request.reasoning_effort) return request;
  return {
    ...request,
    ...Object.fromEntries(refused.map((name) => [name, undefined])),
    reasoning_effort: effort ?? null,
  };
};
