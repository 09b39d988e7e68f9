// Payloads of a Cohere v2 chat → events. Source: https://docs.cohere.com/v2/docs/streaming
import type { ChatRequest, StreamEvent, Usage } from '@g4f/core';
import { nothingSaid, type RequestFacts } from '../../http/failures/failure.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import type { TextSlot } from '../../http/reading/repeated-text.ts';
import type { WireDecoder } from '../../http/reading/wire-decoder.ts';
import { AnswerText } from '../decoding/answer-text.ts';
import { badEnding, type Endings, readEnding } from '../decoding/finish-reason.ts';
import {
  asIndex,
  asList,
  asNumber,
  asObject,
  asText,
  itemsOf,
  type Json,
  otherFields,
} from '../decoding/json.ts';
import { rawReason, thoughtIn } from '../decoding/openai-content.ts';
import { PayloadFields } from '../decoding/payload-fields.ts';
import { reportedFailure, saysError } from '../decoding/reported-failure.ts';
import { unreadable } from '../decoding/text-value.ts';
import { ToolCallPieces } from '../decoding/tool-call-pieces.ts';
import { citeCohere } from './citation.ts';
import { cohereUsage } from './usage.ts';

/** `ERROR_LIMIT` is the end of the context. Source: https://docs.cohere.com/v2/reference/chat#response.body.finish_reason */
const ENDINGS: Endings = new Map([
  ['complete', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['error_limit', 'length'],
  ['tool_call', 'tool_calls'],
  ['error_toxic', 'content_filter'],
]);
const KNOWN_IN_END: ReadonlySet<string> = new Set([
  'finish_reason',
  'usage',
  'error',
  'id',
  'message',
  'logprobs',
]);
const KNOWN_CONTENT: ReadonlySet<unknown> = new Set([undefined, 'text', 'thinking']);

/**
 * A decoder for one answer.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createCohereDecoder = (
  request: ChatRequest,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): WireDecoder => new CohereDecoder(request, asked, headers);

class CohereDecoder implements WireDecoder {
  readonly expected = 'a Cohere chat';
  readonly textIn = textIn;
  readonly #request: ChatRequest;
  readonly #asked: RequestFacts;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fields: PayloadFields;
  readonly #text: AnswerText;
  #calls: ToolCallPieces | undefined;
  #hasStarted = false;
  #hasSaid = false;
  #isEnded = false;
  #stop: string | undefined;
  #extra: Json | undefined;
  #usage: Usage | undefined;

  constructor(request: ChatRequest, asked: RequestFacts, headers: Readonly<Record<string, string>>) {
    this.#request = request;
    this.#asked = asked;
    this.#headers = headers;
    this.#fields = new PayloadFields(asked);
    this.#text = new AnswerText(request);
  }

  payload(json: unknown, event: string, events: StreamEvent[], text?: string): boolean {
    const payload = asObject(json) ?? {};
    // An answer that was not asked for in pieces, as the only event of a stream. After pieces it says the same once more.
    const isFirst = !this.#hasSaid && this.#calls === undefined;
    if (isFirst && payload.finish_reason !== undefined && this.whole(json, events, text)) return true;
    this.#fields.use(json, text);
    if (payload.delta === undefined && (payload.type === undefined || payload.type === 'error'))
      this.#failIfReported(payload);
    this.#start(payload, events);
    const delta = asObject(payload.delta);
    // What a message holds is read by its fields, whatever the event is called.
    this.#readMessage(delta?.message, payload.index, events);
    const isEnd = (payload.type ?? event) === 'message-end';
    this.#readLogprobs(payload.logprobs, events);
    if (isEnd) this.#readEnd({ usage: payload.usage, ...delta });
    if (saysError(payload.error)) throw this.#failure(payload);
    this.#fields.use();
    return isEnd;
  }

  whole(json: unknown, events: StreamEvent[], text?: string): boolean {
    const body = asObject(json);
    if (body?.message == null || (typeof body.message === 'string' && body.finish_reason === undefined))
      return false;
    this.#fields.use(json, text);
    this.#start(body, events);
    this.#readMessage(body.message, undefined, events);
    this.#readLogprobs(body.logprobs, events);
    this.#readEnd(body);
    return true;
  }

  finished(): boolean {
    return this.#isEnded;
  }

  close(events: StreamEvent[]): void {
    if (!this.#isEnded || (this.#stop === undefined && !this.#hasSaid))
      throw nothingSaid(this.#asked, this.#headers);
    this.#text.flush(events);
    this.#calls?.close(events);
    if (this.#stop === undefined) this.#calls?.checkWhole(this.#headers);
    const raw = this.#stop;
    const reason = readEnding(raw ?? 'COMPLETE', ENDINGS);
    if (reason === undefined) throw badEnding(raw ?? '', this.#asked, this.#headers);
    events.push({
      type: 'finish',
      reason: reason === 'stop' && this.#calls !== undefined ? 'tool_calls' : reason,
      ...(raw !== undefined && { rawReason: raw }),
      ...(this.#extra !== undefined && { extra: { chunk: this.#extra } }),
    });
    if (this.#usage !== undefined) events.push({ type: 'usage', usage: this.#usage });
  }

  abandon(events: StreamEvent[]): void {
    this.#text.flush(events);
  }

  #start(payload: Json, events: StreamEvent[]): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const id = asText(payload.id);
    events.push({ type: 'answer-start', model: this.#request.model, ...(id !== undefined && { id }) });
  }

  /** @param index of the payload: a call's number. */
  #readMessage(value: unknown, index: unknown, events: StreamEvent[]): void {
    if (value == null) return;
    // A text alone stands for a message of text.
    const message = asObject(value) ?? { content: value };
    const first = events.length;
    const plan = this.#fields.textOf(message.tool_plan);
    if (plan !== '') events.push({ type: 'aside', extra: { delta: { tool_plan: plan } } });
    if (typeof message.content === 'string') this.#readContent({ text: message.content }, events);
    else
      for (const content of itemsOf(message.content))
        this.#readContent(asObject(content) ?? { text: content }, events);
    const calls = itemsOf(message.tool_calls);
    for (const [at, call] of calls.entries())
      this.#readCall(asObject(call), calls.length > 1 ? at : index, events);
    for (const citation of itemsOf(message.citations)) citeCohere(asObject(citation), events);
    this.#hasSaid ||= events.length > first;
  }

  #readContent(content: Json, events: StreamEvent[]): void {
    const thought = thoughtIn(content);
    const thinking = this.#fields.textOf(thought);
    this.#text.think(thinking, events);
    const isThought = content.thinking == null && thought !== undefined && thought === content.text;
    const text = isThought ? '' : this.#fields.textOf(content.text);
    this.#text.say(text, events);
    if (text !== '') this.#hasSaid = true;
    else if (thinking === '' && !KNOWN_CONTENT.has(content.type))
      events.push({ type: 'aside', extra: { delta: { content_parts: [this.#fields.shown(content)] } } });
  }

  #readCall(call: Json | undefined, index: unknown, events: StreamEvent[]): void {
    const fn = asObject(call?.function);
    const id = asText(call?.id);
    const name = asText(fn?.name);
    const given = this.#fields.argumentsOf(fn?.arguments);
    // A function without parameters is called with `null`.
    const args = given === 'null' ? '' : given;
    if (id === undefined && name === undefined && args === '') return;
    if (name === undefined && this.#calls === undefined) throw unreadable(call, this.#asked);
    this.#calls ??= new ToolCallPieces(undefined, this.#asked, this.#request.tools);
    this.#calls.read(
      {
        index: asIndex(index),
        id,
        name,
        // Held back, and handed out at the end if nothing else comes: a call that is sent none means none.
        arguments: args === '' && name !== undefined ? '{}' : args,
        isCustom: false,
        isWhole: false,
        fields: undefined,
      },
      events,
    );
  }

  /** Of each piece of text, which may be several tokens, one for each: https://docs.cohere.com/v2/reference/chat-stream */
  #readLogprobs(given: unknown, events: StreamEvent[]): void {
    const content = itemsOf(given)
      .map((item) => asObject(item))
      .filter((piece) => asNumber(asList(piece?.logprobs)[0]) !== undefined)
      .map(({ text, ...piece } = {}) => ({
        token: text ?? '',
        logprob: asList(piece.logprobs).reduce<number>((sum, one) => sum + (asNumber(one) ?? 0), 0),
        bytes: null,
        top_logprobs: [],
        ...piece,
      }));
    if (content.length > 0) events.push({ type: 'aside', extra: { choice: { logprobs: { content } } } });
  }

  #readEnd(end: Json): void {
    this.#isEnded = true;
    this.#stop = rawReason(end.finish_reason);
    this.#usage = cohereUsage(asObject(end.usage));
    this.#extra = otherFields(end, KNOWN_IN_END);
    if (saysError(end.error)) throw this.#failure(end);
  }

  /** A failure that is no event: `{"message": "…"}`. */
  #failIfReported(payload: Json): void {
    if (readServiceError(payload) !== undefined) throw this.#failure(payload);
  }

  #failure(value: unknown): Error {
    return reportedFailure(value, this.#asked, this.#headers);
  }
}

/** `delta.message.content.text` of a piece of text. */
function textIn(json: unknown): TextSlot | undefined {
  const content = asObject(asObject(asObject(asObject(json)?.delta)?.message)?.content);
  return typeof content?.text === 'string' ? { object: content, name: 'text' } : undefined;
}
