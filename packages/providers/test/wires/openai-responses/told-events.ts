// The events of a response, and what a chat over them is told.
import { openaiResponses } from '../../../src/wires/openai-responses/index.ts';
import { sse } from '../acme.ts';
import { folded, hearWire } from '../hear-wire.ts';

export type Event = Readonly<Record<string, unknown>>;

const AT = { output_index: 0, item_id: 'i', content_index: 0 };
export const event = (type: string, fields: object = {}): Event => ({
  type: `response.${type}`,
  ...AT,
  ...fields,
});
/** What a chat is told of these events. */
export const hear = async (...events: readonly (Event | string)[]) => {
  const heard = await hearWire(openaiResponses, sse(event('created', { response: { id: 'r' } }), ...events));
  const [choice] = (await folded(heard)).choices;
  const { content, reasoning, refusal, tool_calls } = choice?.message ?? {};
  return {
    text: content ?? '',
    reasoning,
    refusal,
    calls: tool_calls?.map(({ function: f }) => f.arguments),
    finish: choice?.finish_reason,
    code: heard.error?.code,
    message: choice?.message,
  };
};
export const completed = (output: readonly unknown[] = [], more: object = {}): Event =>
  event('completed', { response: { status: 'completed', output, ...more } });

export const MESSAGE = { type: 'message', id: 'i' };
export const part = (text: unknown): object => ({ type: 'output_text', text });
/** The events that tell a whole text. */
export const TEXT_ENDS: readonly (readonly [string, (text: string) => Event])[] = [
  ['output_text.done', (text) => event('output_text.done', { text })],
  ['content_part.done', (text) => event('content_part.done', { part: part(text) })],
  ['output_item.done', (text) => event('output_item.done', { item: { ...MESSAGE, content: [part(text)] } })],
  ['completed', (text) => completed([{ ...MESSAGE, content: [part(text)] }])],
];
