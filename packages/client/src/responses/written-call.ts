// The call of a tool while it is written.
import type { Fields, ResponseItemStatus, ResponseOutputItem, ToolCallChunk } from '@g4f/core';
import type { EventSink } from './event-sink.ts';
import { newId } from './response-object.ts';

/** One call. */
export class WrittenCall {
  readonly #sink: EventSink;
  readonly #id: string;
  readonly #callId: string;
  readonly #isCustom: boolean;
  readonly #place: number;
  #name = '';
  #arguments = '';
  #fields: Fields = {};

  /** @param first its first piece, which has its id. */
  constructor(sink: EventSink, { id = '', type, function: { name = '' } }: ToolCallChunk) {
    this.#sink = sink;
    this.#isCustom = type === 'custom';
    this.#id = `${this.#isCustom ? 'ctc' : 'fc'}_${newId()}`;
    this.#callId = id;
    this.#name = name;
    this.#place = sink.place();
    this.#tell('response.output_item.added', this.#item('in_progress'));
  }

  add({ index: _, id: __, type: ___, custom: ____, function: piece, ...fields }: ToolCallChunk): void {
    if (piece.name !== undefined) this.#name = piece.name;
    if (Object.keys(fields).length > 0) this.#fields = { ...this.#fields, ...fields };
    const { arguments: delta = '' } = piece;
    if (delta === '') return;
    this.#arguments += delta;
    const type = this.#isCustom
      ? 'response.custom_tool_call_input.delta'
      : 'response.function_call_arguments.delta';
    this.#sink.push({ type, ...this.#at(), delta });
  }

  close(status: ResponseItemStatus): ResponseOutputItem {
    const text = this.#arguments;
    this.#sink.push(
      this.#isCustom
        ? { type: 'response.custom_tool_call_input.done', ...this.#at(), input: text }
        : {
            type: 'response.function_call_arguments.done',
            ...this.#at(),
            name: this.#name,
            arguments: text,
          },
    );
    const item = this.#item(status);
    this.#tell('response.output_item.done', item);
    return item;
  }

  #item(status: ResponseItemStatus): ResponseOutputItem {
    const same = { ...this.#fields, id: this.#id, call_id: this.#callId, name: this.#name, status };
    return this.#isCustom
      ? { ...same, type: 'custom_tool_call', input: this.#arguments }
      : { ...same, type: 'function_call', arguments: this.#arguments };
  }

  #at() {
    return { sequence_number: this.#sink.next(), item_id: this.#id, output_index: this.#place };
  }

  #tell(type: 'response.output_item.added' | 'response.output_item.done', item: ResponseOutputItem): void {
    this.#sink.push({ type, sequence_number: this.#sink.next(), output_index: this.#place, item });
  }
}
