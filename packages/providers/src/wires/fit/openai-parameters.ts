// The parameters of a request as a model takes them, without those that it refuses: for both of OpenAI's protocols.
import type { ChatRequest } from '@g4f/core';
import { nearestEffort } from '../../models/effort.ts';
import type { ChatTakes } from '../../models/takes/chat-takes.ts';
import { openAITakes } from '../../models/takes/openai.ts';
import { effortOf } from './parameters.ts';
import type { Warn } from './warn.ts';

/** What asks for no more than what happens anyway: leaving it out loses nothing. */
const SAYS_NOTHING: Readonly<Record<string, unknown>> = {
  temperature: 1,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logprobs: false,
  top_logprobs: 0,
};

/**
 * Makes the request as the model takes it: the nearest level of `reasoning_effort`, and nothing that it refuses. What is
 * changed or left out is warned of. A model that is not known by its id takes everything.
 */
export const fitParametersBy =
  (takesOf: (model: string) => ChatTakes | undefined) =>
  (request: ChatRequest, warn: Warn): ChatRequest => {
    const takes = takesOf(request.model);
    if (takes === undefined) return request;
    const effort = fitEffort(effortOf(request.reasoning_effort), takes, warn);
    const reasons = (effort ?? takes.unasked) !== 'none';
    const refused = [...(reasons ? takes.refusedReasoning : []), ...takes.refused].filter(
      (name) => request[name] != null,
    );
    const lost = refused.filter((name) => request[name] !== SAYS_NOTHING[name]);
    if (lost.length > 0) warn(`this model does not take ${lost.join(', ')}: not sent.`);
    if (refused.length === 0 && effort === request.reasoning_effort) return request;
    return {
      ...request,
      ...Object.fromEntries(refused.map((name) => [name, undefined])),
      reasoning_effort: effort ?? null,
    };
  };

function fitEffort(asked: string | undefined, { efforts }: ChatTakes, warn: Warn): string | undefined {
  if (asked === undefined) return undefined;
  if (efforts.length === 0) {
    if (asked !== 'none') warn('this model takes no reasoning_effort: not sent.');
    return undefined;
  }
  const effort = nearestEffort(asked, efforts);
  if (effort !== asked) warn(`this model has no reasoning_effort "${asked}": "${effort}" was sent.`);
  return effort;
}

/** The request as one of OpenAI's models takes it. */
export const fitOpenAIParameters = fitParametersBy(openAITakes);
