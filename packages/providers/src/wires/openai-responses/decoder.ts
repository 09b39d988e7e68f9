// Payloads of a response → events. Source: https://platform.openai.com/docs/api-reference/responses-streaming
import {
  type ChatRequest,
  LIMITS,
  type StreamEvent,
  type TextDelta,
  tooMany,
  truncated,
  type Usage,
} from '@g4f/core';
import { nothingSaid, type RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import { isEndMark } from '../../http/reading/sse.ts';
import type { WireDecoder } from '../../http/reading/wire-decoder.ts';
import { AnswerText } from '../decoding/answer-text.ts';
import { badEnding, readEnding } from '../decoding/finish-reason.ts';
import { asIndex, asNumber, asObject, asText, type Json } from '../decoding/json.ts';
import { PayloadFields } from '../decoding/payload-fields.ts';
import { reportedFailure, saysError } from '../decoding/reported-failure.ts';
import { ENDINGS } from './endings.ts';
import { EventNumbers } from './event-numbers.ts';
import { Item, type ItemContext } from './item.ts';
import { hasOutput, Items, outputOf, type PlacedText, referenceOf, referenceTo } from './items.ts';
import { notWaitedFor } from './not-waited-for.ts';
import { PIECES, SOUNDS, textIn, WHOLES } from './pieces.ts';
import { customToolsOf } from './tools.ts';
import { responsesUsage } from './usage.ts';

/** After a response that ends with the call of a tool another may follow in the same stream, and does so at once, in ms. */
const NEXT_RESPONSE_MS = 100;
/** What a response says of itself while it is made: a whole body of that status is made in the background. */
const NOT_YET: ReadonlySet<unknown> = new Set(['queued', 'in_progress']);

/**
 * A decoder for one answer.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createResponsesDecoder = (
  request: ChatRequest,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): WireDecoder => new ResponsesDecoder(request, asked, headers);

class ResponsesDecoder implements WireDecoder {
  readonly expected = 'a response';
  readonly textIn = textIn;
  readonly isEnd = isEndMark;
  readonly #request: ChatRequest;
  readonly #asked: RequestFacts;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fields: PayloadFields;
  readonly #text: AnswerText;
  readonly #context: ItemContext;
  #items: Items;
  #responses = 0;
  /** In this response, and in all of them. */
  #made = 0;
  #madeInAll = 0;
  #lastText: PlacedText | undefined;
  readonly #numbers = new EventNumbers();
  #hasStarted = false;
  #hasCalled = false;
  #goesOn = false;
  #stop: string | undefined;
  #tier: string | undefined;
  #usage: Usage | undefined;

  constructor(request: ChatRequest, asked: RequestFacts, headers: Readonly<Record<string, string>>) {
    this.#request = request;
    this.#asked = asked;
    this.#headers = headers;
    this.#fields = new PayloadFields(asked);
    this.#text = new AnswerText(request);
    this.#context = {
      asked,
      fields: this.#fields,
      text: this.#text,
      customTools: customToolsOf(request),
      hasGap: false,
      places: 0,
      lastText: undefined,
    };
    this.#items = new Items(this.#createItem);
  }

  payload(json: unknown, event: string, events: StreamEvent[], text?: string): boolean {
    const payload = asObject(json) ?? {};
    // A response that was not asked for in pieces, as the only event of a stream.
    if (payload.object === 'response' && hasOutput(payload)) return this.whole(json, events, text);
    const place = this.#numbers.take(asIndex(payload.sequence_number), text);
    if (place === 'again') return false;
    this.#context.hasGap ||= place === 'gap';
    this.#fields.use(json, text);
    const type = asText(payload.type) ?? event;
    // A service that leaves out `response.created` begins with its first piece.
    if (type.startsWith('response.')) this.#start(asObject(payload.response) ?? {}, events);
    const isOver = this.#read(type, payload, events);
    this.#fields.use();
    return isOver;
  }

  repeated({ text }: TextDelta, length: number): void {
    this.#lastText?.item.repeated(this.#lastText.at, text, length);
  }

  whole(json: unknown, events: StreamEvent[], text?: string): boolean {
    const body = asObject(json);
    if (body === undefined || !hasOutput(body)) return false;
    this.#fields.use(json, text);
    if (NOT_YET.has(body.status)) throw notWaitedFor(body.status, this.#asked);
    this.#end(body, 'completed', events);
    return true;
  }

  finished(): boolean {
    return this.#stop !== undefined;
  }

  patienceMs(): number | undefined {
    return this.#goesOn ? NEXT_RESPONSE_MS : undefined;
  }

  close(events: StreamEvent[]): void {
    const stop = this.#stop;
    if (stop === undefined && this.#items.isEmpty) throw nothingSaid(this.#asked, this.#headers);
    // `[DONE]` alone is no end here: only the response itself tells whether it is whole.
    if (stop === undefined) throw this.#truncated();
    this.#text.flush(events);
    const reason = readEnding(stop, ENDINGS);
    if (reason === undefined) throw badEnding(stop, this.#asked, this.#headers);
    if (reason === 'stop' && this.#items.hasCutCall) throw this.#truncated();
    events.push({
      type: 'finish',
      reason: reason === 'stop' && this.#hasCalled ? 'tool_calls' : reason,
      rawReason: stop,
      ...(this.#tier !== undefined && { extra: { chunk: { service_tier: this.#tier } } }),
    });
    if (this.#usage !== undefined) events.push({ type: 'usage', usage: this.#usage });
  }

  abandon(events: StreamEvent[]): void {
    this.#text.flush(events);
  }

  #read(type: string, payload: Json, events: StreamEvent[]): boolean {
    if (this.#readItem(type, payload, events)) return false;
    const sound = SOUNDS.get(type);
    if (sound !== undefined)
      events.push({
        type: 'aside',
        extra: { delta: { audio: { [sound]: this.#fields.textOf(payload.delta) } } },
      });
    switch (type) {
      case 'response.created':
        this.#begin();
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        this.#end(asObject(payload.response) ?? {}, type.slice('response.'.length), events);
        return !this.#goesOn;
      case 'error':
        this.#fail(payload);
        break;
      default:
        if (
          saysError(payload.error) ||
          (payload.type === undefined && readServiceError(payload) !== undefined)
        )
          this.#fail(payload);
    }
    return false;
  }

  #readItem(type: string, payload: Json, events: StreamEvent[]): boolean {
    const piece = PIECES.get(type);
    const whole = WHOLES.get(type);
    if (piece !== undefined) {
      const item = this.#itemOf(payload, piece.type);
      const at = asIndex(payload[piece.at]);
      if (piece.kind === 'text') this.#lastText = { item, at };
      item.add(piece.kind, at, payload, events);
      return true;
    }
    if (whole === undefined) return this.#readItemEvent(type, payload, events);
    const { kind, field } = whole;
    const text = field === 'part' ? asObject(payload.part)?.text : payload[field];
    this.#itemOf(payload, whole.type).complete(
      kind,
      asIndex(payload[whole.at]),
      text,
      events,
      payload.logprobs,
    );
    return true;
  }

  #readItemEvent(type: string, payload: Json, events: StreamEvent[]): boolean {
    const item = asObject(payload.item) ?? {};
    switch (type) {
      case 'response.content_part.done':
        this.#itemOf(payload, 'message').completePart(
          asIndex(payload.content_index),
          asObject(payload.part) ?? {},
          events,
        );
        return true;
      case 'response.output_text.annotation.added':
        this.#itemOf(payload, 'message').cite(asObject(payload.annotation) ?? {}, events);
        return true;
      case 'response.output_item.added':
        this.#itemOf(payload, item.type, true).open(item, events);
        return true;
      case 'response.output_item.done':
        this.#itemOf(payload, item.type).close(item, events);
        return true;
      default:
        return false;
    }
  }

  #itemOf(payload: Json, type: unknown, begins = false): Item {
    return this.#items.at(referenceOf(payload, type, begins));
  }

  readonly #createItem = (): Item => {
    if (this.#madeInAll === LIMITS.items) throw tooMany('items', LIMITS.items, this.#asked);
    this.#made += 1;
    this.#madeInAll += 1;
    return new Item(`${this.#responses}.${this.#made - 1}`, this.#context);
  };

  #start(response: Json, events: StreamEvent[]): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const id = asText(response.id);
    const created = asNumber(response.created_at);
    events.push({
      type: 'answer-start',
      model: asText(response.model) ?? this.#request.model,
      ...(id !== undefined && { id }),
      ...(created !== undefined && { created: Math.floor(created) }),
    });
  }

  /** One stream may hold several responses: the numbers of their items begin anew, the keys of their calls must not. */
  #begin(): void {
    this.#items = new Items(this.#createItem);
    this.#lastText = undefined;
    this.#context.hasGap = false;
    this.#responses += 1;
    this.#made = 0;
    this.#stop = undefined;
  }

  /**
   * Says what no event has said yet: all of a response that comes whole, and the rest of an item that was never closed.
   *
   * @param status what it is if the response does not say, or says what it was while it was made.
   */
  #end(response: Json, status: string, events: StreamEvent[]): void {
    this.#start(response, events);
    const said = asText(response.status);
    const ended = said === undefined || NOT_YET.has(said) ? status : said;
    const { error } = response;
    const isSaid = saysError(error);
    if (ended === 'failed' || ended === 'cancelled' || isSaid)
      this.#fail({ error: isSaid ? error : `the response ended as "${ended}"` });
    const output = outputOf(response);
    for (const [index, item] of output.entries())
      this.#items.last(referenceTo(item, index)).close(item, events);
    this.#items.end(events);
    this.#hasCalled = this.#items.hasCall;
    this.#goesOn = output.at(-1)?.type !== 'message';
    this.#stop = asText(asObject(response.incomplete_details)?.reason) ?? ended;
    this.#tier = asText(response.service_tier);
    this.#usage = responsesUsage(asObject(response.usage));
  }

  #fail(value: unknown): never {
    throw reportedFailure(value, this.#asked, this.#headers);
  }

  #truncated(): Error {
    return truncated(this.#asked.provider, {
      model: this.#asked.model,
      requestId: requestIdOf(this.#headers),
    });
  }
}
