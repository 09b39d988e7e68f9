// The events of a chat → the events of a response.
// Source: https://platform.openai.com/docs/api-reference/responses-streaming
import type {
  Batch,
  Fields,
  FinishReason,
  Media,
  ModelResponse,
  ResponseAnnotation,
  ResponseItemStatus,
  ResponseLogProb,
  ResponseOutputItem,
  ResponseRequest,
  ResponseStreamEvent,
  Source,
  StreamEvent,
  ToolCallDelta,
  Usage,
} from '@g4f/core';
import { createToolCallOrder } from '@g4f/core/internal';
import { isFields } from '../options/plain-value.ts';
import { EventSink } from './event-sink.ts';
import { begunResponse, newId, toResponseUsage } from './response-object.ts';
import { WrittenCall } from './written-call.ts';
import { WrittenMessage } from './written-message.ts';
import { WrittenReasoning } from './written-reasoning.ts';

interface OpenItem {
  close(status: ResponseItemStatus): ResponseOutputItem;
}

/** Writes one response. Its chat keeps the grammar, which is checked before. */
export class ResponseWriter {
  readonly #request: ResponseRequest;
  readonly #sink: EventSink;
  readonly #order = createToolCallOrder();
  readonly #calls = new Map<number, WrittenCall>();
  /** In the order of their places. */
  readonly #items: { open: OpenItem | undefined; done: ResponseOutputItem | undefined }[] = [];
  #message: WrittenMessage | undefined;
  #reasoning: WrittenReasoning | undefined;
  /** What came where no item was open that it belongs to. */
  readonly #details: unknown[] = [];
  readonly #citations: ResponseAnnotation[] = [];
  #response: ModelResponse | undefined;
  readonly #warnings: unknown[] = [];
  #tier: unknown;
  #reason: FinishReason = 'stop';
  #usage: Usage | undefined;

  /** @param provider who speaks, for errors. */
  constructor(request: ResponseRequest, provider: string) {
    this.#request = request;
    this.#sink = new EventSink(provider);
  }

  /** The events that these become. @throws G4FError `bad-response` above a limit */
  write(batch: Batch): ResponseStreamEvent[] {
    for (const event of batch) this.#add(event);
    return this.#sink.take();
  }

  /** The last events: what is open is closed, and the response is whole. */
  end(): ResponseStreamEvent[] {
    if (this.#citations.length > 0 && this.#message === undefined) this.#openMessage();
    if (this.#details.length > 0) this.#openReasoning();
    const status =
      this.#reason === 'length' || this.#reason === 'content_filter' ? 'incomplete' : 'completed';
    this.#closeAll(status);
    const reason = this.#reason === 'length' ? 'max_output_tokens' : 'content_filter';
    const response: ModelResponse = {
      ...this.#begun(),
      status,
      output: this.#items.flatMap(({ done }) => done ?? []),
      incomplete_details: status === 'completed' ? null : { reason },
      ...(this.#usage !== undefined && { usage: toResponseUsage(this.#usage) }),
    };
    this.#sink.push({ type: `response.${status}`, sequence_number: this.#sink.next(), response });
    return this.#sink.take();
  }

  #add(event: StreamEvent): void {
    if (event.type === 'usage' || event.type === 'finish') this.#usage = event.usage ?? this.#usage;
    this.#beside(event.extra?.chunk);
    if (event.type === 'answer-start') this.#start(event);
    // A response is one answer.
    if ((event.choice ?? 0) !== 0) return;
    if (event.extra?.delta !== undefined) this.#delta(event.extra.delta);
    switch (event.type) {
      case 'text-delta':
        this.#text(event.text, logprobsIn(event.extra?.choice));
        break;
      case 'reasoning-delta':
        this.#think(event.text);
        break;
      case 'tool-call-delta':
        this.#call(event);
        break;
      case 'media':
        this.#picture(event);
        break;
      case 'source':
        this.#cite(event);
        break;
      case 'finish':
        this.#reason = event.reason;
        break;
      default:
    }
  }

  #start(start: Extract<StreamEvent, { readonly type: 'answer-start' }>): void {
    this.#response = begunResponse(this.#request, start);
    for (const type of ['response.created', 'response.in_progress'] as const)
      this.#sink.push({ type, sequence_number: this.#sink.next(), response: this.#begun() });
  }

  #begun(): ModelResponse {
    const warnings = this.#warnings.map(String);
    return {
      ...(this.#response ?? begunResponse(this.#request, undefined)),
      ...(typeof this.#tier === 'string' && { service_tier: this.#tier }),
      ...(warnings.length > 0 && { warnings }),
    };
  }

  #beside(chunk: Fields | undefined): void {
    if (chunk === undefined) return;
    this.#tier = chunk.service_tier ?? this.#tier;
    const { warnings } = chunk;
    // Each list holds those before it.
    if (Array.isArray(warnings)) this.#warnings.splice(0, this.#warnings.length, ...warnings);
  }

  #delta({ refusal, reasoning_details: details }: Fields): void {
    if (typeof refusal === 'string' && refusal !== '') {
      this.#sink.keep(refusal.length);
      this.#openMessage().refusal(refusal);
    }
    if (!Array.isArray(details)) return;
    this.#sink.keep(JSON.stringify(details).length);
    if (this.#reasoning !== undefined) this.#reasoning.seal(details);
    else for (const detail of details) this.#details.push(detail);
  }

  #text(text: string, logprobs: readonly ResponseLogProb[] | undefined): void {
    if (text === '') return;
    this.#sink.keep(text.length);
    this.#openMessage().text(text, logprobs);
  }

  #think(text: string): void {
    if (text === '') return;
    this.#sink.keep(text.length);
    this.#closeMessage('completed');
    this.#openReasoning().text(text);
  }

  /** Calls stay open to the end, because pieces of several may come by turns. */
  #call(event: ToolCallDelta): void {
    this.#closeMessage('completed');
    this.#closeReasoning('completed');
    const piece = this.#order.place(event);
    this.#sink.keep((piece.function.arguments?.length ?? 0) + (piece.function.name?.length ?? 0));
    let call = this.#calls.get(piece.index);
    if (call === undefined) {
      call = this.#opened(new WrittenCall(this.#sink, piece));
      this.#calls.set(piece.index, call);
    }
    call.add(piece);
  }

  /** A picture is what OpenAI's tool for pictures gives; one that is no base64 has its address beside it. */
  #picture({ url }: Media): void {
    this.#sink.keep(url.length);
    this.#closeMessage('completed');
    this.#closeReasoning('completed');
    const base64 = /^data:[^,]{0,200};base64,/.exec(url);
    const same = { type: 'image_generation_call', id: `ig_${newId()}` } as const;
    const place = this.#sink.place();
    const item = {
      ...same,
      status: 'completed',
      ...(base64 === null ? { result: null, url } : { result: url.slice(base64[0].length) }),
    } as const;
    this.#items.push({ open: undefined, done: item });
    this.#sink.push({
      type: 'response.output_item.added',
      sequence_number: this.#sink.next(),
      output_index: place,
      item: { ...same, status: 'in_progress', result: null },
    });
    this.#sink.push({
      type: 'response.output_item.done',
      sequence_number: this.#sink.next(),
      output_index: place,
      item,
    });
  }

  #cite(source: Source): void {
    const annotation = toAnnotation(source);
    this.#sink.keep(JSON.stringify(annotation).length);
    if (this.#message === undefined) this.#citations.push(annotation);
    else this.#message.cite(annotation);
  }

  #openMessage(): WrittenMessage {
    if (this.#message !== undefined) return this.#message;
    this.#closeReasoning('completed');
    const message = this.#opened(new WrittenMessage(this.#sink));
    for (const citation of this.#citations.splice(0)) message.cite(citation);
    this.#message = message;
    return message;
  }

  #openReasoning(): WrittenReasoning {
    this.#reasoning ??= this.#opened(new WrittenReasoning(this.#sink));
    this.#reasoning.seal(this.#details.splice(0));
    return this.#reasoning;
  }

  #opened<Item extends OpenItem>(item: Item): Item {
    this.#items.push({ open: item, done: undefined });
    return item;
  }

  #closeMessage(status: ResponseItemStatus): void {
    if (this.#message !== undefined) this.#close(this.#message, status);
    this.#message = undefined;
  }

  #closeReasoning(status: ResponseItemStatus): void {
    if (this.#reasoning !== undefined) this.#close(this.#reasoning, status);
    this.#reasoning = undefined;
  }

  #close(item: OpenItem, status: ResponseItemStatus): void {
    const place = this.#items.findLast(({ open }) => open === item);
    if (place === undefined) return;
    place.open = undefined;
    place.done = item.close(status);
  }

  /** What was being said when the answer ended too early is not complete. */
  #closeAll(status: ResponseItemStatus): void {
    for (const place of this.#items) {
      if (place.open === undefined) continue;
      place.done = place.open.close(status);
      place.open = undefined;
    }
    this.#message = undefined;
    this.#reasoning = undefined;
  }
}

function logprobsIn(choice: Fields | undefined): readonly ResponseLogProb[] | undefined {
  const logprobs = choice?.logprobs;
  return isFields(logprobs) && Array.isArray(logprobs.content) ? logprobs.content : undefined;
}

/** A document without an address is a file. */
const toAnnotation = ({ url, title, text, start, end }: Source): ResponseAnnotation =>
  url === undefined
    ? { type: 'file_citation', file_id: '', filename: title ?? '', index: start ?? 0, ...(text && { text }) }
    : { type: 'url_citation', url, title: title ?? '', start_index: start ?? 0, end_index: end ?? 0 };
