// A conversation that the service summed up by itself: what that cost, and the summary, which goes back with the message it is in.
// Source: https://platform.claude.com/docs/en/build-with-claude/compaction
import type { Usage } from '@g4f/core';
import { asList, asObject, asText, type Json, objectsIn } from '../decoding/json.ts';
import { detailsOf, sumOf } from '../decoding/usage.ts';
import type { FitAssistant } from '../fit/message.ts';
import { anthropicUsage } from './usage.ts';

/** The counts of the service leave out those of its summaries, which are billed: they are among the sums here. */
export const billedUsage = (raw: Json | undefined): Usage | undefined => {
  const usage = anthropicUsage(raw);
  const summaries = objectsIn(raw?.iterations).filter(({ type }) => type === 'compaction');
  return summaries.map(anthropicUsage).reduce(withMore, usage);
};

/** The sums of both, beside the other fields of the first. */
function withMore(usage: Usage | undefined, more: Usage | undefined): Usage | undefined {
  if (usage === undefined || more === undefined) return usage;
  const completionDetails = detailsSum(usage.completion_tokens_details, more.completion_tokens_details);
  const promptDetails = detailsSum(usage.prompt_tokens_details, more.prompt_tokens_details);
  return {
    ...usage,
    prompt_tokens: usage.prompt_tokens + more.prompt_tokens,
    completion_tokens: usage.completion_tokens + more.completion_tokens,
    total_tokens: usage.total_tokens + more.total_tokens,
    ...(promptDetails !== undefined && { prompt_tokens_details: promptDetails }),
    ...(completionDetails !== undefined && { completion_tokens_details: completionDetails }),
  };
}

function detailsSum(one: object | undefined, other: object | undefined): Json | undefined {
  const [given, more]: Json[] = [{ ...one }, { ...other }];
  const names = Object.keys({ ...given, ...more });
  return detailsOf(
    undefined,
    Object.fromEntries(names.map((name) => [name, sumOf([given?.[name], more?.[name]])])),
  );
}

/** Whether the body asks for summaries. */
export const sumsUp = (body: Json): boolean =>
  objectsIn(asObject(body.context_management)?.edits).some(({ type }) => asText(type)?.startsWith('compact'));

/** The summaries in a message of the assistant: without them all that they sum up would be read, and summed up, again. */
export const summariesOf = ({ beside }: FitAssistant): readonly object[] =>
  asList(beside.content_parts).filter((part): part is object => asObject(part)?.type === 'compaction');
