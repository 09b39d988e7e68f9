// Payloads of a chat completion → events. Fields are read by hand and only where they are used: this runs once per chunk.
import type { ChatRequest, Extra, StreamEvent, TextDelta } from '@g4f/core';
import { type Asked, failureInside, nothingSaid } from '../http/failure.ts';
import type { TextSlot } from '../http/repeated-text.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { guessLengthOf } from '../models/thinks-first.ts';
import { type CitedPages, createCitedPages } from './cited-pages.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import { type ChoiceContext, ChoiceDecoder } from './openai-chat-choice.ts';
import { chatUsage, moreCounts } from './usage.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'object', 'created', 'model', 'choices', 'usage', 'error', 'x_groq', 'provider'],
  ...['citations', 'search_results'],
  // Random padding against traffic analysis: it says nothing.
  'obfuscation',
]);

/**
 * A decoder for one answer.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createDecoder = (
  request: ChatRequest,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): WireDecoder => new ChatDecoder(request, asked, headers);

class ChatDecoder implements WireDecoder {
  readonly expected = 'a chat completion';
  readonly textIn = textIn;
  readonly #request: ChatRequest;
  readonly #asked: Asked;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #choices: ChoiceDecoder[] = [];
  readonly #context: ChoiceContext;
  #cite: CitedPages | undefined;
  #started = false;
  #counts: Json | undefined;
  /** What stood beside the choices before there were any. */
  #waiting: Json | undefined;

  constructor(request: ChatRequest, asked: Asked, headers: Readonly<Record<string, string>>) {
    this.#request = request;
    this.#asked = asked;
    this.#headers = headers;
    const guessLength = guessLengthOf(request.model, request.stream === true);
    this.#context = { asked, headers, guessLength, fail: this.#fail };
  }

  repeated({ choice = 0, text }: TextDelta, length: number): void {
    this.#choices.find(({ index }) => index === choice)?.repeated(text, length);
  }

  /** Payloads of content are long: only a short one is looked at. */
  isEnd(data: string): boolean {
    return data.length < 16 && data.trim() === '[DONE]';
  }

  payload(json: unknown, _event: string, events: StreamEvent[]): boolean {
    const payload = asObject(json);
    if (payload === undefined) this.#failIfReported(json);
    else this.#read(payload, events);
    return false;
  }

  whole(json: unknown, events: StreamEvent[]): boolean {
    const body = asObject(json);
    if (body === undefined || (body.error && !Array.isArray(body.choices))) return false;
    if (asList(body.choices).length === 0) return false;
    this.#read(body, events);
    return true;
  }

  finished(): boolean {
    const expected = this.#request.n ?? 1;
    return this.#choices.length >= expected && this.#choices.every((choice) => choice.finished());
  }

  close(events: StreamEvent[]): void {
    if (this.#choices.length === 0) throw nothingSaid(this.#asked, this.#headers);
    for (const choice of this.#choices) choice.complete(events);
    for (const choice of this.#choices) choice.close(events);
    const usage = chatUsage(this.#counts);
    if (usage !== undefined) events.push({ type: 'usage', usage });
  }

  abandon(events: StreamEvent[]): void {
    for (const choice of this.#choices) choice.abandon(events);
  }

  #read(payload: Json, events: StreamEvent[]): void {
    if (payload.error) this.#fail(payload);
    // MiniMax puts its refusals beside choices that are null, or that it has begun.
    if (payload.choices === undefined || payload.base_resp != null) this.#failIfReported(payload);
    if (payload.x_groq != null) this.#readGroq(asObject(payload.x_groq));
    if (payload.usage != null) this.#counts = moreCounts(this.#counts, payload.usage);
    const list = asList(payload.choices);
    const beside = otherFields(payload, KNOWN_FIELDS);
    // A first payload without choices (Azure's filter results) does not know its model yet: it waits for the next.
    if (list.length === 0 && !this.#started) {
      this.#waiting = beside === undefined ? this.#waiting : { ...this.#waiting, ...beside };
      return;
    }
    if (!this.#started) this.#start(payload, events);
    const first = events.length;
    if (payload.citations != null || payload.search_results != null) {
      this.#cite ??= createCitedPages();
      this.#cite(payload, events);
    }
    for (const item of list) this.#readChoice(asObject(item), events);
    attach(events, first, this.#waiting === undefined ? beside : { ...this.#waiting, ...beside });
    this.#waiting = undefined;
  }

  #start(payload: Json, events: StreamEvent[]): void {
    this.#started = true;
    const id = asText(payload.id);
    const created = asNumber(payload.created);
    events.push({
      type: 'answer-start',
      model: asText(payload.model) ?? this.#request.model,
      ...(id !== undefined && { id }),
      ...(created !== undefined && { created }),
    });
  }

  #readChoice(choice: Json | undefined, events: StreamEvent[]): void {
    if (choice === undefined) return;
    if (choice.usage != null) this.#counts = moreCounts(this.#counts, choice.usage);
    const index = asIndex(choice.index);
    let decoder = this.#choices.find((one) => one.index === index);
    if (decoder === undefined) {
      decoder = new ChoiceDecoder(index, this.#context);
      this.#choices.push(decoder);
    }
    decoder.read(choice, events);
  }

  /** Groq's own field: token counts, or why the stream was stopped. */
  #readGroq(groq: Json | undefined): void {
    if (groq?.error) this.#fail(groq);
    this.#counts = moreCounts(this.#counts, groq?.usage);
  }

  readonly #fail = (value: unknown): never => {
    throw failureInside(
      readServiceError(value) ?? { message: 'the service reported an error', labels: '' },
      this.#asked,
      this.#headers,
    );
  };

  /** A failure without an `error` field around it: `{"detail": "…"}`, `{"object": "error", "message": "…"}`, or a list. */
  #failIfReported(value: unknown): void {
    if (readServiceError(value) !== undefined) this.#fail(value);
  }
}

/** `choices[0].delta.content`, where there is one choice and it has text. */
function textIn(json: unknown): TextSlot | undefined {
  const choices = asList(asObject(json)?.choices);
  const delta = choices.length === 1 ? asObject(asObject(choices[0])?.delta) : undefined;
  return typeof delta?.content === 'string' ? { object: delta, name: 'content' } : undefined;
}

/** A choice's number; anything that is none counts as the first. */
const asIndex = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;

/** Puts what stood beside the choices on the first event of its payload, or on an event of its own. */
function attach(events: StreamEvent[], first: number, chunk: Json | undefined): void {
  if (chunk === undefined) return;
  const event: { extra?: Extra } | undefined = events[first];
  if (event === undefined) events.push({ type: 'aside', extra: { chunk } });
  else event.extra = event.extra === undefined ? { chunk } : { ...event.extra, chunk };
}
