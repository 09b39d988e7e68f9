// What the fields of a choice hold: the text and reasoning of a message, the ending, in all the forms in which services write them.
import type { FinishReason } from '@g4f/core';
import type { Endings } from './finish-reason.ts';
import { asObject, type Json } from './json.ts';
import { textOfValue } from './text-value.ts';

/** Kinds of parts of the content that are reasoning. */
const REASONS = /reason|think/;

/**
 * The endings that are known to be good, but for limits and filters, whose words tell it (`readEnding`). OpenAI's own:
 * https://platform.openai.com/docs/api-reference/chat/object; others come from services that hand the model's or the engine's
 * word through (vLLM, TGI `eos_token`, Together `eos`, Anthropic's and Gemini's behind proxies); xAI's and Groq's are OpenAI's.
 */
export const ENDINGS: Endings = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['end_turn', 'stop'],
  ['eos', 'stop'],
  ['eos_token', 'stop'],
  ['stop_sequence', 'stop'],
  ['complete', 'stop'],
  ['completed', 'stop'],
  ['tool_call', 'tool_calls'],
  ['tool_calls', 'tool_calls'],
  ['tool_use', 'tool_calls'],
  ['function_call', 'function_call'],
]);

/** The reason as the service says it; "null" and false are none. */
export function rawReason(value: unknown): string | undefined {
  if (value == null || value === false || value === '') return undefined;
  const raw = textOfValue(value) ?? JSON.stringify(value);
  return raw === '' || raw === 'null' ? undefined : raw;
}

/** The first of its fields that says something; undefined if they cannot be read. */
export const reasoningOf = ({ reasoning_content, reasoning }: Json): string | undefined =>
  textOfValue(reasoning_content) || textOfValue(reasoning);

/** What a part of the content holds that is reasoning: `{type: "thinking", thinking: [{text}]}` (Mistral), `{type: "reasoning", text}`. */
export const thoughtIn = ({ type, thinking, reasoning, reasoning_content, text }: Json): unknown =>
  thinking ??
  reasoning ??
  reasoning_content ??
  (typeof type === 'string' && REASONS.test(type) ? text : undefined);

/** The visible text in the content of a whole message. */
export function contentText(content: unknown): string {
  if (!Array.isArray(content)) return textOfValue(content) ?? '';
  return content
    .map((part) => (thoughtIn(asObject(part) ?? {}) === undefined ? (textOfValue(part) ?? '') : ''))
    .join('');
}

/** From a `data:` URL; an address elsewhere does not tell it. */
export const mediaTypeOf = (url: string): string => /^data:([^;,]+)/.exec(url)?.[1] ?? 'image/*';
