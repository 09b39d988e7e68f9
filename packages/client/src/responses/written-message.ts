// A message of a response while it is written: texts and refusals, each a part.
import type {
  ResponseAnnotation,
  ResponseItemStatus,
  ResponseLogProb,
  ResponseOutputItem,
  ResponseOutputPart,
} from '@g4f/core';
import type { EventSink } from './event-sink.ts';
import { newId } from './response-object.ts';

interface OpenPart {
  readonly type: ResponseOutputPart['type'];
  text: string;
  annotations: ResponseAnnotation[];
  logprobs: ResponseLogProb[];
}

/** One message. */
export class WrittenMessage {
  readonly #sink: EventSink;
  readonly #id = `msg_${newId()}`;
  readonly #place: number;
  readonly #closed: ResponseOutputPart[] = [];
  #part: OpenPart | undefined;

  constructor(sink: EventSink) {
    this.#sink = sink;
    this.#place = sink.place();
    this.#tell('response.output_item.added', this.#item('in_progress'));
  }

  text(delta: string, logprobs: readonly ResponseLogProb[] | undefined): void {
    const part = this.#open('output_text');
    part.text += delta;
    if (logprobs !== undefined) for (const one of logprobs) part.logprobs.push(one);
    this.#sink.push({
      type: 'response.output_text.delta',
      sequence_number: this.#sink.next(),
      item_id: this.#id,
      output_index: this.#place,
      content_index: this.#closed.length,
      delta,
      logprobs: logprobs ?? [],
    });
  }

  refusal(delta: string): void {
    this.#open('refusal').text += delta;
    this.#sink.push({ type: 'response.refusal.delta', ...this.#at(), delta });
  }

  cite(annotation: ResponseAnnotation): void {
    const { annotations } = this.#open('output_text');
    annotations.push(annotation);
    const annotation_index = annotations.length - 1;
    this.#sink.push({
      type: 'response.output_text.annotation.added',
      ...this.#at(),
      annotation_index,
      annotation,
    });
  }

  close(status: ResponseItemStatus): ResponseOutputItem {
    this.#closePart();
    const item = this.#item(status);
    this.#tell('response.output_item.done', item);
    return item;
  }

  #item(status: ResponseItemStatus): ResponseOutputItem {
    return { type: 'message', id: this.#id, role: 'assistant', status, content: [...this.#closed] };
  }

  #tell(type: 'response.output_item.added' | 'response.output_item.done', item: ResponseOutputItem): void {
    this.#sink.push({ type, sequence_number: this.#sink.next(), output_index: this.#place, item });
  }

  #at() {
    return {
      sequence_number: this.#sink.next(),
      item_id: this.#id,
      output_index: this.#place,
      content_index: this.#closed.length,
    };
  }

  #open(type: OpenPart['type']): OpenPart {
    if (this.#part?.type === type) return this.#part;
    this.#closePart();
    this.#part = { type, text: '', annotations: [], logprobs: [] };
    this.#sink.push({ type: 'response.content_part.added', ...this.#at(), part: partOf(this.#part) });
    return this.#part;
  }

  #closePart(): void {
    if (this.#part === undefined) return;
    const { text, logprobs } = this.#part;
    const part = partOf(this.#part);
    this.#sink.push(
      part.type === 'refusal'
        ? { type: 'response.refusal.done', ...this.#at(), refusal: text }
        : { type: 'response.output_text.done', ...this.#at(), text, logprobs },
    );
    this.#sink.push({ type: 'response.content_part.done', ...this.#at(), part });
    this.#closed.push(part);
    this.#part = undefined;
  }
}

/** Copied: what has been handed on does not change. */
const partOf = ({ type, text, annotations, logprobs }: OpenPart): ResponseOutputPart =>
  type === 'refusal'
    ? { type, refusal: text }
    : { type, text, annotations: [...annotations], logprobs: [...logprobs] };
