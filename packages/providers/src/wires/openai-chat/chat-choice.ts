// One choice of a chat completion, over all its payloads: text, reasoning, tool calls, finish.
import { type ChatRequest, type Extra, isContent, type StreamEvent } from '@g4f/core';
import { nothingSaid, type RequestFacts } from '../../http/failures/failure.ts';
import { AnswerText } from '../decoding/answer-text.ts';
import { badEnding, isGivenUp, readEnding } from '../decoding/finish-reason.ts';
import { asObject, asText, itemsOf, type Json, otherFields } from '../decoding/json.ts';
import { MessageTexts } from '../decoding/message-texts.ts';
import {
  contentText,
  ENDINGS,
  mediaTypeOf,
  rawReason,
  reasoningOf,
  thoughtIn,
} from '../decoding/openai-content.ts';
import type { PayloadFields } from '../decoding/payload-fields.ts';
import { reportedFailure, saysError } from '../decoding/reported-failure.ts';
import { SaidSoFar } from '../decoding/said-so-far.ts';
import { unreadable } from '../decoding/text-value.ts';
import { ToolCallPieces } from '../decoding/tool-call-pieces.ts';
import { readCallPiece } from './chat-call.ts';

type Finish = Extract<StreamEvent, { type: 'finish' }>;

const KNOWN_IN_CHOICE: ReadonlySet<string> = new Set([
  ...['index', 'delta', 'message', 'finish_reason', 'usage', 'text'],
]);
const KNOWN_IN_DELTA: ReadonlySet<string> = new Set([
  'role',
  'content',
  'reasoning',
  'reasoning_content',
  'tool_calls',
]);
/** What the choices of one answer share. */
export interface ChoiceContext {
  readonly asked: RequestFacts;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: ChatRequest;
  /** Whether the text stays as it is, with whatever tags are in it. */
  readonly isPlain: boolean;
  /** Of the payload at hand. */
  readonly fields: PayloadFields;
}

/** Reads the pieces of one choice. */
export class ChoiceDecoder {
  readonly index: number;
  readonly #context: ChoiceContext;
  /** Choice 0 is the default and stays out of the events. */
  readonly #at: { readonly choice: number } | undefined;
  readonly #answer: AnswerText;
  #calls: ToolCallPieces | undefined;
  /** The service's word for the end; '' if it named none. Held back: some go on after it, with the model's next message. */
  #raw: string | undefined;
  readonly #text = new SaidSoFar();
  readonly #reasoning = new SaidSoFar();
  /** Whether deltas came: a message beside or after them holds all that they say. */
  #hasDeltas = false;
  #message: Json | undefined;
  /** Where messages come in the place of deltas. */
  #messages: { readonly text: MessageTexts; readonly reasoning: MessageTexts } | undefined;
  #hasSaid = false;
  /** Fields of deltas that have no event of their own. */
  #others: Set<string> | undefined;

  constructor(index: number, context: ChoiceContext) {
    this.index = index;
    this.#context = context;
    this.#at = index === 0 ? undefined : { choice: index };
    this.#answer = new AnswerText(context.request, this.#at, context.isPlain ? 'none' : 'any');
  }

  finished(): boolean {
    return this.#raw !== undefined;
  }

  /** Whether text has come that is held back. */
  get holds(): boolean {
    return this.#answer.holds || this.#calls?.holds === true;
  }

  /** Adds the events of this piece. */
  read(choice: Json, events: StreamEvent[]): void {
    const first = events.length;
    const delta = asObject(choice.delta);
    const message = asObject(choice.message);
    const raw = rawReason(choice.finish_reason);
    if (delta !== undefined) this.#readDelta(delta, events);
    else if (choice.delta != null) this.#readContent(choice.delta, events);
    if (message !== undefined) this.#readMessage(message, raw !== undefined, events);
    // The older completions, which some services still answer with, have no delta.
    else if (choice.delta == null && choice.text != null) this.#readContent(choice.text, events);
    if (events.length > first) this.#raw = undefined;
    this.#attachExtra(choice, delta, message, events, first);
    if (!this.#hasSaid) this.#hasSaid = this.holds || events.slice(first).some(isContent);
    const { asked, headers } = this.#context;
    // OpenRouter's, with an ending or without one: https://openrouter.ai/docs/api/reference/errors-and-debugging
    if (saysError(choice.error)) throw reportedFailure(choice, asked, headers);
    if (raw === undefined) return;
    if (isGivenUp(raw)) throw badEnding(raw, asked, headers);
    // A later one counts if the first is the one that says least.
    if (readEnding(this.#raw ?? 'stop', ENDINGS) === 'stop') this.#raw = raw;
  }

  /** Texts that were read without this decoder: the last, and the length of all. */
  repeated(last: string, length: number): void {
    this.#text.add(last, length);
  }

  /** Adds what was held back for the good end, but for the end itself. */
  complete(events: StreamEvent[]): void {
    this.#readRest(events);
    this.abandon(events);
    this.#calls?.close(events);
  }

  /** Adds the end. @throws G4FError where it is not known to be a good one */
  close(events: StreamEvent[]): void {
    events.push(this.#finish());
  }

  /** Adds the text that was held back, at a bad end. */
  abandon(events: StreamEvent[]): void {
    this.#settle(events);
    this.#answer.flush(events);
  }

  #readDelta(delta: Json, events: StreamEvent[]): void {
    if (this.#messages !== undefined) this.#settle(events);
    this.#reason(this.#reasoningIn(delta), events);
    if (delta.content != null) this.#readContent(delta.content, events);
    if (delta.tool_calls != null) this.#readCalls(delta.tool_calls, false, events);
  }

  #readMessage(message: Json, isLast: boolean, events: StreamEvent[]): void {
    if (this.#hasDeltas) {
      this.#message = message;
      if (isLast) this.#readRest(events);
      return;
    }
    this.#messages ??= { text: new MessageTexts(), reasoning: new MessageTexts() };
    const reasoning = this.#reasoningIn(message);
    this.#reason(this.#newIn(this.#messages.reasoning, reasoning, message), events);
    const text = contentText(message.content);
    const more = this.#newIn(this.#messages.text, text, message);
    if (more !== text) this.#readText(more, events);
    else if (message.content != null) this.#readContent(message.content, events);
    if (message.tool_calls != null) this.#readCalls(message.tool_calls, true, events);
    // What it says was no delta: another message after it is one more piece.
    this.#hasDeltas = false;
  }

  /** @throws G4FError `bad-response` where the message takes back what others have said */
  #newIn(texts: MessageTexts, text: string, message: Json): string {
    const more = texts.add(text);
    if (more === undefined) throw unreadable(message, this.#context.asked);
    return more;
  }

  /** Adds what messages have left open. */
  #settle(events: StreamEvent[]): void {
    const messages = this.#messages;
    if (messages === undefined) return;
    this.#messages = undefined;
    this.#reason(messages.reasoning.end(), events);
    this.#readText(messages.text.end(), events);
  }

  /** What deltas lack of the message that came beside or after them. */
  #readRest(events: StreamEvent[]): void {
    const message = this.#message;
    this.#message = undefined;
    if (message === undefined) return;
    const reasoning = this.#reasoning.restOf(reasoningOf(message) ?? '');
    this.#reason(reasoning, events);
    const text = this.#text.restOf(contentText(message.content));
    this.#readText(text, events);
    if (message.tool_calls != null) this.#readCalls(message.tool_calls, true, events);
  }

  #reasoningIn(from: Json): string {
    if (from.reasoning_content == null && from.reasoning == null) return '';
    return reasoningOf(from) ?? this.#read([from.reasoning_content, from.reasoning]);
  }

  #reason(text: string, events: StreamEvent[]): void {
    if (text === '') return;
    this.#hasDeltas = true;
    this.#reasoning.add(text);
    this.#answer.think(text, events);
  }

  #readText(text: string, events: StreamEvent[]): void {
    if (text === '') return;
    this.#hasDeltas = true;
    this.#text.add(text);
    this.#answer.say(text, events);
  }

  #readContent(content: unknown, events: StreamEvent[]): void {
    if (typeof content === 'string') {
      this.#readText(content, events);
      return;
    }
    for (const item of Array.isArray(content) ? content : [content]) this.#readPart(item, events);
  }

  /** Text in another form than a string, reasoning, a picture, or something that has no event of its own (Mistral's references). */
  #readPart(item: unknown, events: StreamEvent[]): void {
    const { fields } = this.#context;
    const part = asObject(item) ?? { text: item };
    const thought = thoughtIn(part);
    const url = asText(asObject(part.image_url)?.url);
    if (thought !== undefined) this.#reason(this.#read(thought), events);
    else if (url !== undefined) events.push({ type: 'media', mediaType: mediaTypeOf(url), url, ...this.#at });
    else if (part.refusal != null) this.#tellBeside({ delta: { refusal: this.#read(part.refusal) } }, events);
    else if (part.text === undefined && typeof part.type === 'string') {
      if (part.type !== 'text') this.#tellBeside({ delta: { content_parts: [fields.shown(part)] } }, events);
    } else this.#readText(this.#read(item), events);
  }

  #tellBeside(extra: Extra, events: StreamEvent[]): void {
    events.push({ type: 'aside', extra, ...this.#at });
  }

  #read(value: unknown): string {
    return this.#context.fields.textOf(value);
  }

  /** @param isWhole for the calls of a message, which have their places in it. */
  #readCalls(list: unknown, isWhole: boolean, events: StreamEvent[]): void {
    for (const [at, item] of itemsOf(list).entries()) {
      const place = isWhole ? at : undefined;
      const piece = readCallPiece(item, place, isWhole && this.#hasDeltas, this.#context.fields);
      if (piece === undefined) continue;
      this.#calls ??= new ToolCallPieces(this.#at, this.#context.asked, this.#context.request.tools);
      this.#calls.read(piece, events);
      this.#hasDeltas ||= !isWhole;
    }
  }

  /** A service that was made to call a tool, or does not tell calls apart, says that it stopped. */
  #finish(): Finish {
    const raw = this.#raw;
    const { asked, headers } = this.#context;
    // Where a service names no reason, it is an end only if something was said, and the calls are whole.
    if (raw === undefined) {
      if (!this.#hasSaid) throw nothingSaid(asked, headers);
      this.#calls?.checkWhole(headers);
    }
    const reason = readEnding(raw ?? 'stop', ENDINGS);
    if (reason === undefined) throw badEnding(raw ?? '', asked, headers);
    return {
      type: 'finish',
      reason: reason === 'stop' && this.#calls ? 'tool_calls' : reason,
      ...(raw && { rawReason: raw }),
      ...this.#at,
    };
  }

  /** Puts the fields that have no event of their own on the first event of this piece, or on one of their own. */
  #attachExtra(
    choice: Json,
    delta: Json | undefined,
    message: Json | undefined,
    events: StreamEvent[],
    first: number,
  ): void {
    const besideDelta = otherFields(choice, KNOWN_IN_CHOICE);
    let inDelta = delta === undefined ? undefined : otherFields(delta, KNOWN_IN_DELTA);
    if (inDelta !== undefined) {
      this.#others ??= new Set(KNOWN_IN_DELTA);
      for (const name in inDelta) {
        if (!this.#others.has(name)) this.#context.fields.keep(name);
        this.#others.add(name);
      }
    }
    // A message that follows deltas repeats their fields.
    else if (delta === undefined && message !== undefined)
      inDelta = otherFields(message, this.#others ?? KNOWN_IN_DELTA);
    if (!besideDelta && !inDelta) return;
    const extra: Extra = {
      ...(besideDelta && { choice: besideDelta }),
      ...(inDelta && { delta: inDelta }),
    };
    const event: { extra?: Extra } | undefined = events[first];
    if (event === undefined || event.extra !== undefined) this.#tellBeside(extra, events);
    else event.extra = extra;
  }
}
