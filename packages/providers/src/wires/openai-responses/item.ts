// One item of a response's output, over all its events: a message, reasoning, a call, or a tool of the service's own.
// Source: https://platform.openai.com/docs/api-reference/responses/object#responses-object-output
import type { ReasoningDetail, StreamEvent } from '@g4f/core';
import type { AnswerText } from '../decoding/answer-text.ts';
import { CallArguments } from '../decoding/call-arguments.ts';
import { asList, asObject, asText, itemsOf, type Json } from '../decoding/json.ts';
import type { PayloadFields } from '../decoding/payload-fields.ts';
import { malformedAnswer, unreadable } from '../decoding/text-value.ts';
import { lostEvents } from './event-numbers.ts';
import { RESPONSES_FORMAT } from './input.ts';
import { cite, closeOther } from './other-items.ts';
import { type ItemKind, ItemTexts, type TextsContext, textIn } from './texts.ts';
import { unnested } from './tools.ts';

/** The types of a message's parts that are text. */
const TEXTS: ReadonlySet<unknown> = new Set([
  'output_text',
  'text',
  'refusal',
  'reasoning_text',
  'summary_text',
]);

/** What the items of one answer share. */
export interface ItemContext extends TextsContext {
  readonly fields: PayloadFields;
  readonly text: AnswerText;
  /** The names of the tools without a schema that the caller offered. */
  readonly customTools: ReadonlySet<unknown>;
  /** Whether events are missing since the last piece. */
  hasGap: boolean;
  /** What said the last text. */
  lastText: Item | undefined;
}

/**
 * Reads one item. Of a whole text only what its pieces have not said is said.
 *
 * Where it is not the text of its pieces, the pieces count, because they have been handed out, and services tidy the whole
 * ("The command ran successfully." is "The command ran successfully in the container. …" in a recording). Not so a call's
 * arguments: what a tool is to do is not guessed. Nor where the numbers of the events tell that some are missing, or came
 * twice: then the whole must be the text of its pieces. Where the numbers jump right before the whole, the stream was abridged (as
 * recordings are), and the pieces are all that it says.
 */
export class Item {
  readonly #key: string;
  readonly #context: ItemContext;
  readonly #texts: ItemTexts;
  readonly #arguments = new CallArguments();
  #hasWholeArguments = false;
  #hasReasoned = false;
  /** The summary that was last added to. */
  #summary: number | undefined;
  #citations = 0;
  #isCall = false;
  #isTold = false;
  #hasName = false;
  #isClosed = false;
  /** Whether the last pieces before a whole are missing. */
  #isAbridged = false;

  /** @param key tells its call from others. */
  constructor(key: string, context: ItemContext) {
    this.#key = key;
    this.#context = context;
    this.#texts = new ItemTexts(context);
  }

  /** Whether all of it has come. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  get isCall(): boolean {
    return this.#isCall;
  }

  /** Whether its arguments came in pieces that make none. */
  get isCutCall(): boolean {
    return !this.#hasWholeArguments && this.#arguments.isCut;
  }

  /** Adds a piece. @param at its place among the item's texts of this kind. */
  add(kind: ItemKind, at: number | undefined, piece: Json, events: StreamEvent[]): void {
    const text = this.#textOf(kind, piece.delta);
    // A call that has ended is being repeated.
    if (text === '' || (this.#isClosed && isCall(kind))) return;
    this.#texts.add(kind, at, text, text.length, this.#context.hasGap);
    this.#context.hasGap = false;
    this.#say({ kind, at, logprobs: piece.logprobs }, text, events);
  }

  /** Pieces of text were said elsewhere: the last of them, and the length of all. */
  repeated(at: number | undefined, last: string, length: number): void {
    this.#texts.add('text', at, last, length);
  }

  /** Adds what a whole text holds beyond its pieces. @throws G4FError `bad-response` if it is another text */
  complete(
    kind: ItemKind,
    at: number | undefined,
    value: unknown,
    events: StreamEvent[],
    logprobs?: unknown,
  ): void {
    const whole = this.#textOf(kind, value);
    if (whole === '') return;
    this.#isAbridged ||= this.#context.hasGap;
    const rest = this.#texts.restOf(kind, at, whole, this.#context.hasGap);
    if (kind === 'arguments') this.#completeArguments(whole, rest, events);
    else if (rest === undefined) this.#failIfKnown(kind, whole);
    else if (rest !== '' && !(this.#isAbridged && this.#texts.hasSaid(kind))) {
      if (kind === 'text') this.#failIfTooLate(rest);
      this.#texts.add(kind, at, rest);
      this.#say({ kind, at, logprobs }, rest, events);
    }
  }

  cite(annotation: Json, events: StreamEvent[]): void {
    this.#citations += 1;
    cite(annotation, events);
  }

  /** Names the call, if it is one, as soon as that is known. */
  open(given: Json, events: StreamEvent[]): void {
    const item = unnested(given);
    if (item.type === 'function_call' || this.#isCustom(item)) this.#name(item, events);
  }

  /** Adds what the whole item holds beyond its pieces. */
  close(given: Json, events: StreamEvent[]): void {
    const item = unnested(given);
    this.open(item, events);
    if (item.type === 'function_call') this.complete('arguments', undefined, item.arguments, events);
    else if (this.#isCustom(item)) this.complete('input', undefined, item.input, events);
    else if (item.type === 'reasoning') this.#closeReasoning(item, events);
    else if (item.type === 'message' || (item.type === undefined && item.content !== undefined))
      this.#closeMessage(item, events);
    else if (item.type !== undefined && !this.#isClosed) closeOther(this.#context.fields.shown(item), events);
    this.#isClosed = true;
  }

  /**
   * Adds what was held back until nothing more can come: arguments that are `{}`.
   * @throws G4FError `bad-response` if whole arguments were followed by more, a call names no function, or a piece may be missing
   */
  end(events: StreamEvent[]): void {
    if (this.#arguments.isBroken)
      throw malformedAnswer('more arguments after whole ones', this.#context.asked);
    if (this.#arguments.isHeld) this.#argue(this.#arguments.end(), events);
    if (this.#texts.isUnsure()) throw lostEvents(this.#context.asked);
    if (this.#isCall && !this.#hasName) throw malformedAnswer('a call of no function', this.#context.asked);
  }

  /** Services call tools of their own by the same type (xAI's search); the caller is to run only those that he offered. */
  #isCustom({ type, name }: Json): boolean {
    return type === 'custom_tool_call' && this.#context.customTools.has(name);
  }

  /** Arguments may be an object. A tool of the service's own may have input as well: it is kept whole. */
  #textOf(kind: ItemKind, value: unknown): string {
    const { fields } = this.#context;
    if (kind === 'input' && !this.#isTold) return '';
    return kind === 'arguments' || kind === 'input' ? fields.argumentsOf(value) : fields.textOf(value);
  }

  #completeArguments(whole: string, rest: string | undefined, events: StreamEvent[]): void {
    const said = this.#arguments;
    // Other blanks, and `{}` where there are or were others, make no other arguments.
    if (rest === undefined && !said.isHeld && !said.isRepeatedBy(whole) && whole !== '{}')
      throw unreadable(whole, this.#context.asked);
    if (whole !== '{}') this.#texts.tell('arguments');
    this.#hasWholeArguments ||= whole !== '{}';
    if (rest) this.#texts.add('arguments', undefined, rest);
    this.#argue(said.addWhole(whole), events);
  }

  #failIfKnown(kind: ItemKind, whole: string): void {
    if (isCall(kind)) throw unreadable(whole, this.#context.asked);
    if (this.#context.hasGap || this.#texts.isUnsure(kind)) throw lostEvents(this.#context.asked);
  }

  /** The rest of a text belongs behind its pieces, and not behind another text. */
  #failIfTooLate(rest: string): void {
    const { lastText, asked } = this.#context;
    if (lastText !== this && this.#texts.hasSaid('text') && rest.trim() !== '') throw unreadable(rest, asked);
  }

  #say({ kind, at, logprobs }: ItemPlace, text: string, events: StreamEvent[]): void {
    switch (kind) {
      case 'text':
        this.#sayText(text, events, logprobs);
        break;
      case 'reasoning':
        this.#reason(at, text, events);
        break;
      case 'refusal':
        events.push({ type: 'aside', extra: { delta: { refusal: text } } });
        break;
      case 'input':
        events.push({ type: 'tool-call-delta', key: this.#key, custom: true, arguments: text });
        break;
      default:
        this.#argue(this.#arguments.add(text), events);
    }
  }

  #argue(text: string, events: StreamEvent[]): void {
    this.#isCall = true;
    if (text !== '') events.push({ type: 'tool-call-delta', key: this.#key, arguments: text });
  }

  #sayText(text: string, events: StreamEvent[], logprobs: unknown): void {
    this.#context.lastText = this;
    const content = asList(logprobs);
    const first = events.length;
    this.#context.text.say(text, events);
    const said = events[first];
    if (content.length > 0 && said?.type === 'text-delta')
      events[first] = { ...said, extra: { choice: { logprobs: { content } } } };
  }

  /** Summaries are paragraphs, of which no piece says where one ends. */
  #reason(at: number | undefined, text: string, events: StreamEvent[]): void {
    const isAnother = this.#hasReasoned && at !== undefined && at !== this.#summary;
    this.#hasReasoned = true;
    this.#summary = at;
    this.#context.text.think(isAnother ? `\n\n${text}` : text, events);
  }

  #reasonWhole(value: unknown, events: StreamEvent[]): void {
    const text = this.#textOf('reasoning', value);
    if (text !== '') this.#reason(undefined, text, events);
  }

  #name({ call_id, id, name, type }: Json, events: StreamEvent[]): void {
    this.#isCall = true;
    const its = this.#isTold ? undefined : (asText(call_id) ?? asText(id));
    const called = this.#hasName ? undefined : asText(name);
    if (this.#isTold && called === undefined) return;
    this.#isTold = true;
    this.#hasName ||= called !== undefined;
    events.push({
      type: 'tool-call-delta',
      key: this.#key,
      ...(type === 'custom_tool_call' && { custom: true as const }),
      ...(its !== undefined && { id: its }),
      ...(called !== undefined && { name: called }),
    });
  }

  #closeMessage(item: Json, events: StreamEvent[]): void {
    const alreadyCited = this.#citations > 0;
    const parts = itemsOf(item.content);
    for (const [index, value] of parts.entries()) {
      // The only text of a message is its text, wherever its pieces said that it stands.
      const at = parts.length === 1 ? undefined : index;
      const part = asObject(value) ?? { text: value };
      this.completePart(at, part, events);
      if (!this.#isClosed && part.type !== undefined && !TEXTS.has(part.type))
        events.push({ type: 'aside', extra: { delta: { content_parts: [part] } } });
      if (!alreadyCited) for (const one of asList(part.annotations)) this.cite(asObject(one) ?? {}, events);
    }
  }

  /** Adds what a whole part holds beyond its pieces. */
  completePart(at: number | undefined, part: Json, events: StreamEvent[]): void {
    if (part.refusal != null) this.complete('refusal', at, part.refusal, events);
    else if (part.type === 'reasoning_text') this.complete('reasoning', at, part.text, events);
    else this.complete('text', at, part.type === undefined ? part : part.text, events, part.logprobs);
  }

  #closeReasoning(item: Json, events: StreamEvent[]): void {
    const isSaid = this.#hasReasoned;
    // Services that number their pieces otherwise than their texts would say them twice.
    for (const [at, part] of asList(item.summary).entries())
      if (!isSaid || this.#texts.has('reasoning', at)) this.complete('reasoning', at, textIn(part), events);
    if (!isSaid) for (const part of asList(item.content)) this.#reasonWhole(textIn(part), events);
    const [data, id] = [asText(item.encrypted_content), asText(item.id)];
    if (data === undefined || this.#isClosed) return;
    const detail: ReasoningDetail = {
      type: 'reasoning.encrypted',
      format: RESPONSES_FORMAT,
      data,
      ...(id !== undefined && { id }),
    };
    events.push({ type: 'aside', extra: { delta: { reasoning_details: [detail] } } });
  }
}

const isCall = (kind: ItemKind): boolean => kind === 'arguments' || kind === 'input';

interface ItemPlace {
  readonly kind: ItemKind;
  readonly at: number | undefined;
  readonly logprobs?: unknown;
}
