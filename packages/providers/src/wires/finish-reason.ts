// Why an answer ended, in OpenAI's words, from the words of the services.
import type { FinishReason } from '@g4f/core';

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['end_turn', 'stop'],
  ['eos', 'stop'],
  ['eos_token', 'stop'],
  ['stop_sequence', 'stop'],
  ['complete', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['model_length', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['max_output_tokens', 'length'],
  ['tool_calls', 'tool_calls'],
  ['tool_use', 'tool_calls'],
  ['function_call', 'function_call'],
  ['content_filter', 'content_filter'],
  ['safety', 'content_filter'],
  ['refusal', 'content_filter'],
  // Zhipu.
  ['sensitive', 'content_filter'],
]);

/** The service's reason in OpenAI's words; one we do not know counts as `stop`, and the raw one is kept beside it. */
export const toFinishReason = (raw: string): FinishReason => REASONS.get(raw.toLowerCase()) ?? 'stop';
