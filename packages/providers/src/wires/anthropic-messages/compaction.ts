// A conversation that the service summed up by itself: what that cost, and the summary, which goes back with the message it is in.
// Source: https://platform.claude.com/docs/en/build-with-claude/compaction
import type { Usage } from '@g4f/core';
import { asList, asObject, type Json } from '../decoding/json.ts';
import type { FitAssistant } from '../fit/message.ts';
import { pick } from '../fit/message-content.ts';
import { anthropicUsage } from './usage.ts';

const COUNTS = [
  'input_tokens',
  'output_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
] as const;

/** The counts of the service leave out those of its summaries, which are billed: they are among the sums here. */
export const billedUsage = (raw: Json | undefined): Usage | undefined => {
  const summaries = asList(raw?.iterations)
    .map((iteration) => asObject(iteration) ?? {})
    .filter(({ type }) => type === 'compaction');
  if (raw === undefined || summaries.length === 0) return anthropicUsage(raw);
  const all = { ...raw };
  for (const counted of summaries) for (const name of COUNTS) all[name] = sumOf(all[name], counted[name]);
  const usage = anthropicUsage(all);
  return usage && { ...usage, ...pick(raw, COUNTS), native: raw };
};

/** What is no count is left to be read as it is. */
const sumOf = (one: unknown, other: unknown): unknown =>
  typeof other !== 'number' ? one : typeof one === 'number' ? one + other : (one ?? other);

/** The summaries in a message of the assistant: without them all that they sum up would be read, and summed up, again. */
export const summariesOf = ({ beside }: FitAssistant): readonly object[] =>
  asList(beside.content_parts).filter((part): part is object => asObject(part)?.type === 'compaction');
