// Why an Anthropic message ended, and what may follow it.
// Source: https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons
import type { Endings } from '../decoding/finish-reason.ts';

/** After a turn that calls tools another message may follow in the same stream, and does so at once, in ms. */
export const NEXT_MESSAGE_MS = 100;
/** After these the turn goes on when it is sent back. */
export const PAUSES: ReadonlySet<string> = new Set(['pause_turn', 'compaction']);
/** After these another message may follow in the same stream. */
export const GOES_ON: ReadonlySet<string> = new Set(['tool_use', 'pause_turn']);
/**
 * A paused or compacted turn is not over: it goes on when its message is sent back as it is, and OpenAI's word for an
 * answer that is cut and can be continued is `length`. The service's own word stands beside it.
 * Source: https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons
 */
export const ENDINGS: Endings = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['stop', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['pause_turn', 'length'],
  ['compaction', 'length'],
  ['tool_use', 'tool_calls'],
  ['tool_calls', 'tool_calls'],
  ['refusal', 'content_filter'],
]);
