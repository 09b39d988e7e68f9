// Payloads of a chat completion → events. Fields are read by hand and only where they are used: this runs once per chunk.
import { type ChatRequest, type Extra, LIMITS, type StreamEvent, type TextDelta, tooMany } from '@g4f/core';
import { nothingSaid, type RequestFacts } from '../../http/failures/failure.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import type { TextSlot } from '../../http/reading/repeated-text.ts';
import { isEndMark } from '../../http/reading/sse.ts';
import type { WireDecoder } from '../../http/reading/wire-decoder.ts';
import { type CitedPages, createCitedPages } from '../decoding/cited-pages.ts';
import { fewerAnswers } from '../decoding/finish-reason.ts';
import { asIndex, asList, asNumber, asObject, asText, type Json, otherFields } from '../decoding/json.ts';
import { PayloadFields } from '../decoding/payload-fields.ts';
import { reportedFailure, saysError } from '../decoding/reported-failure.ts';
import { type Counts, chatUsage, moreCounts } from '../decoding/usage.ts';
import type { Warn } from '../fit/warn.ts';
import { type ChoiceContext, ChoiceDecoder } from './chat-choice.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'object', 'created', 'model', 'choices', 'usage', 'error', 'x_groq', 'provider'],
  ...['citations', 'search_results'],
  // Random padding against traffic analysis: it says nothing.
  'obfuscation',
]);

/**
 * A decoder for one answer.
 *
 * @param headers of the response, for failures reported inside it. @param warn is told where answers are missing.
 */
export const createDecoder = (
  request: ChatRequest,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
  warn?: Warn,
): WireDecoder => new ChatDecoder(request, asked, headers, false, warn);

/** A decoder for one answer of the older completions: their choices have a text in the place of a delta. */
export const createTextDecoder = (
  request: ChatRequest,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): WireDecoder => new ChatDecoder(request, asked, headers, true);

class ChatDecoder implements WireDecoder {
  readonly expected: string;
  readonly textIn = textIn;
  readonly isEnd = isEndMark;
  readonly #request: ChatRequest;
  readonly #asked: RequestFacts;
  readonly #headers: Readonly<Record<string, string>>;
  /** A list and no map, which every open stream would hold for its one choice. */
  #choices: readonly ChoiceDecoder[] = [];
  readonly #fields: PayloadFields;
  readonly #context: ChoiceContext;
  #cite: CitedPages | undefined;
  readonly #warn: Warn | undefined;
  #started = false;
  #counts: Counts | undefined;
  /** What stood beside the choices before there were any. */
  #waiting: Record<string, unknown> | undefined;

  constructor(
    request: ChatRequest,
    asked: RequestFacts,
    headers: Readonly<Record<string, string>>,
    isPlain: boolean,
    warn?: Warn,
  ) {
    this.expected = isPlain ? 'a completion' : 'a chat completion';
    this.#request = request;
    this.#asked = asked;
    this.#headers = headers;
    this.#warn = warn;
    this.#fields = new PayloadFields(asked);
    this.#context = { asked, headers, request, isPlain, fields: this.#fields };
  }

  repeated({ choice = 0, text }: TextDelta, length: number): void {
    this.#choice(choice)?.repeated(text, length);
  }

  payload(json: unknown, _event: string, events: StreamEvent[], text?: string): boolean {
    const payload = asObject(json);
    this.#fields.use(json, text);
    if (payload === undefined) this.#failIfReported(json);
    else this.#read(payload, events);
    this.#fields.use();
    return false;
  }

  whole(json: unknown, events: StreamEvent[], text?: string): boolean {
    const body = asObject(json);
    if (body === undefined || asList(body.choices).length === 0) return false;
    this.payload(body, '', events, text);
    return true;
  }

  finished(): boolean {
    const { n } = this.#request;
    return this.#choices.length >= (n ?? 1) && this.#choices.every((choice) => choice.finished());
  }

  holds(): boolean {
    return this.#choices.some((choice) => choice.holds);
  }

  close(events: StreamEvent[]): void {
    if (this.#choices.length === 0) throw nothingSaid(this.#asked, this.#headers);
    for (const choice of this.#choices) choice.complete(events);
    for (const choice of this.#choices) choice.close(events);
    const { n } = this.#request;
    const { length } = this.#choices;
    if (n && length < n) this.#warn?.(fewerAnswers(n, length));
    const usage = chatUsage(this.#counts);
    if (usage !== undefined) events.push({ type: 'usage', usage });
  }

  abandon(events: StreamEvent[]): void {
    for (const choice of this.#choices) choice.abandon(events);
  }

  #read(payload: Json, events: StreamEvent[]): void {
    if (saysError(payload.error)) throw this.#failure(payload);
    // MiniMax puts its refusals beside choices that are null, or that it has begun.
    if (payload.choices === undefined || payload.base_resp != null) this.#failIfReported(payload);
    // Groq's own field: token counts, or why the stream was stopped.
    const groq = asObject(payload.x_groq);
    if (saysError(groq?.error)) throw this.#failure(groq);
    if (groq !== undefined) this.#counts = moreCounts(this.#counts, groq.usage);
    if (payload.usage != null) this.#counts = moreCounts(this.#counts, payload.usage);
    const list = asList(payload.choices);
    const beside = otherFields(payload, KNOWN_FIELDS);
    // A first payload without choices (Azure's filter results) does not know its model yet: it waits for the next.
    if (list.length === 0 && !this.#started) {
      if (beside !== undefined) this.#waiting = Object.assign(this.#waiting ?? {}, beside);
      return;
    }
    if (!this.#started) this.#start(payload, events);
    const first = events.length;
    if (payload.citations != null || payload.search_results != null) {
      this.#cite ??= createCitedPages();
      this.#cite(payload, events);
    }
    for (const [place, item] of list.entries()) this.#readChoice(asObject(item), place, events);
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
      ...(id && { id }),
      ...(created !== undefined && { created }),
    });
  }

  /** @param place of the choice in its payload, which is its number where it has none. */
  #readChoice(choice: Json | undefined, place: number, events: StreamEvent[]): void {
    if (choice === undefined) return;
    if (choice.usage != null) this.#counts = moreCounts(this.#counts, choice.usage);
    const index = asIndex(choice.index) ?? (choice.index == null ? place : 0);
    const decoder = this.#choice(index) ?? this.#addChoice(index);
    decoder.read(choice, events);
  }

  #choice(index: number): ChoiceDecoder | undefined {
    // Most answers have one.
    const first = this.#choices[0];
    return first?.index === index ? first : this.#choices.find((choice) => choice.index === index);
  }

  #addChoice(index: number): ChoiceDecoder {
    if (this.#choices.length >= LIMITS.choices) throw tooMany('choices', LIMITS.choices, this.#asked);
    const choice = new ChoiceDecoder(index, this.#context);
    this.#choices = this.#choices.concat(choice);
    return choice;
  }

  #failure(value: unknown): Error {
    return reportedFailure(value, this.#asked, this.#headers);
  }

  /** A failure without an `error` field around it: `{"detail": "…"}`, `{"object": "error", "message": "…"}`, or a list. */
  #failIfReported(value: unknown): void {
    if (readServiceError(value) !== undefined) throw this.#failure(value);
  }
}

/** `choices[0].delta.content`, where there is one choice and it has text. */
function textIn(json: unknown): TextSlot | undefined {
  const choices = asList(asObject(json)?.choices);
  const delta = choices.length === 1 ? asObject(asObject(choices[0])?.delta) : undefined;
  return typeof delta?.content === 'string' ? { object: delta, name: 'content' } : undefined;
}

/** Puts what stood beside the choices on the first event of its payload, or on an event of its own. */
function attach(events: StreamEvent[], first: number, chunk: Json | undefined): void {
  if (chunk === undefined) return;
  const event: { extra?: Extra } | undefined = events[first];
  if (event === undefined) events.push({ type: 'aside', extra: { chunk } });
  else event.extra = event.extra === undefined ? { chunk } : { ...event.extra, chunk };
}
