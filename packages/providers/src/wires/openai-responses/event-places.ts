// Where the events of a response belong, for servers that do not say it (llama.cpp's, build 10434): OpenAI's always do.
// Source: https://platform.openai.com/docs/api-reference/responses-streaming
import { LIMITS, tooMany } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { asObject, asText, type Json } from '../decoding/json.ts';
import { textKey } from '../decoding/text-key.ts';

/** The items of one stream, and the parts of their content. */
export class EventPlaces {
  readonly #asked: RequestFacts;
  /** In the order in which they began: how many parts of each have. */
  readonly #items = new Map<string, { readonly index: number; parts: number }>();

  constructor(asked: RequestFacts) {
    this.#asked = asked;
  }

  /**
   * The event and where it belongs. One that says so itself, or is of no item, is left as it came.
   *
   * @throws G4FError `bad-response` for more items than a response may have
   */
  placed(type: string, event: Json): Json {
    const id = textKey(asText(event.item_id) ?? asText(asObject(event.item)?.id));
    if (id === undefined || event.output_index !== undefined) return event;
    const item = this.#items.get(id) ?? this.#begin(id);
    if (type === 'response.content_part.added') item.parts += 1;
    const part = asObject(event.part);
    return {
      output_index: item.index,
      ...(OF_CONTENT.test(type) && { content_index: Math.max(0, item.parts - 1) }),
      ...(OF_TEXT.has(type) && { logprobs: [] }),
      ...event,
      ...(part?.type === 'output_text' && { part: { annotations: [], logprobs: [], ...part } }),
    };
  }

  #begin(id: string) {
    const { provider, model } = this.#asked;
    const item = { index: this.#items.size, parts: 0 };
    if (item.index >= LIMITS.items) throw tooMany('items', LIMITS.items, { provider, model });
    this.#items.set(id, item);
    return item;
  }
}

const OF_CONTENT = /^response\.(?:content_part|output_text|refusal|reasoning_text)\./;
const OF_TEXT: ReadonlySet<string> = new Set(['response.output_text.delta', 'response.output_text.done']);
