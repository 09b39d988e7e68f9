// Payloads of an Anthropic message → events.
// Source: https://platform.claude.com/docs/en/build-with-claude/streaming
import {
  type ChatRequest,
  type Extra,
  LIMITS,
  type StreamEvent,
  type TextDelta,
  tooMany,
  truncated,
} from '@g4f/core';
import { nothingSaid, type RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import type { WireDecoder } from '../../http/reading/wire-decoder.ts';
import { AnswerText } from '../decoding/answer-text.ts';
import { badEnding, readEnding } from '../decoding/finish-reason.ts';
import { asObject, asText, itemsOf, type Json, otherFields } from '../decoding/json.ts';
import { rawReason } from '../decoding/openai-content.ts';
import { PayloadFields } from '../decoding/payload-fields.ts';
import { reportedFailure, saysError } from '../decoding/reported-failure.ts';
import { textKey } from '../decoding/text-key.ts';
import { unreadable } from '../decoding/text-value.ts';
import { moreCounts } from '../decoding/usage.ts';
import { CONTENT_OF_KIND, createBlock, kindOfPiece, takes, textIn } from './block.ts';
import type { Block, BlockContext } from './block-context.ts';
import { type BlockKind, BlockOrder } from './block-order.ts';
import { ENDINGS, GOES_ON, NEXT_MESSAGE_MS, PAUSES } from './endings.ts';
import { anthropicUsage } from './usage.ts';

const KNOWN_IN_MESSAGE: ReadonlySet<string> = new Set([
  ...['id', 'type', 'role', 'model', 'content', 'stop_reason', 'usage', 'error'],
]);
const KNOWN_IN_DELTA: ReadonlySet<string> = new Set(['stop_reason']);
const KNOWN_BESIDE_DELTA: ReadonlySet<string> = new Set(['type', 'delta', 'usage', 'error']);
/**
 * A decoder for one answer.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createAnthropicDecoder = (
  request: ChatRequest,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): WireDecoder => new AnthropicDecoder(request, asked, headers);

class AnthropicDecoder implements WireDecoder {
  readonly expected = 'an Anthropic message';
  readonly textIn = textIn;
  readonly #request: ChatRequest;
  readonly #asked: RequestFacts;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fields: PayloadFields;
  readonly #text: AnswerText;
  readonly #of: BlockContext;
  /** That are open, by their number; those whose beginning was lost by their number and kind. */
  readonly #blocks = new Map<unknown, Block>();
  readonly #order = new BlockOrder();
  /** The call that began last and is open. */
  #lastCall: Block | undefined;
  /** Open calls that were not whole, or to which something came: only these are looked at with each payload. */
  readonly #unsure = new Set<Block>();
  #messages = 0;
  /** Of the whole stream: the services' own numbers begin anew in its next message, and some say 0 for every block. */
  #begun = 0;
  #hasCalled = false;
  #isEnded = false;
  #stop: string | undefined;
  /** Whether the beginning of the message named the reason of its end: not believed if anything follows. */
  #isStopEarly = false;
  #stopExtra: Extra | undefined;
  #counts: Json | undefined;

  constructor(request: ChatRequest, asked: RequestFacts, headers: Readonly<Record<string, string>>) {
    this.#request = request;
    this.#asked = asked;
    this.#headers = headers;
    this.#fields = new PayloadFields(asked);
    this.#text = new AnswerText(request);
    this.#of = { asked, fields: this.#fields, text: this.#text, order: this.#order, calls: new Map() };
  }

  payload(json: unknown, event: string, events: StreamEvent[], text?: string): boolean {
    const payload = asObject(json) ?? {};
    // An answer that was not asked for in pieces, as the only event of a stream. After pieces it says the same once more, and
    // before them nothing yet.
    if (payload.type === 'message' && this.#begun === 0 && itemsOf(payload.content).length > 0)
      return this.whole(json, events, text);
    this.#fields.use(json, text);
    const isOver = this.#read(asText(payload.type) ?? event, payload, events);
    this.#fields.use();
    return isOver;
  }

  whole(json: unknown, events: StreamEvent[], text?: string): boolean {
    const body = asObject(json);
    if (body === undefined || body.content == null) return false;
    this.#fields.use(json, text);
    this.#start(body, events);
    this.#stop = rawReason(body.stop_reason);
    if (saysError(body.error)) this.#fail(body);
    this.#isEnded = true;
    return true;
  }

  finished(): boolean {
    return (this.#isEnded || this.#stop !== undefined) && !this.#hasCutCall();
  }

  patienceMs(): number | undefined {
    return this.#goesOn() ? NEXT_MESSAGE_MS : undefined;
  }

  close(events: StreamEvent[]): void {
    if (this.#messages === 0 || (this.#stop === undefined && this.#begun === 0))
      throw nothingSaid(this.#asked, this.#headers);
    const raw = this.#stop;
    const reason = readEnding(raw ?? 'end_turn', ENDINGS);
    if (reason !== 'length') this.#failIfCut();
    this.#closeAll(events);
    this.#text.flush(events);
    if (reason === undefined) throw badEnding(raw ?? '', this.#asked, this.#headers);
    if (PAUSES.has(raw ?? '')) this.#order.tell(events);
    events.push({
      type: 'finish',
      reason: reason === 'stop' && this.#hasCalled ? 'tool_calls' : reason,
      ...(raw !== undefined && { rawReason: raw }),
      ...(this.#stopExtra !== undefined && { extra: this.#stopExtra }),
    });
    const usage = anthropicUsage(this.#counts);
    if (usage !== undefined) events.push({ type: 'usage', usage });
  }

  repeated(_last: TextDelta, length: number): void {
    this.#order.addText(length);
  }

  abandon(events: StreamEvent[]): void {
    this.#text.flush(events);
  }

  #read(type: string, payload: Json, events: StreamEvent[]): boolean {
    const index = textKey(payload.index);
    switch (type) {
      case 'message_start':
        this.#start(asObject(payload.message) ?? {}, events);
        break;
      case 'content_block_start':
        this.#open(index, payload.content_block, events);
        break;
      case 'content_block_delta':
        this.#add(index, payload.delta, events);
        break;
      case 'content_block_stop':
        this.#close(index, events);
        break;
      case 'message_delta':
        this.#readEnd(payload);
        break;
      case 'message_stop':
        this.#isEnded = this.#messages > 0;
        break;
      case 'error':
        this.#fail(payload);
        break;
      default:
        if (payload.type === undefined && readServiceError(payload) !== undefined) this.#fail(payload);
    }
    // After what stands beside it.
    if (saysError(payload.error)) this.#fail(payload);
    return type === 'message_stop' && this.#isEnded && !this.#goesOn();
  }

  #start(message: Json, events: StreamEvent[]): void {
    this.#failIfCut();
    this.#closeAll(events);
    this.#isEnded = false;
    this.#messages += 1;
    if (this.#messages === 1) {
      const id = asText(message.id);
      events.push({
        type: 'answer-start',
        model: asText(message.model) ?? this.#request.model,
        ...(id !== undefined && { id }),
      });
    }
    for (const [index, item] of itemsOf(message.content).entries()) {
      this.#open(index, item, events);
      this.#close(index, events);
    }
    // Each message is counted for itself.
    this.#counts = asObject(message.usage) ?? this.#counts;
    this.#stop = this.#begun > 0 ? rawReason(message.stop_reason) : undefined;
    this.#isStopEarly = true;
    const others = otherFields(message, KNOWN_IN_MESSAGE);
    if (others !== undefined) events.push({ type: 'aside', extra: { chunk: others } });
  }

  #open(index: unknown, content: unknown, events: StreamEvent[]): void {
    this.#goOn(events);
    const id = textKey(asText(asObject(content)?.id));
    const there = this.#blocks.get(index);
    // The beginning of a call, said twice.
    if (id !== undefined && there !== undefined && this.#of.calls.get(id) === there) return;
    this.#close(index, events);
    // A text alone stands for a block of text.
    this.#begin(index, asObject(content) ?? { type: 'text', text: content }, events);
  }

  #goOn(events: StreamEvent[]): void {
    // The start of the message was lost on the way: what is said is none the less the answer.
    if (this.#messages === 0) this.#start({}, events);
    if (this.#isStopEarly) this.#stop = undefined;
    this.#isStopEarly = false;
  }

  #begin(place: unknown, content: Json, events: StreamEvent[]): Block {
    if (this.#begun === LIMITS.items) throw tooMany('blocks', LIMITS.items, this.#asked);
    const block = createBlock(String(this.#begun), content, this.#of);
    this.#begun += 1;
    this.#blocks.set(place, block);
    this.#order.begin(block.kind);
    if (block.kind === 'call') {
      this.#hasCalled = true;
      this.#lastCall = block;
    }
    block.open(events);
    return block;
  }

  /** A piece is believed before its block: what is text by its own type is text, wherever it comes. */
  #add(index: unknown, value: unknown, events: StreamEvent[]): void {
    if (value == null) return;
    this.#goOn(events);
    const delta = asObject(value) ?? { text: value };
    const there = this.#blocks.get(index);
    const kind = kindOfPiece(delta, there);
    const block =
      there !== undefined && takes(there, kind) ? there : this.#blockOf(index, kind, delta, events);
    if (block?.kind === 'call') this.#unsure.add(block);
    block?.add(delta, events);
  }

  /** The block of a piece that is not of the one at its number. */
  #blockOf(index: unknown, kind: BlockKind, delta: Json, events: StreamEvent[]): Block | undefined {
    if (kind === 'call') return this.#callOf(delta);
    const place = `${index} ${kind}`;
    return this.#blocks.get(place) ?? this.#begin(place, CONTENT_OF_KIND[kind], events);
  }

  /** Arguments continue the call that began last. Without one nobody knows what is called: that is no answer. */
  #callOf(delta: Json): Block | undefined {
    if (this.#lastCall === undefined && delta.partial_json != null && delta.partial_json !== '')
      throw unreadable(delta, this.#asked);
    return this.#lastCall;
  }

  #close(index: unknown, events: StreamEvent[]): void {
    const block = this.#blocks.get(index);
    if (block === undefined) return;
    block.close(events);
    this.#blocks.delete(index);
    this.#unsure.delete(block);
    if (this.#lastCall === block) this.#lastCall = undefined;
  }

  #closeAll(events: StreamEvent[]): void {
    for (const index of [...this.#blocks.keys()]) this.#close(index, events);
  }

  #readEnd(payload: Json): void {
    const delta = asObject(payload.delta) ?? {};
    this.#stop = rawReason(delta.stop_reason) ?? this.#stop;
    this.#counts = moreCounts(this.#counts, payload.usage);
    const choice = otherFields(delta, KNOWN_IN_DELTA);
    const chunk = otherFields(payload, KNOWN_BESIDE_DELTA);
    if (choice !== undefined || chunk !== undefined)
      this.#stopExtra = { ...this.#stopExtra, ...(choice && { choice }), ...(chunk && { chunk }) };
  }

  #goesOn(): boolean {
    return this.#isEnded && GOES_ON.has(this.#stop ?? '');
  }

  #hasCutCall(): boolean {
    for (const call of this.#unsure)
      if (call.isCutCall()) return true;
      else this.#unsure.delete(call);
    return false;
  }

  #failIfCut(): void {
    const { provider, model } = this.#asked;
    if (this.#hasCutCall()) throw truncated(provider, { model, requestId: requestIdOf(this.#headers) });
  }

  #fail(value: unknown): never {
    throw reportedFailure(value, this.#asked, this.#headers);
  }
}
