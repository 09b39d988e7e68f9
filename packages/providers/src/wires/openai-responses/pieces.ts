// Which events of a response carry a piece of an item's text, and which carry the whole of it.
// Source: https://platform.openai.com/docs/api-reference/responses-streaming
import type { TextSlot } from '../../http/reading/repeated-text.ts';
import { asIndex, asObject } from '../decoding/json.ts';
import type { ItemKind } from './texts.ts';

/** An event's kind of text, the type of its item, and the field that tells which of the item's texts it is. */
interface Piece {
  readonly kind: ItemKind;
  readonly type: string;
  readonly at: string;
}

const TEXT = { kind: 'text', type: 'message', at: 'content_index' } as const;
const REFUSAL = { kind: 'refusal', type: 'message', at: 'content_index' } as const;
const THOUGHT = { kind: 'reasoning', type: 'reasoning', at: 'content_index' } as const;
const SUMMARY = { kind: 'reasoning', type: 'reasoning', at: 'summary_index' } as const;
// A call has one text, whatever its events say.
const ARGUMENTS = { kind: 'arguments', type: 'function_call', at: '' } as const;
const INPUT = { kind: 'input', type: 'custom_tool_call', at: '' } as const;

/** Events with a `delta`. */
export const PIECES: ReadonlyMap<string, Piece> = new Map<string, Piece>([
  ['response.output_text.delta', TEXT],
  ['response.refusal.delta', REFUSAL],
  ['response.reasoning_text.delta', THOUGHT],
  ['response.reasoning_summary_text.delta', SUMMARY],
  // Their older names, which some servers still write: https://github.com/openai/openai-python/releases/tag/v1.77.0
  ['response.reasoning.delta', THOUGHT],
  ['response.reasoning_summary.delta', SUMMARY],
  ['response.function_call_arguments.delta', ARGUMENTS],
  ['response.custom_tool_call_input.delta', INPUT],
]);

/** Events with the whole text, and the field that holds it. */
export const WHOLES: ReadonlyMap<string, Piece & { readonly field: string }> = new Map([
  ['response.output_text.done', { ...TEXT, field: 'text' }],
  ['response.refusal.done', { ...REFUSAL, field: 'refusal' }],
  ['response.reasoning_text.done', { ...THOUGHT, field: 'text' }],
  ['response.reasoning_summary_text.done', { ...SUMMARY, field: 'text' }],
  ['response.reasoning.done', { ...THOUGHT, field: 'text' }],
  ['response.reasoning_summary.done', { ...SUMMARY, field: 'text' }],
  ['response.reasoning_summary_part.done', { ...SUMMARY, field: 'part' }],
  ['response.function_call_arguments.done', { ...ARGUMENTS, field: 'arguments' }],
  ['response.custom_tool_call_input.done', { ...INPUT, field: 'input' }],
]);

/** Events with a `delta` of sound, which are of no item, and the field of OpenAI's chats for it. */
export const SOUNDS: ReadonlyMap<string, string> = new Map([
  ['response.audio.delta', 'data'],
  ['response.audio.transcript.delta', 'transcript'],
]);

/** `delta` of a piece of a message's text. A numbered event repeats no other, unless it was sent twice. */
export function textIn(json: unknown): TextSlot | undefined {
  const payload = asObject(json);
  return payload?.type === 'response.output_text.delta' && asIndex(payload.sequence_number) === undefined
    ? { object: payload, name: 'delta' }
    : undefined;
}
