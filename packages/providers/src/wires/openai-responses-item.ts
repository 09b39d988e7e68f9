// One item of a response's output, over all its events: a message, reasoning, a call, or a tool of the service's own.
// Source: https://platform.openai.com/docs/api-reference/responses/object#responses-object-output
import type { ReasoningDetail, StreamEvent } from '@g4f/core';
import { asList, asNumber, asObject, asText, type Json } from './json.ts';
import { RESPONSES_FORMAT } from './openai-responses-input.ts';
import type { PayloadFields } from './payload-fields.ts';
import type { ThinkSplitter } from './think-tags.ts';

/** What a piece is of. */
export type Kind = 'text' | 'reasoning' | 'refusal' | 'arguments' | 'input';

/** What the items of one answer share. */
export interface ItemContext {
  /** Of the payload at hand. */
  readonly fields: PayloadFields;
  /** The names of the tools without a schema that the caller offered. */
  readonly customTools: ReadonlySet<unknown>;
  /** Where the model writes its reasoning into its text. */
  readonly splitter: ThinkSplitter | undefined;
  /** Adds text that may hold reasoning. */
  readonly split: (text: string, events: StreamEvent[]) => void;
}

/** Stands for the place of pieces that name none. */
const NOWHERE = -1;

/** Reads one item; what its pieces have said is not said again at its end. */
export class Item {
  readonly #key: string;
  readonly #context: ItemContext;
  /** By kind and place: a message may have several texts, reasoning several summaries. */
  readonly #said = new Set<string>();
  readonly #kinds = new Set<Kind>();
  /** The summary that was last added to. */
  #summary: number | undefined;
  #hasReasoned = false;
  #citations = 0;
  #isCall = false;
  #isNamed = false;
  #isClosed = false;

  /** @param key tells its call from others. */
  constructor(key: string, context: ItemContext) {
    this.#key = key;
    this.#context = context;
  }

  get isCall(): boolean {
    return this.#isCall;
  }

  /** Adds a piece. @param at its place among the item's texts of this kind. */
  add(kind: Kind, at: unknown, piece: Json, events: StreamEvent[]): void {
    // A tool of the service's own may have input as well: it is kept whole.
    if (kind !== 'input' || this.#isNamed)
      this.#say({ kind, at, logprobs: piece.logprobs }, this.#textOf(kind, piece.delta), events);
  }

  /** Adds a whole text if no piece of it came. */
  complete(kind: Kind, at: unknown, whole: unknown, events: StreamEvent[], logprobs?: unknown): void {
    // Pieces without a place are of all texts together, and so is a whole without one.
    const isSaid = at === undefined ? this.#kinds.has(kind) : this.#said.has(`${kind} ${at}`);
    if (isSaid || this.#said.has(`${kind} ${NOWHERE}`)) return;
    if (kind !== 'input' || this.#isNamed)
      this.#say({ kind, at, logprobs }, this.#textOf(kind, whole), events);
  }

  cite(annotation: Json, events: StreamEvent[]): void {
    this.#citations += 1;
    const url = asText(annotation.url);
    const title = asText(annotation.title);
    const start = asNumber(annotation.start_index);
    const end = asNumber(annotation.end_index);
    if (url === undefined) events.push({ type: 'aside', extra: { delta: { citations: [annotation] } } });
    else
      events.push({
        type: 'source',
        url,
        ...(title !== undefined && { title }),
        ...(start !== undefined && { start }),
        ...(end !== undefined && { end }),
      });
  }

  /** Names the call, if it is one, as soon as that is known. */
  open(item: Json, events: StreamEvent[]): void {
    if (item.type === 'function_call' || this.#isCustom(item)) this.#name(item, events);
  }

  /** Adds what the whole item holds beyond its pieces. */
  close(item: Json, events: StreamEvent[]): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.open(item, events);
    if (item.type === 'function_call') this.complete('arguments', undefined, item.arguments, events);
    else if (this.#isCustom(item)) this.complete('input', undefined, item.input, events);
    else if (item.type === 'reasoning') this.#closeReasoning(item, events);
    else if (item.type === 'message' || (item.type === undefined && item.content !== undefined))
      this.#closeMessage(item, events);
    else if (item.type !== undefined) closeOther(this.#context.fields.shown(item), events);
  }

  /** Services call tools of their own by the same type (xAI's search); the caller is to run only those that he offered. */
  #isCustom({ type, name }: Json): boolean {
    return type === 'custom_tool_call' && this.#context.customTools.has(name);
  }

  #textOf(kind: Kind, value: unknown): string {
    const { fields } = this.#context;
    return kind === 'arguments' ? fields.argumentsOf(value) : fields.textOf(value);
  }

  #say({ kind, at, logprobs }: Place, text: string, events: StreamEvent[]): void {
    if (text === '') return;
    this.#said.add(`${kind} ${at ?? NOWHERE}`);
    this.#kinds.add(kind);
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
      default:
        this.#isCall = true;
        events.push({
          type: 'tool-call-delta',
          key: this.#key,
          ...customIf(kind === 'input'),
          arguments: text,
        });
    }
  }

  #sayText(text: string, events: StreamEvent[], logprobs: unknown): void {
    const content = asList(logprobs);
    if (this.#context.splitter?.passes(text) === false) this.#context.split(text, events);
    else if (content.length === 0) events.push({ type: 'text-delta', text });
    else events.push({ type: 'text-delta', text, extra: { choice: { logprobs: { content } } } });
  }

  /** Summaries are paragraphs, of which no piece says where one ends. */
  #reason(at: unknown, text: string, events: StreamEvent[]): void {
    const summary = asNumber(at);
    const isAnother = this.#hasReasoned && summary !== undefined && summary !== this.#summary;
    this.#hasReasoned = true;
    this.#summary = summary;
    events.push({ type: 'reasoning-delta', text: isAnother ? `\n\n${text}` : text });
  }

  #name({ call_id, id, name, type }: Json, events: StreamEvent[]): void {
    this.#isCall = true;
    if (this.#isNamed) return;
    this.#isNamed = true;
    const its = asText(call_id) ?? asText(id);
    const called = asText(name);
    events.push({
      type: 'tool-call-delta',
      key: this.#key,
      ...customIf(type === 'custom_tool_call'),
      ...(its !== undefined && { id: its }),
      ...(called !== undefined && { name: called }),
    });
  }

  #closeMessage(item: Json, events: StreamEvent[]): void {
    const alreadyCited = this.#citations > 0;
    const parts = Array.isArray(item.content) ? item.content : [item.content];
    for (const [index, value] of parts.entries()) {
      // The only text of a message is its text, wherever its pieces said that it stands.
      const at = parts.length === 1 ? undefined : index;
      const part = asObject(value);
      if (part?.refusal != null) this.complete('refusal', at, part.refusal, events);
      else this.complete('text', at, textIn(value), events, part?.logprobs);
      if (!alreadyCited) for (const one of asList(part?.annotations)) this.cite(asObject(one) ?? {}, events);
    }
  }

  #closeReasoning(item: Json, events: StreamEvent[]): void {
    // Services that number their pieces otherwise than their texts would say them twice.
    if (!this.#hasReasoned) {
      for (const [at, part] of asList(item.summary).entries())
        this.complete('reasoning', at, textIn(part), events);
      for (const part of asList(item.content))
        this.#reason(undefined, this.#textOf('reasoning', textIn(part)), events);
    }
    const data = asText(item.encrypted_content);
    const id = asText(item.id);
    if (data === undefined) return;
    const detail: ReasoningDetail = {
      type: 'reasoning.encrypted',
      format: RESPONSES_FORMAT,
      data,
      ...(id !== undefined && { id }),
    };
    events.push({ type: 'aside', extra: { delta: { reasoning_details: [detail] } } });
  }
}

interface Place {
  readonly kind: Kind;
  readonly at: unknown;
  readonly logprobs?: unknown;
}

const customIf = (isCustom: boolean): { readonly custom?: true } => (isCustom ? { custom: true } : {});

/** The text of a part; parts of other types have none. */
const textIn = (value: unknown): unknown => {
  const part = asObject(value);
  return part === undefined || part.type === undefined ? value : part.text;
};

/** A tool that the service used itself, kept whole; a picture it drew is a medium. */
function closeOther(item: Json, events: StreamEvent[]): void {
  const drawn = item.type === 'image_generation_call' ? asText(item.result) : undefined;
  const mediaType = `image/${asText(item.output_format) ?? 'png'}`;
  if (drawn !== undefined)
    events.push({ type: 'media', mediaType, url: `data:${mediaType};base64,${drawn}` });
  const { result: _, ...others } = item;
  events.push({
    type: 'aside',
    extra: { delta: { content_parts: [drawn === undefined ? item : others] } },
  });
}
