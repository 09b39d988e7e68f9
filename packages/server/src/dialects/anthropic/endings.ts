// How an answer ended, in Anthropic's words, and what it cost.
// Source: https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons
import type { ChunkChoice, Usage } from '@g4f/core';
import { countsOf } from '../answer-parts.ts';

const REASONS = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'refusal',
};
const OWN: ReadonlySet<unknown> = new Set([
  ...[
    'end_turn',
    'max_tokens',
    'stop_sequence',
    'tool_use',
    'pause_turn',
    'refusal',
    'model_context_window_exceeded',
  ],
]);

/** Its own word where the service that answered has it. */
export const stopReason = ({
  finish_reason,
  native_finish_reason,
}: Pick<ChunkChoice, 'finish_reason' | 'native_finish_reason'>): string =>
  OWN.has(native_finish_reason) && native_finish_reason !== undefined
    ? native_finish_reason
    : REASONS[finish_reason ?? 'stop'];

/** The counts; it counts what was read from or written to a cache beside the other input. */
export const usageOf = (usage: Usage | undefined): object => {
  const { fresh, cached, written, completion } = countsOf(usage);
  return {
    input_tokens: fresh,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: cached,
    output_tokens: completion,
  };
};
