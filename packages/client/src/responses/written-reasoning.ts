// Reasoning of a response while it is written: one summary, and what the service wants back.
import { CARRIED_REASONING, type ResponseItemStatus, type ResponseOutputItem } from '@g4f/core';
import type { EventSink } from './event-sink.ts';
import { newId } from './response-object.ts';

/** One item of reasoning. */
export class WrittenReasoning {
  readonly #sink: EventSink;
  readonly #id = `rs_${newId()}`;
  readonly #place: number;
  readonly #details: unknown[] = [];
  #text: string | undefined;

  constructor(sink: EventSink) {
    this.#sink = sink;
    this.#place = sink.place();
    const item = { type: 'reasoning', id: this.#id, summary: [], status: 'in_progress' } as const;
    sink.push({
      type: 'response.output_item.added',
      sequence_number: sink.next(),
      output_index: this.#place,
      item,
    });
  }

  text(delta: string): void {
    if (this.#text === undefined) {
      const part = { type: 'summary_text', text: '' } as const;
      this.#sink.push({ type: 'response.reasoning_summary_part.added', ...this.#at(), part });
    }
    this.#text = (this.#text ?? '') + delta;
    this.#sink.push({ type: 'response.reasoning_summary_text.delta', ...this.#at(), delta });
  }

  /** Keeps what the service wants back. */
  seal(details: readonly unknown[]): void {
    for (const detail of details) this.#details.push(detail);
  }

  close(status: ResponseItemStatus): ResponseOutputItem {
    const text = this.#text;
    if (text !== undefined) {
      const part = { type: 'summary_text', text } as const;
      this.#sink.push({ type: 'response.reasoning_summary_text.done', ...this.#at(), text });
      this.#sink.push({ type: 'response.reasoning_summary_part.done', ...this.#at(), part });
    }
    const item: ResponseOutputItem = {
      type: 'reasoning',
      id: this.#id,
      summary: text === undefined ? [] : [{ type: 'summary_text', text }],
      ...(this.#details.length > 0 && {
        encrypted_content: `${CARRIED_REASONING}${JSON.stringify(this.#details)}`,
      }),
      status,
    };
    this.#sink.push({
      type: 'response.output_item.done',
      sequence_number: this.#sink.next(),
      output_index: this.#place,
      item,
    });
    return item;
  }

  #at() {
    return {
      sequence_number: this.#sink.next(),
      item_id: this.#id,
      output_index: this.#place,
      summary_index: 0,
    };
  }
}
