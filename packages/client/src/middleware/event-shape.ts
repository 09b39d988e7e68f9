// Whether data has the form of an event of a chat: that of a middleware of the program, or of an entry that was kept.
import type { FinishReason, StreamEvent } from '@g4f/core';
import { type Fields, isFields } from '../options/plain-value.ts';

type Shape = (value: unknown) => boolean;

const isText: Shape = (value) => typeof value === 'string';
const isNumber: Shape = (value) => typeof value === 'number';
const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);
/** An object whose fields have these shapes; others may be there. */
const fields =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) => {
    if (!isFields(value)) return false;
    for (const name in shapes) if (shapes[name]?.(value[name]) === false) return false;
    return true;
  };

const anyFields = optional(isFields);
const text = optional(isText);
const number = optional(isNumber);

const isUsage = fields({
  prompt_tokens: isNumber,
  completion_tokens: isNumber,
  total_tokens: isNumber,
  prompt_tokens_details: optional(
    fields({ cached_tokens: number, cache_write_tokens: number, audio_tokens: number }),
  ),
  completion_tokens_details: optional(fields({ reasoning_tokens: number, audio_tokens: number })),
  cost: number,
});

const REASONS: Readonly<Record<FinishReason, true>> = {
  stop: true,
  length: true,
  tool_calls: true,
  content_filter: true,
  function_call: true,
};
const isReason: Shape = (value) => typeof value === 'string' && Object.hasOwn(REASONS, value);

const SHAPES: Readonly<Record<StreamEvent['type'], Shape>> = {
  'answer-start': fields({ model: isText, id: text, provider: text, requestedModel: text, created: number }),
  'text-delta': fields({ text: isText }),
  'reasoning-delta': fields({ text: isText }),
  'tool-call-delta': fields({ key: isText, id: text, name: text, arguments: text, fields: anyFields }),
  media: fields({ mediaType: isText, url: isText }),
  source: fields({ url: text, title: text, text, start: number, end: number }),
  usage: fields({ usage: isUsage }),
  finish: fields({ reason: isReason, rawReason: text, usage: optional(isUsage) }),
  aside: fields({ extra: isFields }),
};

const isExtra = optional(fields({ chunk: anyFields, choice: anyFields, delta: anyFields }));

/** Whether each field that the event's type has is what it must be. */
export const isEvent = (event: unknown): event is StreamEvent => {
  if (!isFields(event)) return false;
  const { type, choice, extra }: Fields = event;
  return (
    typeof type === 'string' &&
    Object.hasOwn(SHAPES, type) &&
    number(choice) &&
    isExtra(extra) &&
    SHAPES[type as StreamEvent['type']](event)
  );
};
