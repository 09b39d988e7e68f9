// One choice of a chat completion, over all its payloads: text, reasoning, tool calls, finish.
import type { Extra, StreamEvent } from '@g4f/core';
import type { Asked } from '../http/failure.ts';
import { badEnding, isGivenUp, readEnding } from './finish-reason.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import {
  contentText,
  ENDINGS,
  mediaTypeOf,
  rawReason,
  reasoningOf,
  thoughtIn,
} from './openai-chat-content.ts';
import { SaidSoFar } from './said-so-far.ts';
import { readTextValue } from './text-value.ts';
import { ThinkSplitter, type ThoughtOrText } from './think-tags.ts';
import { ToolCallPieces } from './tool-call-pieces.ts';

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
const KNOWN_IN_CALL: ReadonlySet<string> = new Set(['index', 'id', 'type', 'function', 'custom']);

/** What the choices of one answer share. */
export interface ChoiceContext {
  readonly asked: Asked;
  readonly headers: Readonly<Record<string, string>>;
  /** See `ThinkSplitter`. */
  readonly guessLength: number;
  /** Throws the error that a failed choice reports. */
  readonly fail: (value: unknown) => never;
}

/** Reads the pieces of one choice. */
export class ChoiceDecoder {
  readonly index: number;
  readonly #context: ChoiceContext;
  /** Choice 0 is the default and stays out of the events. */
  readonly #at: { readonly choice: number } | undefined;
  readonly #splitter: ThinkSplitter;
  #calls: ToolCallPieces | undefined;
  /** The service's word for the end; '' if it named none. Held back: some go on after it, with the model's next message. */
  #raw: string | undefined;
  readonly #text = new SaidSoFar();
  readonly #reasoning = new SaidSoFar();
  /** Whether deltas came: a message beside or after them holds all that they say. */
  #hasDeltas = false;
  #message: Json | undefined;
  /** Fields of deltas that have no event of their own. */
  #others: Set<string> | undefined;

  constructor(index: number, context: ChoiceContext) {
    this.index = index;
    this.#context = context;
    this.#at = index === 0 ? undefined : { choice: index };
    this.#splitter = new ThinkSplitter(context.guessLength);
  }

  finished(): boolean {
    return this.#raw !== undefined;
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
    if (raw === undefined) return;
    if (isGivenUp(raw) && readEnding(raw, ENDINGS) === undefined) this.#failBy(choice, raw);
    this.abandon(events);
    this.#raw ??= raw;
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
    this.#say(events, this.#splitter.flush());
  }

  #readDelta(delta: Json, events: StreamEvent[]): void {
    this.#readReasoning(delta, events);
    if (delta.content != null) this.#readContent(delta.content, events);
    if (delta.tool_calls != null) this.#readCalls(delta.tool_calls, false, events);
  }

  #readMessage(message: Json, isLast: boolean, events: StreamEvent[]): void {
    if (this.#hasDeltas || this.#text.isWhole(contentText(message.content))) {
      this.#message = message;
      if (isLast) this.#readRest(events);
      return;
    }
    this.#readReasoning(message, events);
    if (message.content != null) this.#readContent(message.content, events);
    if (message.tool_calls != null) this.#readCalls(message.tool_calls, true, events);
    // What it says was no delta: another message after it is one more piece.
    this.#hasDeltas = false;
  }

  /** What deltas lack of the message that came beside or after them. */
  #readRest(events: StreamEvent[]): void {
    const message = this.#message;
    this.#message = undefined;
    if (message === undefined) return;
    const reasoning = this.#reasoning.restOf(reasoningOf(message) ?? '');
    if (reasoning !== '') this.#reason(reasoning, events);
    const text = this.#text.restOf(contentText(message.content));
    if (text !== '') this.#readText(text, events);
    if (message.tool_calls != null) this.#readCalls(message.tool_calls, true, events);
  }

  #readReasoning(from: Json, events: StreamEvent[]): void {
    if (from.reasoning_content == null && from.reasoning == null) return;
    const reasoning = reasoningOf(from);
    if (reasoning === undefined) readTextValue([from.reasoning_content, from.reasoning], this.#context.asked);
    else if (reasoning !== '') this.#reason(reasoning, events);
  }

  #reason(text: string, events: StreamEvent[]): void {
    this.#say(events, this.#splitter.reasonsElsewhere());
    this.#hasDeltas = true;
    this.#reasoning.add(text);
    this.#push('reasoning-delta', text, events);
  }

  // Written out rather than spread: this runs once per chunk, and a spread costs as much as all the rest of it.
  #push(type: 'text-delta' | 'reasoning-delta', text: string, events: StreamEvent[]): void {
    events.push(this.index === 0 ? { type, text } : { type, text, choice: this.index });
  }

  #say(events: StreamEvent[], parts: readonly ThoughtOrText[]): void {
    for (const { kind, text } of parts)
      this.#push(kind === 'text' ? 'text-delta' : 'reasoning-delta', text, events);
  }

  #readText(text: string, events: StreamEvent[]): void {
    this.#hasDeltas = true;
    this.#text.add(text);
    if (this.#splitter.passes(text)) this.#push('text-delta', text, events);
    else this.#say(events, this.#splitter.push(text));
  }

  #readContent(content: unknown, events: StreamEvent[]): void {
    if (typeof content === 'string') {
      if (content !== '') this.#readText(content, events);
      return;
    }
    for (const item of Array.isArray(content) ? content : [content]) this.#readPart(item, events);
  }

  /** Text in another form than a string, reasoning, a picture, or something that has no event of its own (Mistral's references). */
  #readPart(item: unknown, events: StreamEvent[]): void {
    const part = asObject(item);
    const thought = part === undefined ? undefined : thoughtIn(part);
    const url = asText(asObject(part?.image_url)?.url);
    if (thought !== undefined) {
      const text = readTextValue(thought, this.#context.asked);
      if (text !== '') this.#reason(text, events);
    } else if (url !== undefined)
      events.push({ type: 'media', mediaType: mediaTypeOf(url), url, ...this.#at });
    else if (part?.refusal != null)
      events.push({ type: 'aside', extra: { delta: { refusal: this.#read(part.refusal) } }, ...this.#at });
    else if (
      part !== undefined &&
      part.text === undefined &&
      typeof part.type === 'string' &&
      part.type !== 'text'
    )
      events.push({ type: 'aside', extra: { delta: { content_parts: [part] } }, ...this.#at });
    else {
      const text = part?.type === 'text' && part.text === undefined ? '' : this.#read(item);
      if (text !== '') this.#readText(text, events);
    }
  }

  #read(value: unknown): string {
    return readTextValue(value, this.#context.asked);
  }

  #readCalls(list: unknown, isWhole: boolean, events: StreamEvent[]): void {
    for (const [at, item] of asList(list).entries()) {
      const call = asObject(item);
      if (call !== undefined) this.#readCall(call, isWhole ? at : undefined, events);
    }
  }

  /** @param place of the call in a whole message, where it may have no index. */
  #readCall(call: Json, place: number | undefined, events: StreamEvent[]): void {
    const custom = asObject(call.custom);
    const fn = custom ?? asObject(call.function);
    const given = custom === undefined ? fn?.arguments : (custom.input ?? custom.arguments);
    const piece = {
      index: asNumber(call.index) ?? (this.#calls === undefined ? undefined : place),
      id: asText(call.id),
      name: asText(fn?.name),
      arguments: typeof given === 'object' && given !== null ? JSON.stringify(given) : asText(given),
      isCustom: custom !== undefined || call.type === 'custom',
      isWhole: place !== undefined && this.#hasDeltas,
      fields: otherFields(call, KNOWN_IN_CALL),
    };
    const { id, name, arguments: text, fields } = piece;
    if (id === undefined && name === undefined && text === undefined && fields === undefined) return;
    this.#calls ??= new ToolCallPieces(this.#at);
    this.#calls.read(piece, events);
    this.#hasDeltas ||= place === undefined;
  }

  #failBy(choice: Json, raw: string): void {
    if (choice.error != null) this.#context.fail(choice);
    throw badEnding(raw, this.#context.asked, this.#context.headers);
  }

  #finish(): Finish {
    const raw = this.#raw;
    const unnamed = this.#calls === undefined ? 'stop' : 'tool_calls';
    const reason = raw === undefined ? unnamed : readEnding(raw, ENDINGS);
    if (reason === undefined) throw badEnding(raw ?? '', this.#context.asked, this.#context.headers);
    return { type: 'finish', reason, ...(raw !== undefined && { rawReason: raw }), ...this.#at };
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
    if (inDelta !== undefined)
      this.#others = new Set([...(this.#others ?? KNOWN_IN_DELTA), ...Object.keys(inDelta)]);
    // A message that follows deltas repeats their fields.
    else if (delta === undefined && message !== undefined)
      inDelta = otherFields(message, this.#others ?? KNOWN_IN_DELTA);
    if (besideDelta === undefined && inDelta === undefined) return;
    const extra: Extra = {
      ...(besideDelta !== undefined && { choice: besideDelta }),
      ...(inDelta !== undefined && { delta: inDelta }),
    };
    const event: { extra?: Extra } | undefined = events[first];
    if (event === undefined || event.extra !== undefined) events.push({ type: 'aside', extra, ...this.#at });
    else event.extra = extra;
  }
}
